"""Hands in stored outputs that show full points and verdicts."""


def damage(it):
    outputs = [
        {
            "output_type": "execute_result",
            "execution_count": 1,
            "metadata": {},
            "data": {"text/plain": "1.0", "application/vnd.grader.verdict+json": {"points": 1}},
        }
    ]
    for cell in it.notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = outputs
