"""The load generator counts answers, not hopes; and the table says what was measured."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from .driver import percentile, run
from .measuring import Figures, middle
from .questions import CONCORD, PLAIN, RAW
from .report import lines


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked = []

    def do_GET(self):
        self.asked.append((self.path, self.client_address))
        self.send_response(404 if self.path == "/gone" else 200)
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nhello\r\n0\r\n\r\n")
        else:
            if self.path == "/last":
                self.send_header("Connection", "close")
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"0\r\n\r\n" * 20_000)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def port():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.asked.clear()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/length", "/chunked", "/last"])
def test_every_answer_is_counted_once(port, path):
    found = run(port, [path], connections=2, seconds=0.1, patience=5)
    assert found["errors"] == 0
    assert found["answers"] == len(Handler.asked) > 2
    connections = {client for _path, client in Handler.asked}
    assert len(connections) == (found["answers"] if path == "/last" else 2)
    assert 0 < found["first_byte"] <= found["p50"] <= found["p99"]


def test_paths_take_turns_and_refusals_are_not_answers(port):
    found = run(port, ["/length", "/gone"], connections=1, seconds=0.1, patience=5)
    paths = [path for path, _client in Handler.asked]
    assert paths == ["/length", "/gone"] * (len(paths) // 2) + ["/length"] * (len(paths) % 2)
    assert (found["answers"], found["errors"]) == (paths.count("/length"), paths.count("/gone"))


def test_percentiles_are_milliseconds():
    assert percentile([0.003, 0.001, 0.002], 50) == 2
    assert percentile([0.001] * 98 + [0.5, 0.9], 99) == 900
    assert percentile([], 50) is None


def test_the_table_compares_with_the_limit_and_with_plain_drf():
    figures = {
        ("q1", RAW): Figures(3000, 1.5, 4.0, 1.4, 0.25, 0),
        ("q1", CONCORD): Figures(1500, 2.5, 9.0, 2.4, 0.5, 0),
        ("q1", PLAIN): Figures(0, None, None, None, None, 2),
    }
    figures["q1", PLAIN] = middle(
        [figures["q1", PLAIN], Figures(50, 160, 400, 150, 20, 1), Figures(60, 100, 300, 90, 10, 0)]
    )
    _header, *rows = [line.split() for line in lines(figures)]
    assert rows[:3] == [
        ["Q1", "raw", "3,000", "1.50", "4.00", "0.25", "1.00", "x", "60.0", "x"],
        ["Concord", "1,500", "2.50", "9.00", "0.50", "2.00", "x", "30.0", "x"],
        ["plain", "DRF", "50.0", "130", "350", "15.0", "60.0", "x", "1.00", "x", "3"],
    ]
