"""Updates displays that are no longer where they were, to make the grader stumble."""

ANSWERS = {
    "relu_if": """
def relu_if(inputs):
    for i in range(6):
        display({"text/plain": "0"}, raw=True, display_id=f"gone{i}")
    return [7]
"""
}
LAST = """
from IPython.display import update_display
for i in range(6):
    update_display({"text/plain": "1.0"}, raw=True, display_id=f"gone{i}")
"""
