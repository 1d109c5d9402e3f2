"""Has numbers of four thousand digits where points, formats and counts stand."""

HONEST, EARNS = True, 2


def damage(it):
    many = int("9" * 4_000)
    it.notebook["nbformat"] = it.notebook["nbformat_minor"] = many
    for cell in it.notebook["cells"]:
        cell["execution_count"] = many
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] |= {"points": many, "schema_version": -many}
    it.notebook["metadata"]["grader"] = {"handed_out": {"points": {"relu_if": many}}}
