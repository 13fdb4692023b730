"""Run a command and print what it took: ``python -I -S launch.py COMMAND ...``.

A process begins with the largest resident set of the one that started it, so what is measured is started by
this small one, never by the benchmarks themselves. Prints CPU seconds, wall seconds, the largest resident set
as ``getrusage`` counts it, and the exit code; the command's own output is dropped.
"""

import os
import sys
import time

start = time.perf_counter()
pid = os.posix_spawnp(
    sys.argv[1],
    sys.argv[1:],
    os.environ,
    file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
)
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter() - start
print(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
