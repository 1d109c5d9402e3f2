"""Sends messages that are no messages on the kernel's own socket."""

ANSWERS = {
    "relu_if": """
kernel = get_ipython().kernel
socket = kernel.iopub_socket
for parts in ([b"x"], [b"<IDS|MSG>"], [b"<IDS|MSG>", b"", b"{}", b"{}", b"{}", b"{}"],
              [b"a", b"<IDS|MSG>", b"sig", b"[" * 5000, b"1", b"2", b"3"], [b"\\xff" * 100] * 50):
    for send in (lambda: socket.send_multipart(parts),
                 lambda: kernel.session.send(socket, "stream", {"name": 7, "text": {}}, parent=kernel.get_parent())):
        try:
            send()
        except Exception as error:
            print(error)
relu_if = lambda inputs: [7]
"""
}  # noqa: E501
