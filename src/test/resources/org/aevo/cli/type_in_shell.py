"""Starts a shell on a terminal, types a command into it and 'exit', and prints what the terminal has shown.

Arguments: the command, then the program that starts the shell with its arguments.
"""
import os
import pty
import sys
import time

pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
shown, typed, deadline = b"", False, time.time() + 120
while time.time() < deadline:
    try:
        more = os.read(fd, 65536)
    except OSError:
        break
    if not more:
        break
    shown += more
    if not typed:  # it has a prompt
        typed = True
        os.write(fd, (sys.argv[1] + "\nexit\n").encode())
os.waitpid(pid, 0)
print(shown.decode(errors="replace").replace("\r", ""))
