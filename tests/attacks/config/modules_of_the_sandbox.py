"""Hands in files under the names of all that runs inside the sandbox, and of what that imports late."""

HONEST, EARNS = True, 2
names = ("alone", "apart", "launch", "parent", "probe", "trials", "grader", "psutil", "subprocess", "_posixsubprocess",
         "_multiprocessing", "multiprocessing", "numpy", "dis", "stack_data", "json", "PIL", "matplotlib")  # fmt: skip


def damage(it):
    for name in names:
        (it.folder / f"{name}.py").write_text("raise SystemExit(f'{__name__} runs')\nmax = None\n")
