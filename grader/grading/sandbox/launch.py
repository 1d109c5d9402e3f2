"""The first thing that runs inside: sets the limits, closes the doors, then becomes the student's Python.

Run as `python -I -S -B launch.py FD (-m module | -c code | file) [argument ...]` by `Sandbox.start`;
FD holds the plan as JSON. It goes on in the same process: an exec would cost 10 ms and let
nothing more be closed. A program started with `may_fork` finds `seal` among its globals: it must
call it in every child before student code runs there.
"""

import builtins
import ctypes
import json
import os
import resource
import runpy
import site
import stat
import struct
import sys
import types

libc = ctypes.CDLL(None, use_errno=True)
NO_NEW_PRIVS, SET_SECCOMP, SET_PDEATHSIG, KEEP_CAPABILITIES, KILL = 38, 22, 1, 8, 9
CAP_SYS_ADMIN = 21


def main():
    fd = int(sys.argv[1])
    with open(fd, encoding="utf-8") as file:
        plan = json.load(file)
    ruleset = make_ruleset(**plan["landlock"]) if plan["landlock"] else None
    if plan["uid"] is not None:  # root: a user that nothing else on the machine is
        become_user(plan["uid"], keep=plan["lesson"] and plan["lesson"]["mounts"])
    prctl(SET_PDEATHSIG, KILL)  # changing the user has cleared it
    if plan["parent"] not in (None, os.getppid()):
        sys.exit("the grader has ended")
    prctl(NO_NEW_PRIVS, 1)
    for what, value in plan["rlimits"]:
        hard = resource.getrlimit(what)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (value, value))
    if ruleset is not None:
        restrict(ruleset)
    for source, target in plan["copies"]:
        copy(source, os.path.join(plan["home"], target))
    os.chdir(os.path.join(plan["home"], "lesson"))
    if plan["filter"]:
        install(plan["filter"])
    sys.path.append(plan["site"])
    become(sys.argv[2:], lending(plan["lesson"]) if plan["lesson"] else {})


def become_user(uid, keep):
    """Give up root; `keep` nothing of it, or the right to make namespaces, in a parent that lends itself."""
    prctl(KEEP_CAPABILITIES, 1 if keep else 0)
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
    if keep:
        bit = 1 << CAP_SYS_ADMIN
        checked(libc.capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(bit, bit)))


def lending(plan):
    sys.path.insert(0, os.path.dirname(__file__))
    import alone
    from apart import Apart

    del sys.path[0]
    return {"apart": Apart(plan), "alone": alone}


def make_ruleset(handled, scoped, on_files, rules):
    """A Landlock ruleset: what is not allowed by (path, rights) is refused."""
    ruleset = syscall(444, ctypes.c_char_p(struct.pack("QQQ", handled, 0, scoped)), 24, 0)
    for path, rights in rules:
        try:
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        rights &= handled if stat.S_ISDIR(os.fstat(fd).st_mode) else on_files
        syscall(445, ruleset, 1, ctypes.c_char_p(struct.pack("=Qi", rights, fd)), 0)
        os.close(fd)
    return ruleset


def install(instructions):
    """Load a seccomp filter; it holds for this process, every thread made later, and for good."""
    own = {"pid": os.getpid(), "-pid": -os.getpid() & 0xFFFFFFFF}
    numbers = [own.get(number, number) for instruction in instructions for number in instruction]
    packed = struct.pack("HBBI" * len(instructions), *numbers)
    program = ctypes.create_string_buffer(packed)
    prctl(
        SET_SECCOMP, 2, ctypes.c_char_p(struct.pack("HxxxxxxP", len(instructions), ctypes.addressof(program)))
    )


def restrict(ruleset):
    """Hold this process, and all that it starts, to a Landlock ruleset."""
    syscall(446, ruleset, 0)
    os.close(ruleset)


def syscall(number, *args):
    return checked(
        libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in args))
    )


def prctl(option, *args):
    args = (*args, 0, 0, 0, 0)[:4]
    return checked(libc.prctl(option, *(ctypes.c_ulong(a) if isinstance(a, int) else a for a in args)))


def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def copy(source, target):
    """Copy a file, or the files of a directory, into the throw-away home."""
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
        for name in os.listdir(source):
            copy(os.path.join(source, name), os.path.join(target, name))
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(source, "rb") as read, open(target, "wb") as write:
            write.write(read.read())


def become(argv, extra):
    """Run the program as `python` would, with `exit` and `help` as `site` gives them."""
    site.setquit()
    site.setcopyright()
    site.sethelper()
    if argv[0] == "-m":
        sys.argv = argv[1:]
        runpy.run_module(argv[1], extra, "__main__", alter_sys=True)
    elif argv[0] == "-c":
        sys.argv = ["-c", *argv[2:]]
        module = sys.modules["__main__"] = types.ModuleType("__main__")
        module.__dict__.update(extra, __builtins__=builtins)
        exec(compile(argv[1], "<string>", "exec"), module.__dict__)
    else:
        sys.argv = argv
        runpy.run_path(argv[0], extra, "__main__")


if __name__ == "__main__":
    main()
