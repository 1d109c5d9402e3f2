"""Properties that several exercises have, by which a changed answer is right still."""

from .evidence import Equal

A_LIST_COPIED = Equal(
    r"return (.*) -> return list\(\1\)",
    "a copy of a list is a list of the same numbers",
)
AN_ARRAY_COPIED = Equal(
    r"(return|self\.\w+ =) (.*) -> \1 np\.array\(\2\)",
    "a copy of an array is an array of the same numbers",
)
NOTHING_NEGATIVE = Equal(r".* -> .*\babs\(.*", "nothing here is negative")
TWO_AXES = Equal(r".* -> .*(axis=|max\(|sum\()-1\b.*", "of two axes, the last is number 1")
ONE_AXIS = Equal(r"return (.*) -> return \(?\1\)?\.T", "one axis has nothing to be exchanged with")
THE_LARGER_OF_TWO = Equal(
    r"(.*\bmax(?:imum)?)\((.+), (.+)\)(.*) -> \1\(\3, \2\)\4",
    "the larger of two, in either order",
)
A_SUM_OF_TWO = Equal(
    r"(.*?= |return |return \[|.*?\()(.+) ([+*]) (.+?)((?: for .*|\).*)?) -> \1\4 \3 \2\5",
    "a sum or product of numbers, in either order",
)
ZERO_IS_ZERO = Equal(r".*[<>] 0.* -> .*[<>]= 0.*", "0 becomes 0 by either branch")
ROUNDS_IN_ANY_ORDER = Equal(
    r"for (.*) in (.*): -> for \1 in list\(\2\)\[::-1\]:",
    "each round fills a place of its own, in any order",
)
AS_LONG_AS_THE_INPUT = Equal(
    r"for (.*)(inputs|exp_values)(.*): -> for \1output\3:",
    "the output is as long as the input",
)
NO_NAN = Equal(r".*np\.maximum(.*) -> .*np\.fmax\1", "they differ for nan only")
SORTED_BY_THE_LAST_AXIS = Equal(
    r"(.*), axis=1(.*) -> \1\2",
    "sorting takes the last axis unless told otherwise",
)
A_SHIFT_CANCELS = Equal(
    r"exp_values = np\.exp\(layer_outputs - .* -> exp_values = np\.exp\(.*",
    "what is subtracted from a whole row cancels, and moderate values do not overflow",
)
