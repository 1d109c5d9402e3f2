"""Takes leases and locks on the packages that the grader itself imports, so that its imports hang."""

HONEST, EARNS = True, 2
FIRST = """
import fcntl, numpy, os
for top, _, names in os.walk(os.path.dirname(numpy.__file__)):
    for name in names[:20]:
        try:
            with open(os.path.join(top, name)) as file:
                for lease in (fcntl.F_WRLCK, fcntl.F_RDLCK):
                    try:
                        fcntl.fcntl(file, fcntl.F_SETLEASE, lease)
                    except OSError:
                        pass
                fcntl.flock(os.dup(file.fileno()), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            pass
"""
