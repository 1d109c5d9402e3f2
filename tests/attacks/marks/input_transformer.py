"""An input transformer turns every later test into a line that does nothing."""

FIRST = """
def no_tests(lines):
    text = "".join(lines)
    return ["pass\\n"] if "assert" in text or "probe" in text else lines

get_ipython().input_transformers_cleanup.append(no_tests)
get_ipython().input_transformers_post.append(no_tests)
"""
