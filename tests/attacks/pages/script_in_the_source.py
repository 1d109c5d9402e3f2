"""Answers whose own text is HTML."""

EARNS = 2
ANSWERS = {
    "relu_if": '''
def relu_if(inputs):
    """</pre></div><script>alert("attack")</script><img src=x onerror=alert("attack")>"""
    return [max(0, i) for i in inputs]  # </script><script>alert("attack")</script>
''',
    "relu_max": """
relu_max = relu_if  # <svg onload=alert("attack")>
""",
}
