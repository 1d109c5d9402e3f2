"""Answer cells, from what is different in them."""


def indented(block: str, depth: int) -> str:
    return "\n".join(" " * depth + line for line in block.strip("\n").split("\n"))


def functions(signature: str, blocks: dict[str, str]) -> dict[str, str]:
    """A function of each block."""
    return {name: f"def {signature}:\n{indented(block, 4)}\n" for name, block in blocks.items()}


def returning(signature: str, expressions: dict[str, str]) -> dict[str, str]:
    """A function that returns each expression."""
    return functions(signature, {name: f"return {text}" for name, text in expressions.items()})


def storing(class_name: str, expressions: dict[str, str]) -> dict[str, str]:
    """A class whose forward stores each expression."""
    return {
        name: f"class {class_name}:\n    def forward(self, inputs):\n        self.output = {text}\n"
        for name, text in expressions.items()
    }


def storing_call(class_name: str, answers: dict[str, str]) -> dict[str, str]:
    """A class whose forward stores what a function `compute(inputs)` beside it returns."""
    return {
        name: f"{source}\n{storing(class_name, {name: 'compute(inputs)'})[name]}"
        for name, source in functions("compute(inputs)", answers).items()
    }
