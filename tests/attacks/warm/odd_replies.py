"""Replies with outputs of every odd form, from inside the function that answers."""

ANSWERS = {
    "relu_if": """
import gc, json
for thing in gc.get_objects():
    if type(thing) is dict and "OUTPUTS" in thing and "answer" in thing:
        def answer(shell, request, log):
            deep = []
            for _ in range(200):
                deep = [deep]
            bad = "<script>alert('attack')</script>"
            return json.dumps({"id": request["id"], "count": bad, "record": {"a": 1}, "outputs": [
                1, None, [], deep, {}, {"output_type": 3}, {"output_type": "stream", "text": deep},
                {"output_type": "stream", "name": [], "text": 5},
                {"output_type": "error", "traceback": 5, "ename": deep, "evalue": None},
                {"output_type": "display_data", "data": 7},
                {"output_type": "display_data", "data": {"image/png": deep, "text/html": 5}},
                {"output_type": "execute_result", "execution_count": bad,
                 "data": {"text/plain": None, "text/html": bad}}]})
        thing["answer"] = answer
"""
}
