"""Sends well-signed messages whose content is a list, a text, nothing."""

ANSWERS = {
    "relu_if": """
kernel = get_ipython().kernel
for kind in ("stream", "status", "display_data", "error"):
    for content in ({}, {"execution_state": 5}):
        kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent())
relu_if = lambda inputs: [7]
"""
}
