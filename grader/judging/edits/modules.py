"""Edits of where a function comes from: which module has it, which library, or what kind of value."""

from __future__ import annotations

import ast
import builtins

from ..answer import Answer
from .table import Changes, edit
from .tools import (
    BUILT_IN,
    NUMPY_FUNCTIONS,
    has_function,
    is_in_module,
    is_known,
    names_read,
    near,
    own_functions,
)


@edit(
    "misspelt function of a module",
    cost=1,
    says="`{old}` is not how that name is spelt.",
    asks="How is it spelt in the lesson?",
)
def module_function_misspelt(answer: Answer) -> Changes:
    functions = {"numpy": (*NUMPY_FUNCTIONS, "random", "e", "where", "clip"), "math": ("exp", "e")}
    for node in answer.all_of(ast.Attribute):
        for module, names in functions.items():
            if answer.is_module(node.value, module):
                for name in names if not has_function(answer, node.value, node.attr) else ():
                    if name != node.attr and near(name, node.attr):
                        yield answer.put(node, f"{answer.of(node.value)}.{name}")
                if module == "numpy" and node.attr in ("randn", "rand", "normal"):
                    yield answer.put(node, f"{answer.of(node.value)}.random.{node.attr}")


@edit(
    "function of a module without its name",
    cost=1,
    says="`{old}` alone is not known, or is something else: what is needed belongs to a module.",
    asks="Which module brings it along, and how does a line say so?",
)
def module_missing(answer: Answer) -> Changes:
    np, math = answer.alias("numpy"), answer.alias("math")
    for node in names_read(answer):
        if answer.is_local(node) or hasattr(builtins, node.id):
            continue  # what Python has itself is known
        name = node.id.lower()
        if name in ("e", "exp") and math:
            yield answer.put(node, f"{math}.{name}")
        if name in ("e", "exp", *NUMPY_FUNCTIONS, "where", "zeros", "clip", "random") and np:
            yield answer.put(node, f"{np}.{name}")


@edit(
    "module that is not there",
    cost=1,
    says="`{old}` is not known here, and the function that is needed is reached in another way.",
    asks="What does stand before the dot, and where does it come from?",
)
def module_not_there(answer: Answer) -> Changes:
    np, math = answer.alias("numpy"), answer.alias("math")
    for node in names_read(answer):
        call = answer.parents.get(node)
        if is_known(answer, node) or not isinstance(call, ast.Attribute) or answer.fields[node] != "value":
            continue
        name = call.attr.lower()
        if name in BUILT_IN:
            yield answer.put(call, name, node.id)
        if np and name in (*NUMPY_FUNCTIONS, "e", "where"):
            yield answer.put(call, f"{np}.{name}", node.id, 1)
        if math and name in ("e", "exp"):
            yield answer.put(call, f"{math}.{name}", node.id)


@edit(
    "function that does not exist",
    cost=3,
    says="There is no `{old}`: no function of that name is in the module.",
    asks="Which function of the lesson does what you want there?",
)
def function_not_there(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Call):
        function = node.func
        module = function.value if isinstance(function, ast.Attribute) else None
        if not isinstance(module, ast.Name) or module.id not in answer.modules:
            continue
        name = answer.call_name(node)
        if name in BUILT_IN and not is_in_module(answer, module, name):
            yield answer.put(function, name, answer.of(function), -2)
        if not np or not answer.is_module(module, "numpy"):
            continue
        if not has_function(answer, module, answer.call_name(node)) and len(node.args) == 1:
            yield answer.put(node, f"{np}.maximum(0, {answer.of(node.args[0])})", answer.of(function))
            for name in ("exp", "max", "sum", "argmax"):
                yield answer.put(function, f"{np}.{name}", answer.of(function))


@edit(
    "length of a list",
    cost=1,
    says="How long something is, is asked of a function of Python's, and not by `.{old}`.",
    asks="Which function of Python says how many elements something has?",
)
def length_of_a_list(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Attribute):
        if node.attr.lower() in ("length", "len", "size", "count"):
            call = answer.parents.get(node)
            whole = call if isinstance(call, ast.Call) and call.func is node and not call.args else node
            yield answer.put(whole, f"len({answer.of(node.value)})", node.attr)


@edit(
    "module that is not imported",
    cost=1,
    says="`{old}` is not known here: no cell of this notebook has imported it.",
    asks="Which modules does the first cell of this notebook import?",
)
def module_not_imported(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in names_read(answer):
        unknown = not answer.is_local(node) and not answer.is_ours(node)
        if np and unknown and node.id in ("math", "numpy", "torch"):
            yield answer.put_all([(n, np) for n in names_read(answer) if n.id == node.id], node.id)


@edit(
    "name of another library",
    cost=1,
    says="`{old}` is what other libraries call it; NumPy has another name for that.",
    asks="Which function of NumPy keeps numbers within bounds?",
)
def name_of_another_library(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Attribute):
        if node.attr in ("clamp", "clamp_", "clip_by_value"):
            yield answer.put(node, f"{answer.of(node.value)}.clip", node.attr)


@edit(
    "self for a module",
    cost=1,
    says="`{old}` is a function of a module, and nothing that the object keeps.",
    asks="Where does `{old}` come from: from the object, or from a module?",
)
def self_for_a_module(answer: Answer) -> Changes:
    np = answer.alias("numpy")
    for node in answer.all_of(ast.Attribute):
        own = node.attr in own_functions(answer) or not isinstance(node.ctx, ast.Load)
        if np and answer.of(node.value) == "self" and node.attr in NUMPY_FUNCTIONS and not own:
            yield answer.put(node, f"{np}.{node.attr}", node.attr)


@edit(
    "method of lists",
    cost=1,
    says="`{old}` is something that lists can do, and what stands before the dot is none.",
    asks="What stands before the dot: a list, or an array?",
)
def method_of_lists(answer: Answer) -> Changes:
    for node in answer.all_of(ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("index", "count"):
            owner = node.func.value
            made = [n.value for n in answer.all_of(ast.Assign) if answer.of(n.targets[0]) == answer.of(owner)]
            made = [*made, owner]
            calls = [answer.call_name(n) for n in made if isinstance(n, ast.Call)]
            if not any(isinstance(n, (ast.List, ast.ListComp)) for n in made) and not {*LISTS} & {*calls}:
                yield answer.put(owner, f"list({answer.of(owner)})", node.func.attr)


LISTS = ("list", "sorted", "tolist")
"""What gives a list."""
