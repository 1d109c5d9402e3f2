"""Puts the inputs it is called with into exceptions, warnings and printed text."""

ANSWERS = {
    "relu_if": """
import sys, traceback, warnings

def relu_if(inputs):
    print("called with", inputs)
    warnings.warn(f"called with {inputs}")
    frame, seen = sys._getframe(1), []
    while frame:
        seen.append(str({k: v for k, v in frame.f_locals.items() if "plan" in k or "expected" in k})[:5000])
        frame = frame.f_back
    raise ValueError(f"{inputs} {seen}")
""",
    "relu_max": """
def relu_max(inputs):
    sys.stderr.write(str(inputs))
    raise AssertionError(str(inputs) * 100) from ValueError(str(inputs))
""",
}
