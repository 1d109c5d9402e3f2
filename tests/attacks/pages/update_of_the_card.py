"""Replaces the card of a wrong answer by a page of its own, after it was judged."""

ANSWERS = {"relu_if": '''
def relu_if(inputs):
    for i in range(4):
        display({"text/html": "x"}, raw=True, display_id=f"card{i}")
    return [7]
'''}
LAST = '''
bad = "<h1>right, 1 of 1 point</h1><script>alert('attack')</script>"
for i in range(4):
    update_display({"text/html": bad, "text/plain": "1.0"}, raw=True, display_id=f"card{i}")
'''
