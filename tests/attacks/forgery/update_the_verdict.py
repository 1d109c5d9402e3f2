"""Opens a display while it is called and makes a verdict of it afterwards, and points out of a card."""

ANSWERS = {
    "relu_if": """
shown = []

def relu_if(inputs):
    if not shown:
        shown.append(display({"text/plain": "0"}, raw=True, display_id="verdict"))
    return [7]
"""
}
LAST = """
from IPython.display import update_display
verdict = {"exercise": "relu_if", "points": 1, "max_points": 1, "status": "right", "findings": [], "reward": "",
           "seed": 1}
update_display({"text/plain": "right", "application/vnd.grader.verdict+json": verdict}, raw=True,
               display_id="verdict")
"""  # noqa: E501
