"""The load: `python -m tests.bench.driver` reads what to ask from its input and writes what it measured to its output.

In: {"port", "paths", "connections", "seconds", "patience"}. Out: {"answers", "errors", "seconds", "p50", "p99", "first_byte"}, times
in milliseconds but for `seconds`. Each connection is kept open and asks again as soon as it has its answer, going
through the paths in turn. What is under way at the end is waited for, and counts, for so many seconds of patience.
"""

import json
import selectors
import socket
import sys
import time
from itertools import cycle

HOST = "127.0.0.1"


class Connection:
    """One kept-open connection, with at most one question under way."""

    def __init__(self, port):
        self.port, self.socket = port, None

    def ask(self, path):
        if self.socket is None:
            self.socket = socket.create_connection((HOST, self.port), timeout=10)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head, self.got, self.length, self.tail = b"", 0, None, b""
        self.started, self.first_byte = time.perf_counter(), None
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\n\r\n".encode())

    def read(self):
        """Take what has come; True once the answer is there. Raises ConnectionError if the server hangs up before."""
        data = self.socket.recv(262_144)
        if not data:
            self.close()
            raise ConnectionResetError(f"The server at port {self.port} closed the connection within an answer.")
        if self.length is None:
            self.head += data
            head, end, data = self.head.partition(b"\r\n\r\n")
            if not end:
                return False
            self.read_head(head.lower())
        if data and self.first_byte is None:
            self.first_byte = time.perf_counter()
        self.got += len(data)
        self.tail = (self.tail + data)[-5:]
        done = self.tail == b"0\r\n\r\n" if self.length < 0 else self.got >= self.length
        if done and self.last:
            self.close()
        return done

    def read_head(self, head):
        """The length is -1 where the answer comes in chunks."""
        self.status = int(head[9:12])
        self.last = b"connection: close" in head
        if b"transfer-encoding: chunked" in head:
            self.length = -1
        else:
            self.length = int(head.partition(b"content-length:")[2].partition(b"\r")[0])

    def close(self):
        self.socket.close()
        self.socket = None


def run(port, paths, connections, seconds, patience):
    """Ask for so many seconds and return what was measured; see above."""
    paths, waiting = cycle(paths), selectors.DefaultSelector()
    times, first_bytes, errors = [], [], 0
    started = last = time.perf_counter()
    deadline = started + seconds
    end = deadline + patience

    def ask(connection):
        connection.ask(next(paths))
        waiting.register(connection.socket, selectors.EVENT_READ, connection)

    for _number in range(connections):
        ask(Connection(port))
    while waiting.get_map() and (now := time.perf_counter()) < end:
        for key, _events in waiting.select(timeout=end - now):
            connection, the_socket = key.data, key.fileobj
            try:
                done = connection.read()
            except ConnectionError:
                done, connection.status = True, 0
            if not done:
                continue
            waiting.unregister(the_socket)
            last = time.perf_counter()
            if connection.status == 200:
                times.append(last - connection.started)
                first_bytes.append((connection.first_byte or last) - connection.started)
            else:
                errors += 1
            if last < deadline:
                ask(connection)
    return {
        "answers": len(times),
        "errors": errors,
        "seconds": last - started,
        "p50": percentile(times, 50),
        "p99": percentile(times, 99),
        "first_byte": percentile(first_bytes, 50),
    }


def percentile(times, percent):
    """In milliseconds, or None without any."""
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)] * 1_000 if times else None


if __name__ == "__main__":
    json.dump(run(**json.load(sys.stdin)), sys.stdout)
