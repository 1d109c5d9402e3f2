"""Hands in files that Python, Jupyter or nbgrader would run where its notebooks are opened."""

HONEST, EARNS = True, 2


def damage(it):
    for name in ("jupyter_notebook_config.py", "jupyter_server_config.json", "numpy.py", "x.pth"):
        (it.folder / name).write_text("raise SystemExit('canary')\n")
