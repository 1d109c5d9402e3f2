"""System calls that student code never needs, each with the attack that it would serve.

Written by hand because it is a short list with conditions on arguments, among them the
interpreter's own process id; libseccomp would have to be found and loaded inside the sandbox.
Everything newer than Linux 5.2 (numbers from 424 on) is refused as unknown, except two harmless
calls: io_uring, pidfd and the new mount calls, clone3 and openat2 (whose arguments cannot be
inspected), and whatever later kernels add. C libraries fall back to the older call.
"""

from __future__ import annotations

import errno
import platform

NUMBERS = {  # name: (x86_64, aarch64); None where the architecture lacks the call
    "open": (2, None),
    "ioctl": (16, 29),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "socket": (41, 198),
    "connect": (42, 203),
    "accept": (43, 202),
    "bind": (49, 200),
    "listen": (50, 201),
    "socketpair": (53, 199),
    "clone": (56, 220),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "kill": (62, 129),
    "semget": (64, 190),
    "semop": (65, 193),
    "semctl": (66, 191),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "fcntl": (72, 25),
    "truncate": (76, 45),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "ptrace": (101, 117),
    "syslog": (103, 116),
    "rt_sigqueueinfo": (129, 138),
    "setpgid": (109, 154),
    "setsid": (112, 157),
    "utime": (132, None),
    "personality": (135, 92),
    "setpriority": (141, 140),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "modify_ldt": (154, None),
    "pivot_root": (155, 41),
    "prctl": (157, 167),
    "chroot": (161, 51),
    "sync": (162, 81),
    "mount": (165, 40),
    "umount2": (166, 39),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "tkill": (200, 130),
    "sched_setaffinity": (203, 122),
    "tgkill": (234, 131),
    "semtimedop": (220, 192),
    "utimes": (235, None),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "ioprio_set": (251, 30),
    "inotify_add_watch": (254, 27),
    "migrate_pages": (256, 238),
    "openat": (257, 56),
    "fchownat": (260, 54),
    "futimesat": (261, None),
    "fchmodat": (268, 53),
    "unshare": (272, 97),
    "move_pages": (279, 239),
    "utimensat": (280, 88),
    "accept4": (288, 242),
    "rt_tgsigqueueinfo": (297, 240),
    "perf_event_open": (298, 241),
    "fanotify_init": (300, 262),
    "prlimit64": (302, 261),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "syncfs": (306, 267),
    "setns": (308, 268),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "sched_setattr": (314, 274),
    "memfd_create": (319, 279),
    "bpf": (321, 280),
    "execveat": (322, 281),
    "userfaultfd": (323, 282),
}
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, AUDIT_ARCH_*
NEWER, HARMLESS_NEWER, LANDLOCK = 424, (436, 439), (444, 445, 446)  # close_range, faccessat2
ALLOW, KILL, DENY = 0x7FFF0000, 0x80000000, 0x00050000
AF_UNIX, SOCK_STREAM, CLONE_THREAD = 1, 1, 0x10000


def rule(names, arg=None, when=None, unless=None, mask=0xFFFFFFFF, error=errno.EPERM):
    """Refuse the calls; with `arg`, only when that argument & mask is (or is not) among the values.

    With error 0 the call seems to succeed and does nothing: for what libraries do in passing."""
    return names.split(), arg, when, unless, mask, error


