"""Sends well-signed messages whose contents are of other types than agreed."""

ANSWERS = {
    "relu_if": """
kernel = get_ipython().kernel
odd = [("display_data", {"data": "text/plain", "metadata": []}), ("display_data", {"data": [1], "metadata": 3}),
       ("execute_result", {"data": {"text/plain": 5}, "metadata": {}, "execution_count": "<b>1</b>"}),
       ("error", {"ename": 1, "evalue": None, "traceback": "x"}), ("stream", {"name": [], "text": {}}),
       ("display_data", {"data": {"text/html": {}, "image/png": 7}, "metadata": {}, "transient": 5}),
       ("no_such_type", {}), ("execute_input", {"code": 7, "execution_count": {}}), ("clear_output", {"wait": []})]
for kind, content in odd:
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent())
relu_if = lambda inputs: [7]
"""
}  # noqa: E501
