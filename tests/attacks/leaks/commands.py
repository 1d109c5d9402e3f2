"""Runs programs: IPython's magics, subprocess, os.system, ctypes."""

ANSWERS = {
    "relu_if": "!cat @HOME@/.netrc; env; ps aux; cat /etc/shadow",
    "relu_max": """
import ctypes, os, subprocess
for attempt in (
    lambda: os.system("cat @COURSE@/notes.txt"),
    lambda: subprocess.run("cat @COURSE@/notes.txt; env", shell=True, capture_output=True),
    lambda: os.popen("env").read(),
    lambda: os.execv("/bin/sh", ["sh", "-c", "env > /dev/stdout"]) if os.fork() == 0 else os.wait(),
    lambda: ctypes.CDLL(None).system(b"cat @COURSE@/notes.txt"),
):
    try:
        print(attempt())
    except BaseException as error:
        print(type(error).__name__, error)
""",
}
