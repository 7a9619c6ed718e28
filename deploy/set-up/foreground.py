#!/usr/bin/python3
"""Runs a program so that Ctrl-C reaches the program and not the make above it.

    foreground.py <program> [argument ...]

GNU make dies of a SIGINT it receives itself, whatever its recipe does with it. So the program gets a process
group of its own and, while we have it, the terminal: Ctrl-C, Ctrl-\\ and Ctrl-Z then go to the program alone, it
drains, and its exit status is make's. A signal sent to us or to our group is handed on once. A SIGINT sent to
make's process alone is invisible from here, except that make stops catching it: that is what is looked at.
"""

import errno
import os
import signal
import sys

HANDED_ON = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}
LOOK_EVERY_SECONDS = 0.25
NOT_FOUND, NOT_EXECUTABLE = 127, 126


def open_terminal():
    """The controlling terminal, or None: in a service, a pipe of a service, or a container without one."""
    try:
        return os.open("/dev/tty", os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None


def give_terminal(terminal, taker, giver):
    """Makes `taker` the foreground group if `giver` is; a background job never takes the terminal."""
    try:
        if terminal is not None and os.tcgetpgrp(terminal) == giver:
            os.tcsetpgrp(terminal, taker)
    except OSError:
        pass  # The terminal has gone, or the group has: there is nothing to give.


def is_catching_interrupt(pid):
    """Whether process `pid` is a make that has a handler for SIGINT."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as status:
            facts = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
    except OSError:
        return False
    return facts["Name"] in ("make", "gmake") and int(facts["SigCgt"], 16) >> (signal.SIGINT - 1) & 1 == 1


def start(argv, terminal):
    """Starts the program in a group of its own, with the terminal if we have it and no signal ignored."""
    group = os.getpgrp()
    pid = os.fork()
    if pid != 0:
        try:
            os.setpgid(pid, pid)
        except OSError:
            pass  # The program has begun already, and had done it itself.
        return pid
    os.setpgid(0, 0)
    give_terminal(terminal, os.getpid(), group)
    for number in HANDED_ON | {signal.SIGPIPE, signal.SIGTTOU}:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    try:
        os.execvp(argv[0], argv)
    except OSError as error:
        sys.stderr.write(f"cannot start '{argv[0]}': {error.strerror}\n")
        os._exit(NOT_FOUND if error.errno == errno.ENOENT else NOT_EXECUTABLE)


def tell(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


class Watch:
    """Stands between the program and whoever runs us until the program has ended."""

    def __init__(self, pid, terminal):
        self.pid = pid
        self.terminal = terminal
        self.parent = os.getppid()
        self.parent_caught = is_catching_interrupt(self.parent)
        self.was_told = False

    def run(self):
        while True:
            give_terminal(self.terminal, self.pid, os.getpgrp())
            ended, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
            if ended and os.WIFSTOPPED(status):
                self.stop_with_the_job()
            elif ended:
                give_terminal(self.terminal, os.getpgrp(), self.pid)
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else 128 - code
            else:
                self.wait_for_a_signal()

    def wait_for_a_signal(self):
        signals = HANDED_ON | {signal.SIGCHLD}
        arrived = signal.sigtimedwait(signals, LOOK_EVERY_SECONDS)
        if arrived is None:
            self.look_at_the_parent()
        elif arrived.si_signo != signal.SIGCHLD:
            self.hand_on(arrived.si_signo)

    def look_at_the_parent(self):
        if self.was_told:
            return
        if os.getppid() != self.parent:
            self.hand_on(signal.SIGTERM)
        elif self.parent_caught and not is_catching_interrupt(self.parent):
            # A SIGINT to the whole group is on its way to us as well: the program must hear of it once.
            signal.sigtimedwait({signal.SIGINT}, LOOK_EVERY_SECONDS)
            self.hand_on(signal.SIGINT)

    def hand_on(self, number):
        self.was_told = True
        tell(self.pid, number)

    def stop_with_the_job(self):
        """Ctrl-Z stopped the program: let the shell see the whole job stopped, and go on when it says so."""
        give_terminal(self.terminal, os.getpgrp(), self.pid)
        os.kill(0, signal.SIGTSTP)
        give_terminal(self.terminal, self.pid, os.getpgrp())
        os.killpg(self.pid, signal.SIGCONT)


def main(argv):
    if not argv:
        sys.stderr.write("usage: foreground.py <program> [argument ...]\n")
        return 2
    signal.pthread_sigmask(signal.SIG_BLOCK, HANDED_ON | {signal.SIGCHLD})
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    terminal = open_terminal()
    return Watch(start(argv, terminal), terminal).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
