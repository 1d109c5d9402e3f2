"""Runs code inside a sandbox and says what became of what it tried."""

import json
import secrets
import subprocess
import textwrap

SECRET = secrets.token_hex(8)


def inside(box, code, timeout=30, **options):
    """Run code; return what it printed as JSON on its last line, and how it ended."""
    with box.start(
        ["-c", textwrap.dedent(code)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    ) as confined:
        out, err = confined.process.communicate(timeout=timeout)
    assert not err or confined.process.returncode, err.decode()
    return (json.loads(out.splitlines()[-1]) if out else err.decode()), confined.process.returncode


def attempts(**tries):
    """Code that makes each attempt (an expression) and prints how it ended."""
    return f"""
import ctypes, importlib, json, mmap, os, resource, signal, socket, sys, threading
results = {{}}
for name, attempt in {tries!r}.items():
    try:
        results[name] = repr(eval(attempt))[:200]
    except BaseException as error:
        results[name] = type(error).__name__
print(json.dumps(results))
"""


REFUSED = {"PermissionError", "FileNotFoundError", "OSError", "NotADirectoryError"}
