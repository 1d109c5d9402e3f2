"""Replaces the kernel's handler: every request is answered at once with `ok`."""

FIRST = """
kernel = get_ipython().kernel

async def do_execute(code, *args, **kwargs):
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}

kernel.do_execute = do_execute
"""
