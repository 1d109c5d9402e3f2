"""A small master of one lesson, to be spoilt."""

from grader.course import CHAPTER

HEAD = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
lesson:
  minutes: 12
  question: What is it?
  objective: do it
  builds_on: nothing
---
"""

TITLE = """
# 1. The title

What it is about.
"""

IMPORTS = """
```{code-cell} ipython3
from grader import check
```
"""

TASK = """
## Exercise: one

What to write.
"""

ANSWER_1 = """
```{code-cell} ipython3
:tags: [answer]

def relu_if(inputs):
    output = []
    for number in inputs:
### BEGIN SOLUTION
        if number > 0:
            output.append(number)
### END SOLUTION
    return output
```
"""

CHECK_1 = """
```{code-cell} ipython3
:tags: [check]

check("relu_if")
```
"""

ANSWER_2 = """
```{code-cell} ipython3
:tags: [answer]

### BEGIN SOLUTION
def relu_max(inputs):
    return [max(0, number) for number in inputs]
### END SOLUTION
```
"""

CHECK_2 = """
```{code-cell} ipython3
:tags: [check]

check("relu_max")
```
"""

END_OF_LESSON = """
## What to remember

The end.
"""

MASTER = "".join([HEAD, TITLE, IMPORTS, TASK, ANSWER_1, CHECK_1, ANSWER_2, CHECK_2, END_OF_LESSON])


def write(directory, text, name="01_relu_loop.md"):
    """A master in a chapter's folder: `directory`, or one made in it."""
    path = directory / name if directory.name == CHAPTER else directory / CHAPTER / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
