"""Sends descriptors, credentials and urgent bytes along with its reply, through the lesson's own socket."""

HONEST, EARNS = True, 2
FIRST = """
import array, os, socket, stat
for fd in range(3, 64):
    try:
        if stat.S_ISSOCK(os.fstat(fd).st_mode):
            s = socket.socket(fileno=os.dup(fd))
            for n in range(40):
                fds = array.array("i", [os.open(".", os.O_RDONLY) for _ in range(2)])
                s.sendmsg([b" "], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
                for x in fds: os.close(x)
            try: s.send(b" ", socket.MSG_OOB)
            except OSError as e: print(e)
    except OSError: pass
"""
