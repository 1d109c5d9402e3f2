"""Asks for a kernel of another language and another name."""

HONEST, EARNS = True, 2


def damage(it):
    it.notebook["metadata"]["kernelspec"] = {"name": "bash", "display_name": "Bash", "language": "bash"}
    it.notebook["metadata"]["language_info"] = {"name": "bash", "file_extension": ".sh"}
