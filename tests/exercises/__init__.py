"""The evidence on each exercise: a file an exercise, named as it is. The other files are what they share."""

import pkgutil
from importlib import import_module

from .evidence import Evidence

MODULES = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
EVIDENCE: dict[str, Evidence] = {
    module.__name__.rpartition(".")[2]: module.EVIDENCE for module in MODULES if hasattr(module, "EVIDENCE")
}
