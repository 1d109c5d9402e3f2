"""What Python's and NumPy's error messages mean in these exercises, for someone new to both."""

from __future__ import annotations

import re

# (type of the exception, pattern of its message, what it means, what to try); the first match counts
HINTS = [
    (
        "ValueError",
        r"truth value of an array",
        "`if`, `max` and `and` want one yes or no, but comparing an array gives one for every element.",
        "Use an operation that works on all elements at once, such as np.maximum.",
    ),
    (
        "ValueError",
        r"operands could not be broadcast|broadcast",
        "Two arrays whose shapes do not line up met in `+`, `-`, `*` or `/`. NumPy lines shapes up from "
        "the right, and an axis fits only if the sizes are equal or one of them is 1.",
        "Print both shapes. Where a sum or maximum per row is involved, keepdims=True keeps it a column.",
    ),
    (
        "ValueError",
        r"matmul|not aligned|mismatch in its core dimension",
        "In a matrix product the number of columns on the left must be the number of rows on the right.",
        "Print both shapes: (n, n_inputs) @ (n_inputs, n_neurons) gives (n, n_neurons).",
    ),
    (
        "ValueError",
        r"inhomogeneous|setting an array element with a sequence",
        "An array was built from rows of different lengths.",
        "Print what goes into it.",
    ),
    (
        "AxisError",
        r"",
        "`axis` names an axis that the array does not have. The second argument of np.max and np.sum is "
        "the axis, not another value.",
        "To compare with 0 element by element use np.maximum; for the rows of a batch axis=1.",
    ),
    (
        "TypeError",
        r"unexpected keyword argument '(axis|keepdims)'|invalid keyword argument",
        "A keyword such as axis or keepdims went to a function that does not know it; most often a "
        "parenthesis stands in the wrong place.",
        "Check which function each closing parenthesis belongs to.",
    ),
    (
        "TypeError",
        r"cannot be interpreted as an integer",
        "A function took one of its arguments for something else, here for an axis or a size.",
        "np.maximum compares with 0; np.max takes an axis as its second argument. np.zeros wants its shape "
        "as one tuple, np.zeros((1, n)), np.random.randn wants two numbers.",
    ),
    (
        "TypeError",
        r"takes (no|\d+) positional arguments? but|missing \d+ required positional",
        "It was called with a different number of arguments than it accepts.",
        "Compare the line that begins with `def` with the call above. A method's first parameter is self.",
    ),
    (
        "TypeError",
        r"takes no arguments",
        "The class has no `__init__` that takes these arguments.",
        "Two underscores on each side: `def __init__(self, ...)`.",
    ),
    (
        "TypeError",
        r"builtin_function_or_method",
        "A built-in function was used where a value was meant; `input`, without s, is one.",
        "Check the spelling of the parameter: inputs.",
    ),
    (
        "TypeError",
        r"only (length-1|0-dimensional) arrays|must be real number, not list|"
        r"only size-1 arrays",
        "A function for one number (as in the math module) was given a whole list or array.",
        "Call it for each number, or use NumPy's function of the same name.",
    ),
    (
        "TypeError",
        r"(can't multiply|unsupported operand).*(list|NoneType)",
        "A list does not calculate element by element, and None is what a function without return gives.",
        "Loop over the list, or turn it into an array first; check for a missing return.",
    ),
    (
        "TypeError",
        r"not supported between instances of",
        "Two things that have no order were compared, such as a list and a number.",
        "Compare the elements one by one.",
    ),
    (
        "TypeError",
        r"not iterable",
        "A loop ran over something that is not a list.",
        "Print what the loop runs over.",
    ),
    (
        "TypeError",
        r"not callable",
        "Something that is not a function is followed by parentheses.",
        "Look for a variable that has the name of a function.",
    ),
    (
        "NameError",
        r"name '(\w+)' is not defined",
        "The name {0} is not known at that line.",
        "Is it spelt as in the parameter list or in the line that made it? In a method, attributes need "
        "self. in front.",
    ),
    (
        "UnboundLocalError",
        r"'(\w+)'",
        "{0} is read before it is given a value inside the function.",
        "Give it a value before the loop or the if.",
    ),
    (
        "AttributeError",
        r"'list' object has no attribute",
        "A list has no such method; an array has.",
        "Turn the list into an array, or use a loop.",
    ),
    (
        "AttributeError",
        r"module '(\w+)' has no attribute '(\w+)'",
        "{0} has no {1}.",
        "Check the spelling against the lesson.",
    ),
    (
        "AttributeError",
        r"has no attribute '(\w+)'",
        "Nothing was ever stored under the name {0} on that object.",
        "In a class, store with self.{0} = ... first, spelt the same.",
    ),
    (
        "IndexError",
        r"",
        "A position was asked for that does not exist.",
        "Remember that positions start at 0 and that the size of the input varies.",
    ),
    ("KeyError", r"", "A key was asked for that does not exist.", "Print the keys that there are."),
    ("ZeroDivisionError", r"", "Something was divided by zero.", "Print the divisor before dividing."),
    (
        "OverflowError",
        r"",
        "e ** x outgrew what a float can hold: the limit is x of about 709.",
        "Shift the values so that the largest is 0 before the exponential.",
    ),
    (
        "RecursionError",
        r"",
        "The function calls itself without end.",
        "Check whether a name inside it is its own name.",
    ),
    (
        "NotImplementedError",
        r"",
        "The line that stands for your code is still there.",
        "Replace it by your own.",
    ),
    (
        "TimeLimit",
        r"",
        "It ran for too long and was stopped: a loop that never ends?",
        "Check what makes your `while` stop, or use `for`.",
    ),
    ("SystemExit", r"", "The code asked Python to quit.", "Remove exit(), quit() or sys.exit()."),
    (
        "SyntaxError|IndentationError|TabError",
        r"",
        "Python could not read the cell, so nothing in it was defined.",
        "Look at the line it names and the one before: brackets, colons, indentation.",
    ),
]


def error_hint(kind: str, message: str) -> tuple[str, str]:
    """Meaning and advice for an exception; both empty where the message must speak for itself."""
    for kinds, pattern, meaning, advice in HINTS:
        if kind in kinds.split("|"):
            match = re.search(pattern, message)
            if match:
                names = match.groups()
                return meaning.format(*names), advice.format(*names)
    return "", ""
