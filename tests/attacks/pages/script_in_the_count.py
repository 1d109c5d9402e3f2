"""Sends execution counts that are HTML; pages show them beside the cell."""

ANSWERS = {
    "relu_if": """
kernel = get_ipython().kernel
bad = "<script>alert('attack')</script>"
kernel.send_response(kernel.iopub_socket, "execute_input", {"code": "x", "execution_count": bad})
kernel.send_response(kernel.iopub_socket, "execute_result", {
    "data": {"text/plain": "1"}, "metadata": {}, "execution_count": bad})
relu_if = lambda inputs: [7]
"""
}
