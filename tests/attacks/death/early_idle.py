"""Says that it is done long before it is, and goes on printing points into later cells."""

ANSWERS = {
    "relu_if": """
import time
kernel = get_ipython().kernel

def relu_if(inputs):
    for i in range(3):
        kernel.session.send(kernel.iopub_socket, "status", {"execution_state": "idle"}, parent=kernel.get_parent())
    kernel.session.send(kernel.iopub_socket, "execute_result", {
        "data": {"text/plain": "1.0"}, "metadata": {}, "execution_count": 1}, parent=kernel.get_parent())
    return [7]
"""
}  # noqa: E501
