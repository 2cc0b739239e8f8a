"""The systems under test: each the same server with two worker processes, and what the kernel says of their work."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from .questions import CONCORD, PLAIN, RAW

HOST = "127.0.0.1"
# As README.md starts Concord.
SERVER = (
    "granian --interface wsgi --no-ws --workers 2 --blocking-threads 4 --log-level warning --host 127.0.0.1 --port {port}"
    " {application}"
)
APPLICATIONS = {
    RAW: "tests.bench.raw.wsgi:application",
    CONCORD: "config.wsgi:application",
    PLAIN: "tests.bench.plain.wsgi:application",
}
PROC = Path("/proc")


class Server:
    """A running system."""

    def __init__(self, system, environment):
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        self.label = f"bench-{system.lower().replace(' ', '-')}-{os.getpid()}"
        command = SERVER.format(port=self.port, application=APPLICATIONS[system]).split()
        # PostgreSQL is told whom its processes work for. Nobody has collected the pages' style and scripts here.
        environment = {**environment, "PGAPPNAME": self.label, "PYTHONWARNINGS": "ignore:No directory at"}
        self.process = subprocess.Popen([sys.executable, "-m", *command], env=environment)

    def wait(self, seconds=60):
        """Return once it answers. Raises SystemExit if it does not."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex((HOST, self.port)) == 0:
                    return
            time.sleep(0.2)
        sys.exit(f"{self.label} did not start: {' '.join(map(str, self.process.args))}")

    def stop(self):
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def seconds_of_work(self, database_processes=()):
        """Processor seconds that it has used by now, with the database's processes. None where there is no /proc."""
        if not PROC.is_dir():
            return None
        return sum(map(used_by, {*family(self.process.pid), *database_processes}))


@contextmanager
def running(environment, systems):
    """{system: Server}, all of them answering."""
    servers = {}
    try:
        for system in systems:
            servers[system] = Server(system, environment)
        for server in servers.values():
            server.wait()
        yield servers
    finally:
        for server in servers.values():
            server.process.terminate()
        for server in servers.values():
            server.stop()


def family(pid):
    """The process and all below it."""
    parents = {}
    for path in PROC.glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(fields(path)[1])
        except OSError:
            continue  # it has ended meanwhile
    found = {pid}
    while below := {child for child, parent in parents.items() if parent in found} - found:
        found |= below
    return found


def used_by(pid):
    try:
        user, system = fields(PROC / str(pid) / "stat")[11:13]
    except OSError:
        return 0
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def fields(path):
    """What follows the name in /proc/PID/stat: the state, the parent, ..., the times; see proc(5)."""
    return path.read_text().rpartition(")")[2].split()
