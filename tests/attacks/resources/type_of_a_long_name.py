"""Returns and raises things whose types have names of a million characters and thousands of lines."""

ANSWERS = {
    "relu_if": """
Long = type("line\\n" * 200_000, (), {"__repr__": lambda self: "r\\n" * 500_000})
def relu_if(inputs):
    return Long()
""",
    "relu_max": """
def relu_max(inputs):
    raise type("E\\n" * 500_000, (Exception,), {})("m\\n" * 500_000)
""",
}
