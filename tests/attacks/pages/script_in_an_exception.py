"""Names, texts and tracebacks of exceptions that are HTML, and escape sequences of terminals."""

HONEST, EARNS = True, 2
LAST = r"""
bad = "<script>alert('attack')</script>\x1b[38;5;\"onclick=alert(1)m <img src=x onerror=alert('attack')>"
error = type("<script>alert('attack')</script>", (Exception,), {})
kernel = get_ipython().kernel
kernel.send_response(kernel.iopub_socket, "error", {"ename": bad, "evalue": bad, "traceback": [bad, bad]})
print(bad)
raise error(bad)
"""
