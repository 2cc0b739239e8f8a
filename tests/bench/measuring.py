"""Comparing the systems' answers, then their speed."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from http.client import HTTPConnection
from random import Random
from statistics import median

from django.db import connection

from api.reading import cards
from partnerships.models import Project
from stories.models import NewsItem

from .questions import RAW, gist
from .servers import HOST

CONNECTIONS = 8
PATIENCE = 20  # seconds for comparing the answers to one of the seven questions


@dataclass
class Figures:
    """Of one system and question; times in milliseconds, None where there was no answer in time."""

    per_second: float
    p50: float | None
    p99: float | None
    first_byte: float | None
    cpu: float | None
    errors: int


def get(port, path):
    """The body of an answer. Raises SystemExit unless it is one."""
    http = HTTPConnection(HOST, port, timeout=120)
    http.request("GET", path)
    response = http.getresponse()
    body = response.read()
    http.close()
    if response.status != 200:
        sys.exit(f"{path} was answered with {response.status}: {body[:500].decode(errors='replace')}")
    return body


def asked_for(server, questions):
    """{(model, form): ids} of the records whose rows or details are in the answers, as the raw system knows them."""
    found = defaultdict(set)
    for name, kind in (
        ("q1", (Project, cards.ROW)),
        ("q2", (NewsItem, cards.ROW)),
        ("q3", (NewsItem, cards.ROW)),
        ("q5", (NewsItem, cards.ROW)),
        ("q7", (Project, cards.DETAIL)),
    ):
        for question in questions.get(name, ()):
            body = json.loads(get(server.port, question.paths[RAW]))
            found[kind] |= {row["id"] for row in body.get("results", [body])}
    return found


def compare(servers, questions):
    """Ask everybody everything. Returns {(name, system): seconds of the slowest answer}; exits where two disagree."""
    slowest = defaultdict(float)
    for name, asked in questions.items():
        started, compared = time.monotonic(), 0
        for question in asked:
            gists = {}
            for system, server in servers.items():
                begun = time.monotonic()
                gists[system] = gist(name, system, get(server.port, question.paths[system]))
                slowest[name, system] = max(slowest[name, system], time.monotonic() - begun)
            for system, found in gists.items():
                if found != gists[RAW]:
                    sys.exit(
                        f"{name}: {system} and raw disagree.\n{question.paths[system]}: {found}\n"
                        f"{question.paths[RAW]}: {gists[RAW]}"
                    )
            compared += 1
            if time.monotonic() - started > PATIENCE:
                break
        print(f"  {name}: {compared} of {len(asked)} questions have the same answer from all", flush=True)
    return slowest


def measure(servers, questions, seconds, repeats, seed, slowest):
    """{(name, system): Figures}: medians of the repeats, in each of which the systems follow in another order."""
    random, found = Random(seed), defaultdict(list)
    for _repeat in range(repeats):
        for name, asked in questions.items():
            for system in random.sample(list(servers), len(servers)):
                # One client at a time asks for tables, and whoever takes long for one answer.
                alone = name == "q6" or slowest[name, system] > seconds / 2
                order = {
                    "port": servers[system].port,
                    "paths": [question.paths[system] for question in asked],
                    "connections": 1 if alone else CONNECTIONS,
                    "seconds": seconds,
                    "patience": max(2 * seconds, 3 * slowest[name, system]),
                }
                found[name, system].append(once(servers[system], order))
    return {key: middle(figures) for key, figures in found.items()}


def once(server, order):
    """The Figures of one run of the driver, which is given this order."""
    before = server.seconds_of_work(database_processes(server))
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.driver"],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=True,
    )
    after = server.seconds_of_work(database_processes(server))
    result = json.loads(done.stdout)
    answers = result["answers"]
    cpu = (after - before) / answers * 1_000 if answers and before is not None else None
    per_second = answers / result["seconds"] if answers else 0
    return Figures(per_second, result["p50"], result["p99"], result["first_byte"], cpu, result["errors"])


def middle(figures):
    """The median of each figure by itself."""

    def of(name):
        values = [value for one in figures if (value := getattr(one, name)) is not None]
        return median(values) if values else None

    return Figures(
        of("per_second"), of("p50"), of("p99"), of("first_byte"), of("cpu"), sum(one.errors for one in figures)
    )


def database_processes(server):
    """The ids of PostgreSQL's processes that work for this server, if they run on this machine."""
    if connection.vendor != "postgresql":
        return ()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = %s"
            " AND (inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8')",
            [server.label],
        )
        return [pid for (pid,) in cursor.fetchall()]
