"""Programs of the maintainers that are no tests: measuring, pictures, the sample class."""
