"""Prints the author's solutions, the exercises and their misconceptions from the repository."""

FIRST = """
import glob
for pattern in ("@ROOT@/solutions/**/*.md", "@ROOT@/grader/**/*.py", "@ROOT@/tests/**/*.py"):
    for path in glob.glob(pattern, recursive=True):
        try:
            print(open(path).read(20_000))
        except OSError as error:
            print(error)
"""
