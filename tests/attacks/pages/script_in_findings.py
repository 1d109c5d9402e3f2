"""Makes the judge's card quote HTML: names of types, attributes and errors, printed text, values."""

ANSWERS = {
    "relu_if": """
def relu_if(inputs):
    print("<script>alert('attack')</script>")
    raise type("<img src=x onerror=alert('attack')>", (Exception,), {})("<script>alert('attack')</script>")
""",
    "relu_max": """
def relu_max(inputs):
    return type("<script>alert('attack')</script>", (), {})()
""",
}
