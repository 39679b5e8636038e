"""Start one command, wait for it, write what it took: python -I -S launcher.py REPORT COMMAND [ARGUMENT ...]

A process of its own because a child's peak memory begins with that of whoever starts it: this one imports next to
nothing, so that even a bare interpreter's figure is its own. Peak memory is that of the largest single process among
the command and the processes it started.
"""

import os
import sys
import time

NOT_STARTED = 127


def main(report: str, command: list[str]) -> int:
    """Writes "wall seconds, peak bytes" into `report`; returns the command's exit code, negative for a signal."""
    started = time.perf_counter()
    try:
        child = os.posix_spawn(command[0], command, os.environ)
    except OSError as error:
        print(f"{command[0]} cannot be started ({error.strerror})", file=sys.stderr)
        return NOT_STARTED
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - started
    # Linux and BSD count kilobytes, macOS counts bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    with open(report, "w") as file:  # noqa: PTH123  pathlib would double this process's size
        file.write(f"{wall} {usage.ru_maxrss * unit}")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
