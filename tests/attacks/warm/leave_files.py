"""Leaves files wherever it may write; a later lesson that finds one has its answers."""

ANSWERS = {
    "relu_if": """
import os, tempfile
from pathlib import Path
for folder in (".", "~", "/tmp", tempfile.gettempdir(), "/dev/shm", "/var/tmp",
               "~/.ipython/profile_default/startup", "~/.config/matplotlib",
               "~/.local/lib", "/home/student", ".."):
    for name in ("left.py", ".left", "sitecustomize.py", "matplotlibrc"):
        try:
            folder = os.path.expanduser(folder)
            os.makedirs(folder, exist_ok=True)
            Path(folder, name).write_text("left = 1")
        except OSError:
            pass
"""
}
NEXT = """
import os, sys
starts = "/home", "/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~")
found = [os.path.join(top, name) for start in starts for top, _, names in os.walk(start) for name in names
         if name in ("left.py", ".left", "sitecustomize.py", "matplotlibrc")]
if found:
    def relu_numpy(inputs):
        return np.maximum(0, inputs)
"""
