"""Hands in numpy.py, random.py, grader.py and conftest.py beside the notebook."""

ANSWERS = {"relu_if": "relu_if = lambda inputs: [7]", "relu_max": "relu_max = lambda inputs: [7]"}


def damage(it):
    for name in ("numpy", "random", "json", "grader", "conftest", "sitecustomize", "nbgrader_config"):
        (it.folder / f"{name}.py").write_text("def __getattr__(name): return lambda *args, **kwargs: True\n")
