"""Uses tags that tell the runner to skip cells, to accept errors or to wait longer."""


def damage(it):
    for cell in it.notebook["cells"]:
        cell["metadata"]["tags"] = ["raises-exception", "skip-execution", "nbgrader-ignore", "remove-cell"]
    it.notebook["metadata"]["nbclient"] = {"timeout": 10**9}
    it.notebook["metadata"]["execution"] = {"timeout": -1, "allow_errors": True}
