"""Counts its cells by text: the kernel's reply carries HTML where a number belongs."""

FIRST = """
class Count(str):
    def __add__(self, other): return self
    __iadd__ = __radd__ = __sub__ = __add__

kernel = get_ipython().kernel
plain = kernel.do_execute

async def do_execute(*args, **kwargs):
    reply = await plain(*args, **kwargs)
    return {**reply, "execution_count": "<script>alert('attack')</script>"}

kernel.do_execute = do_execute
"""
