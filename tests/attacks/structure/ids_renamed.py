"""Gives its easy answer the id of another exercise, and ids that are no texts."""

EARNS = 1


def damage(it):
    it.cell("relu_if-answer")["source"] = "def relu_if(inputs):\n    return [max(0, i) for i in inputs]"
    it.marks("relu_if")["grade_id"] = "relu_max"
    it.notebook["cells"][0]["metadata"]["nbgrader"] = {
        "grade_id": {"a": 1},
        "grade": True,
        "points": 20,
        "solution": True,
        "schema_version": 3,
        "locked": False,
    }