OTHERS = [  # reach, hinder or read another process of the same user
    rule("ptrace process_vm_readv process_vm_writev kcmp move_pages migrate_pages perf_event_open"),
    rule("setpriority ioprio_set"),
    rule("prlimit64", arg=0, unless=[0, "pid"]),
    rule("sched_setaffinity sched_setscheduler sched_setparam sched_setattr", error=0),  # ZMQ's threads
    # No owner of signals (a kill by SIGIO), no leases or notifications (others wait for us):
    rule("fcntl", arg=1, unless=[*range(8), 36, 37, 38, 1030, 1032, 1034]),  # copies, flags, locks
    # Nothing is typed into our terminal, and no file gets flags or attributes:
    rule("ioctl", arg=1, unless=[0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451]),  # sizes, blocking
    rule("sync syncfs", error=0),  # everybody's writing waits
]
NETWORK = [
    rule("connect"),  # abstract sockets, docker.sock, ssh-agent
    rule("socket socketpair", arg=0, unless=[AF_UNIX], error=errno.EOPNOTSUPP),  # IP, netlink, vsock
    #                                                      (at other errors libzmq ends the process)
    rule("socket socketpair", arg=1, unless=[SOCK_STREAM], mask=0xF),  # datagrams need no connect
]
SERVING = [  # ZMQ needs it, on a named socket: the grader connects to it
    rule("bind listen accept accept4"),
]
LASTING = [  # what no limit counts, or what outlives the process: memory, marks on a mount point
    rule("shmget shmat shmctl semget semop semctl semtimedop msgget msgsnd msgrcv msgctl"),
    rule("mq_open mq_unlink memfd_create"),
    rule("setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr", error=0),  # shutil.copy
]
KERNEL = [  # ways out of a sandbox, or wide surface of the kernel that student code never needs
    rule("pivot_root chroot add_key request_key keyctl bpf userfaultfd syslog"),
    rule("personality modify_ldt name_to_handle_at open_by_handle_at fanotify_init"),
]
SIGNALS = [  # kill the grader or another student's kernel
    rule("kill", arg=0, unless=["pid", "-pid"]),
    rule("tgkill", arg=0, unless=["pid"]),
    rule("tkill rt_sigqueueinfo rt_tgsigqueueinfo"),
]
NAMESPACES = [rule("unshare setns mount umount2")]
CHILDREN = [  # fork bombs, processes that live on, the memory limit taken many times over
    rule("fork vfork execve execveat"),
    rule("clone", arg=0, when=[0], mask=CLONE_THREAD),
    rule("setsid setpgid"),  # leave the group that is killed as one
    rule("prctl", arg=0, when=[1, 4]),  # PDEATHSIG, DUMPABLE: not die with the parent, not be looked at
]
PATHS = [  # what Landlock does not restrict: files of ours that it does not let them open, marks on folders
    rule("chmod fchmod fchmodat chown fchown lchown fchownat utime utimes utimensat futimesat", error=0),
    rule("truncate inotify_add_watch"),
    rule("open", arg=1, when=[0o1000], mask=0o1003),  # O_RDONLY | O_TRUNC empties a file (ABI < 3)
    rule("openat", arg=2, when=[0o1000], mask=0o1003),
]


def assemble(lends: bool = False, serves: bool = False) -> list:
    """The filter as BPF instructions (code, jump if true, jump if false, value): one for all sandboxes.

    `lends` leaves processes, signals and namespaces open, for a parent that lends itself to lessons
    and locks each of them in; `serves` leaves sockets that listen, for a Jupyter kernel. The values
    "pid" and "-pid" stand for the process that loads the filter. Raises KeyError on a machine whose
    numbers we do not have.
    """
    column, architecture = MACHINES[platform.machine()]
    rules = OTHERS + NETWORK + LASTING + KERNEL + PATHS
    rules += [] if lends else SIGNALS + CHILDREN + NAMESPACES
    rules += [] if lends or serves else SERVING
    newer = HARMLESS_NEWER + (LANDLOCK if lends else ())
    code = [
        load(4),
        equal(architecture, 1, 0),
        give(KILL),  # 32-bit calls have other numbers
        load(0),
        (0x35, 0, 1, 0x40000000),
        give(KILL),  # and so has x32
        (0x35, 0, len(newer) + 2, NEWER),
        *(equal(number, len(newer) - i, 0) for i, number in enumerate(newer)),
        give(DENY | errno.ENOSYS),
        give(ALLOW),
    ]
    for names, *condition in rules:
        for number in filter(None, (NUMBERS[name][column] for name in names)):
            code += refuse(number, *condition)
    return [*code, give(ALLOW)]


def refuse(number, arg, when, unless, mask, error):
    if arg is None:
        test = [give(DENY | error)]
    else:
        test = [load(16 + 8 * arg), (0x54, 0, 0, mask)]  # the low half: the kernel reads an int
        if when is not None:
            test += [part for value in when for part in (equal(value, 0, 1), give(DENY | error))]
        else:
            test += [equal(value, len(unless) - i, 0) for i, value in enumerate(unless)]
            test += [give(DENY | error)]
    return [load(0), equal(number, 0, len(test)), *test]


def load(offset):
    return 0x20, 0, 0, offset


def equal(value, then, otherwise):
    return 0x15, then, otherwise, value


def give(result):
    return 0x06, 0, 0, result
