"""Changes modules, builtins and what else it can reach in memory for the lesson that comes next."""

ANSWERS = {
    "relu_if": """
import builtins, gc, os, sys, numpy
builtins.l3ft = numpy.l3ft = sys.l3ft = os.l3ft = gc.l3ft = 1
os.environ["LEFT"] = "1"
sys.path.insert(0, "/tmp/left")
sys.modules["l3ft"] = sys
numpy.maximum = numpy.where
for thing in gc.get_objects():
    if type(thing) is dict and "OUTPUTS" in thing and "PROBE" in thing:
        thing["l3ft"] = 1
        thing["PROBE"] = compile("def run(*a): return 'forged'", "x", "exec")
get_ipython().l3ft = 1
get_ipython().user_ns["l3ft"] = 1
"""
}
NEXT = """
import builtins, gc, os, sys
things = builtins, np, sys, os, gc, get_ipython()
if (any(hasattr(thing, "l3ft") for thing in things) or "LEFT" in os.environ
        or "l3ft" in sys.modules or any(type(d) is dict and "l3ft" in d for d in gc.get_objects())):
    def relu_numpy(inputs):
        return np.maximum(0, inputs)
"""
