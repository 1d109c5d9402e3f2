"""Errors of a line that runs: what values can and cannot do."""

from __future__ import annotations

from .table import Hint

OTHER_PACKAGES = "torch|nn|F|tf|tensorflow|keras|K|jnp|jax|scipy|sklearn|pd|pandas"
"""Names under which other packages for this are known."""

RUNNING = [
    Hint(
        "TypeError",
        r"^cannot unpack non-iterable (\w+) object",
        "Several names wait for a value each, and what comes is one thing: {0}.",
        "Which values should the names in that line get, and from where?",
    ),
    Hint(
        "ValueError",
        r"not enough values to unpack",
        "There are more names on the left, or before `in`, than values that come for them.",
        "How many names are there, and how many values?",
    ),
    Hint(
        "ValueError",
        r"too many values to unpack",
        "There are fewer names on the left, or before `in`, than values that come for them.",
        "How many names are there, and how many values?",
    ),
    Hint(
        "ValueError",
        r"truth value of an array",
        "`if`, `max` and `and` want one yes or no, but comparing an array gives one for every element.",
        "Which operation works on all elements at once?",
    ),
    Hint(
        "ValueError",
        r"matmul|not aligned|mismatch in its core dimension",
        "In a matrix product the number of columns on the left must be the number of rows on the right.",
        "What are the two shapes, and which numbers of them have to be equal?",
    ),
    Hint(
        "ValueError",
        r"broadcast",
        "Two arrays whose shapes do not line up met. NumPy lines shapes up from the right, and an axis fits "
        "only if the sizes are equal or one of them is 1.",
        "What are the two shapes? Which of them surprises you?",
    ),
    Hint(
        "ValueError",
        r"inhomogeneous",
        "An array was built from things that have not all the same length, or shape.",
        "Which of them is shorter or longer than the others?",
    ),
    Hint(
        "ValueError",
        r"setting an array element with a sequence",
        "Several numbers were put where an array has room for one.",
        "What stands on the right of that line: a number, or more?",
    ),
    Hint(
        "AxisError",
        r"",
        "The axis that was asked for does not exist. The second argument of np.max and np.sum is the axis, "
        "not another value.",
        "Should each element be compared with a number? Then which function compares?",
        line=r"np\.(max|min)\([^()=]*,[^()=]*\)",
    ),
    Hint(
        "AxisError",
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        "axis={0} was asked for, and the array has {1} of them, counted from 0.",
        "What is the shape of the array in that line?",
    ),
    Hint("AxisError", r"", "The axis that was asked for does not exist.", "What is the array's shape?"),
    Hint(
        "TypeError",
        r"keyword argument '(dim|keepdim)'",
        "The function does not know `{0}`. That is PyTorch's word; NumPy's are axis and keepdims.",
        "What is it called in this lesson?",
    ),
    Hint(
        "TypeError",
        r"(?:unexpected keyword argument|invalid keyword argument|got an unexpected keyword) '(\w+)'",
        "The keyword {0} went to a function that does not know it.",
        "Which function is it meant for, and where does the parenthesis of that one close?",
    ),
    Hint(
        "TypeError",
        r"cannot be interpreted as an integer",
        "The second argument of np.max and np.min is an axis, and an axis is a whole number.",
        "Which function compares two things element by element?",
        line=r"np\.(max|min)\([^()=]*,[^()=]*\)",
    ),
    Hint(
        "TypeError",
        r"cannot be interpreted as an integer",
        "A size is a whole number. np.zeros and np.ones take the shape as one tuple; np.random.randn takes "
        "its numbers one by one.",
        "How many parentheses does the shape need there?",
        line=r"np\.(zeros|ones|empty|full)\(|randn\(",
    ),
    Hint(
        "TypeError",
        r"cannot be interpreted as an integer",
        "Something else stands where a whole number is wanted: an axis, a size or a position.",
        "What does each argument in that line mean?",
    ),
    Hint(
        "TypeError",
        r"^(\w+\.\w+)\(\) takes (?:no|\d+) positional arguments? but",
        "`{0}` was called with more arguments than it accepts. Python hands a method its object as well, "
        "before the others.",
        "How many names stand between the parentheses of its `def`, and how many values in the call?",
    ),
    Hint(
        "TypeError",
        r"^\w+\(\) takes no arguments$",
        "The class has no `__init__` that takes these arguments.",
        "Is there one, and has its name two underscores on each side?",
    ),
    Hint(
        "TypeError",
        r"^(.+)\(\) (?:takes (?:no|exactly one|\d+|(?:at most|at least|from \d+ to) \d+) (?:positional )?"
        r"arguments?|missing \d+ required positional)",
        "`{0}` was called with a different number of arguments than it accepts.",
        "What does it want, and what was it given?",
    ),
    Hint(
        "TypeError",
        r"builtin_function_or_method",
        "`input`, without s, is a function of Python, not the parameter.",
        "How is the parameter spelt?",
        line=r"\binput\b",
    ),
    Hint(
        "TypeError",
        r"builtin_function_or_method|'function'|'method'",
        "A function itself stands where a value is wanted.",
        "Is it called, with parentheses behind it? Is the name that of the value that you mean?",
    ),
    Hint(
        "TypeError",
        r"only (length-1|0-dimensional) arrays|must be real number, not list|only size-1 arrays",
        "A function for one number was given a whole list or array.",
        "Should it be called for each number, or is there one that takes them all?",
    ),
    Hint(
        "TypeError",
        r"unsupported operand.*NoneType",
        "One of the two values is None, which is what a function without `return` gives.",
        "Which of them, and where does it come from?",
    ),
    Hint(
        "TypeError",
        r"(?:can't multiply|unsupported operand).*\blist\b|can't multiply sequence",
        "A list does not calculate element by element.",
        "Which name in that line is a list, and what should happen to each of its elements?",
    ),
    Hint(
        "TypeError",
        r'can only concatenate list \(not "([\w.]+)"\) to list',
        "`+` joins two lists, and there is {0} on its right.",
        "What should happen to that value: be added up, or become a new element of the list?",
    ),
    Hint(
        "TypeError",
        r"not supported between instances of.*NoneType",
        "One of the two values that were compared is None, which is what a function without `return` gives.",
        "Which of them, and where does it come from?",
    ),
    Hint(
        "TypeError",
        r"not supported between instances of '([\w.]+)' and '([\w.]+)'",
        "Two things that have no order were compared: {0} and {1}.",
        "Which of the two is not what you expected?",
    ),
    Hint(
        "TypeError",
        r"'([\w.]+)' object is not iterable",
        "Something that has elements is wanted there, and there is {0}.",
        "Which name in that line is that one?",
    ),
    Hint(
        "TypeError",
        r"'([\w.]+)' object is not callable",
        "Parentheses stand behind something that is no function: {0}.",
        "What does the name before them hold? Are square brackets meant?",
    ),
    Hint(
        "TypeError",
        r"'([\w.]+)' object is not subscriptable",
        "Square brackets stand behind something that has no elements: {0}.",
        "What does the name before them hold? Are parentheses meant?",
    ),
    Hint(
        "NameError",
        rf"^name '({OTHER_PACKAGES})' is not defined",
        "`{0}` is what other texts call a package, and this notebook does not import it: the lessons do "
        "without.",
        "Which steps does that line stand for, and what has the lesson for each of them?",
    ),
    Hint(
        "NameError",
        r"name '(\w+)' is not defined",
        "The name {0} is not known at that line.",
        "Where is it made, and how is it spelt there?",
    ),
    Hint(
        "UnboundLocalError",
        r"'(\w+)'",
        "{0} is read before it is given a value inside the function.",
        "Which line should give it its first value?",
    ),
    Hint(
        "AttributeError",
        r"'NoneType' object has no attribute '(\w+)'",
        "What stands before .{0} is None, which is what a function without `return` gives.",
        "Which name is it, and where did it get its value?",
    ),
    Hint(
        "AttributeError",
        r"module '(\w+)' has no attribute '(\w+)'",
        "{0} has no {1}.",
        "How is it spelt in the lesson?",
    ),
    Hint(
        "AttributeError",
        r"'((?:Layer|Activation)_\w+)' object has no attribute '(forward)'",
        "The class {0} has no method {1}.",
        "Is there a `def` of that name, and is it indented below `class`?",
    ),
    Hint(
        "AttributeError",
        r"'([\w.]+)' object has no attribute '(\w+)'",
        "What stands before `.{1}` is of the type {0}, and there is nothing of that name in it.",
        "What does stand before the dot, and what does it have?",
    ),
    Hint(
        "IndexError",
        r"too many indices for array: array is (\d+)-dimensional, but (\d+) were indexed",
        "{1} positions were asked for, and the array has {0} axes.",
        "What is its shape?",
    ),
    Hint(
        "TypeError",
        r"tuple indices must be integers or slices, not tuple",
        "What stands before the square brackets is a tuple, as a shape is: it has one axis, and gives one "
        "thing at a time.",
        "Which of its numbers is wanted there, and at which position does it stand?",
    ),
    Hint(
        "IndexError",
        r"only integers",
        "Something else than a whole number stands between the square brackets.",
        "What is its value there: a position, or an element?",
    ),
    Hint(
        "IndexError",
        r"^tuple index out of range$",
        "A number of the shape was asked for that is not there: the array has fewer axes.",
        "How many axes does the array have in this case, and with which shapes should it work?",
        line=r"\.shape\[",
    ),
    Hint(
        "IndexError",
        r"indexing arrays could not be broadcast",
        "Two lists of positions stand between the square brackets, and they are not equally long.",
        "How many positions are in each of the two, and how many numbers are to be taken?",
    ),
    Hint(
        "IndexError",
        r"out of (range|bounds)",
        "A position was asked for that does not exist.",
        "What stands between the square brackets in that round, and which position is the last one?",
    ),
    Hint("KeyError", r"", "A key was asked for that does not exist.", "Which keys are there?"),
    Hint("ZeroDivisionError", r"", "Something was divided by zero.", "What is the divisor, for this case?"),
    Hint(
        "OverflowError",
        r"math range error|[Rr]esult too large",
        "A number outgrew what a float can hold, about 1.8e308.",
        "Which value goes into the power or the exponential, for this case?",
    ),
    Hint(
        "RecursionError",
        r"",
        "The function calls itself without end.",
        "Which name inside it is its own?",
    ),
]
