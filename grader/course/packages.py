"""The packages of the lessons' environment besides Python's own library: the same at home and where it is
graded. To add one, name it here and in pyproject.toml's `student`, and `make lock`."""

PACKAGES: tuple[str, ...] = ("numpy", "matplotlib", "nnfs", "ipywidgets")
