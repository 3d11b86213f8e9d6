"""Runs a command on a terminal of 9 lines until it has drawn three times, then presses Ctrl-C.

Prints its exit code, and whether each frame had at most 8 lines of the terminal's width and said what it should.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

ROWS, COLUMNS = 9, 61
pid, fd = pty.fork()
if pid == 0:
    time.sleep(0.5)
    os.chdir(sys.argv[1])
    # a shell's background job, in which the tests may run, ignores it
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execv(sys.argv[2], sys.argv[2:])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
shown, deadline = b"", time.time() + 60
while shown.count(b"\x1b[J") < 3 and time.time() < deadline:
    if select.select([fd], [], [], 1)[0]:
        shown += os.read(fd, 65536)
os.write(fd, b"\x03")
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
good = True
frames = [f.split("\n")[:-1] for f in shown.decode().split("\x1b[J")[:-1]]
for frame in frames:
    lines = [re.sub(r"\x1b\[[0-9]*[AK]|\r", "", line) for line in frame]
    fits = len(lines) < ROWS and all(len(line) <= COLUMNS for line in lines)
    says = "evaluated" in lines[1] and "2 workers: " in lines[4] and "worker 2" in lines[6]
    if not (fits and says):
        good = False
        print(lines)
print(code, good and len(frames) >= 3)
