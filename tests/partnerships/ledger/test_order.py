"""Many write at once, and whoever follows the ledger still sees every line once, in order, without gaps."""

import threading

import pytest
from django.db import connection, connections, transaction

from partnerships.ledger import head
from partnerships.models import Agreement, LedgerLine, Organization, Party
from tests.factories import make, make_agreement, make_organization, make_user


@pytest.fixture
def database_for_threads(transactional_db, monkeypatch, tmp_path):
    """A database that each thread reaches on a connection of its own; SQLite's in memory has one lock for all."""
    yield from _on_disk(monkeypatch, tmp_path) if connection.vendor == "sqlite" else [None]


def _on_disk(monkeypatch, tmp_path):
    path = str(tmp_path / "concord.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [path])
    # Put back before the test's database is: closing it under a file's name would lose what is in memory.
    with monkeypatch.context() as patch:
        patch.setitem(connections.settings["default"], "NAME", path)
        yield


def in_threads(*tasks):
    """Run each task in a thread of its own; what one of them raises is raised here."""
    failures = []

    def run(task):
        try:
            task()
        except BaseException as problem:
            failures.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_a_follower_sees_every_line_once_in_order(database_for_threads):
    writers, rounds = (5, 8) if connection.vendor == "postgresql" else (3, 4)
    in_threads(lambda: prepare(writers))
    done, seen = threading.Event(), []

    def follow():
        since = 0
        while True:
            finished = done.is_set()
            numbers = list(
                LedgerLine.objects.filter(number__gt=since).order_by("number").values_list("number", flat=True)
            )
            seen.extend(numbers)
            since = numbers[-1] if numbers else since
            if finished and not numbers:
                return
            done.wait(0.02)  # asking without a pause would keep the writers from the processor, not from the database

    def write_all():
        in_threads(*(lambda name=name: write(name, rounds) for name in range(writers)))
        done.set()

    in_threads(follow, write_all)
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) > writers * rounds * 2
    in_threads(lambda: check(seen))


def prepare(writers):
    make_agreement("Shared", slug="shared")
    for name in range(writers):
        make_organization(f"Body {name}", slug=f"body-{name}")


def write(name, rounds):
    """Records of its own and one that all share, in both orders, sometimes undone: an invitation to deadlocks."""
    body, shared = Organization.objects.get(slug=f"body-{name}"), Agreement.objects.get(slug="shared")
    for turn in range(rounds):
        try:
            with transaction.atomic():
                if (name + turn) % 2:
                    make(Party, agreement=shared, organization=body, withdrew=f"20{turn:02}")
                    body.save()
                else:
                    body.save()
                    make(Party, agreement=shared, organization=body, withdrew=f"20{turn:02}")
                if turn % 4 == 3:
                    raise Undone
        except Undone:
            body.refresh_from_db()
        make_organization(f"Draft {name} {turn}", state="draft")


class Undone(Exception):
    pass


def check(seen):
    assert head(make_user()).number == len(seen)
    public = list(
        LedgerLine.objects.exclude(public_number=None).order_by("number").values_list("public_number", flat=True)
    )
    assert public == list(range(1, len(public) + 1))
    assert head(None).number == len(public) < len(seen)
