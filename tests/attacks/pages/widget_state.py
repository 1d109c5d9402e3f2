"""Opens widgets whose state, kept in the notebook's metadata, closes the script it is written into."""

HONEST, EARNS = True, 2
LAST = """
kernel = get_ipython().kernel
bad = "</script><script>alert('attack')</script>"
for target in ("jupyter.widget", bad):
    kernel.session.send(kernel.iopub_socket, "comm_open", {
        "comm_id": bad, "target_name": target, "data": {"state": {
            "_model_name": "OutputModel", "_model_module": bad, "outputs": [], "msg_id": "", "x": bad}}},
        parent=kernel.get_parent())
"""
