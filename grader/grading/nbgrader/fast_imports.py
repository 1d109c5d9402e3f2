"""Imported first by what imports nbformat: saves 1.4 s a process.

jsonschema, which nbformat imports, builds a grammar of international web addresses when it finds the
package rfc3987_syntax, and does without when it does not. No notebook is checked against it.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)
