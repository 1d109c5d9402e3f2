"""Builds the site: python -m tools.site [--pyodide FOLDER_OR_ADDRESS] [OUTPUT]"""

import argparse
import sys
from pathlib import Path

from .pyodide import PyodideError, cdn
from .site import build_site


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.site", description="Build the static site.")
    parser.add_argument(
        "output", nargs="?", type=Path, default=Path("site"), help="the folder to write: site"
    )
    parser.add_argument(
        "--pyodide",
        default="",
        metavar="FOLDER",
        help=f"put Pyodide's files from this folder into the site, or name another address; else {cdn()}",
    )
    given = parser.parse_args()
    try:
        build_site(given.output, given.pyodide)
    except PyodideError as error:
        sys.exit(str(error))
    files = [path for path in given.output.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{given.output}: {len(files)} files, {size:.0f} MB")


if __name__ == "__main__":
    main()
