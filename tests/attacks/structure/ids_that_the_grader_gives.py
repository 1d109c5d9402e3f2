"""Adds cells under the ids and marks that the grader gives to its own, the notes' among them."""

HONEST, EARNS = True, 2


def damage(it):
    for number, name in enumerate(("intake-notes", "added-1", "added-2", "relu_if", "__proto__", "constructor")):
        marks = {"grade_id": name, "grade": True, "solution": True, "points": 100, "locked": False, "schema_version": 3}
        cell = {"cell_type": "code", "id": name, "metadata": {"nbgrader": marks, "grader": {"notes": ["x"]}},
                "outputs": [], "execution_count": None, "source": f"relu_number_{number} = 7"}  # fmt: skip
        it.notebook["cells"].insert(0, cell)
    it.notebook["metadata"]["grader"] = {"handed_out": {"points": {"relu_if": 100}, "texts": [1, {}]}, "readable": []}
