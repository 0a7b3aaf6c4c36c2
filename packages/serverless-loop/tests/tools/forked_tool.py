"""Runs a tool that is written in Python again and again, each time in a process of its own that is forked from this one.

What the runs before have loaded is loaded here between them: that is most of a run's work, up to two seconds. The argument
is the tool's file, which each process runs as the shell would.

Reads one JSON request a line, {args, cwd, env, folder}. The folder has the file `stdin`; `stdout` and `stderr` are written
beside it. When the tool has ended, {folder, code} is printed, its exit status or, below zero, the signal.
"""

import gc
import importlib
import json
import multiprocessing
import os
import runpy
import select
import sys

SCRIPT = sys.argv[1]
STANDARD = {"stdin": (0, os.O_RDONLY), "stdout": (1, os.O_CREAT | os.O_WRONLY), "stderr": (2, os.O_CREAT | os.O_WRONLY)}
Process = multiprocessing.get_context("fork").Process
running = {}
environment_of_start = dict(os.environ)


def start(request):
    # The memory with what is loaded is shared as long as nobody writes there, as a collection of garbage would.
    gc.freeze()
    process = Process(target=run, kwargs=request)
    process.start()
    running[process.sentinel] = (process, request["folder"])


def run(args, cwd, env, folder):
    for name, (number, flags) in STANDARD.items():
        os.dup2(os.open(os.path.join(folder, name), flags, 0o600), number)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", 1, errors="backslashreplace")
    os.chdir(cwd)
    set_by_modules = {key: value for key, value in os.environ.items() if environment_of_start.get(key) != value}
    os.environ.clear()
    os.environ.update(env, **set_by_modules)
    sys.argv = [SCRIPT, *args]
    sys.path[0] = os.path.dirname(SCRIPT)
    try:
        runpy.run_path(SCRIPT, run_name="__main__")
    finally:
        with open(os.path.join(folder, "modules"), "w") as file:
            json.dump(list(sys.modules), file)


def end(sentinel):
    process, folder = running.pop(sentinel)
    process.join()
    load(os.path.join(folder, "modules"))
    print(json.dumps({"folder": folder, "code": process.exitcode}), flush=True)
    process.close()


def load(names):
    try:
        with open(names) as file:
            modules = json.load(file)
    except (OSError, ValueError):
        return  # It was killed.
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception:
            pass  # Those that need it load it.


rest = b""
while True:
    for ready in select.select([0, *running], [], [])[0]:
        if ready != 0:
            end(ready)
            continue
        read = os.read(0, 65536)
        if not read:
            sys.exit()
        *lines, rest = (rest + read).split(b"\n")
        for line in lines:
            start(json.loads(line))
