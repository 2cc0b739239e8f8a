"""People at the desk and programs with tokens change one record, in a thousand random orders of reading and writing.

Each adds a mark of its own to what it has read. A write that was acknowledged must be in the record in the end. Whoever is
refused, or is shown a conflict, reads again and repeats. The control, without the guards, has to lose some.
"""

import random

import pytest
from django.db import models
from django.test import Client

from partnerships.admin.conflict import RecordForm
from partnerships.admin.versions import VersionsAdmin
from partnerships.models import Organization
from partnerships.models.record import Record
from tests.factories import make_organization, make_user
from tests.partnerships.admin.desk import address, posted

from .conftest import Writer, make_token

pytestmark = pytest.mark.django_db


def read(pk):
    return Organization.objects.values("caveat", "version").get(pk=pk)


class AtTheDesk:
    """Somebody with the record's form open."""

    def __init__(self, client, form, pk, mark):
        self.client, self.form, self.pk, self.mark = client, form, pk, mark

    def read(self):
        self.seen = read(self.pk)

    def write(self):
        """Whether it was saved."""
        data = self.form | {"caveat": self.seen["caveat"] + self.mark, "seen_version": str(self.seen["version"])}
        answer = self.client.post(address(Organization(pk=self.pk), "change"), data)
        assert answer.status_code in (302, 409)
        return answer.status_code == 302


class AtTheDeskTogether(AtTheDesk):
    """Somebody who, shown a conflict, saves both together instead of reading again."""

    def write(self):
        data = self.form | {"caveat": self.seen["caveat"] + self.mark, "seen_version": str(self.seen["version"])}
        answer = self.client.post(address(Organization(pk=self.pk), "change"), data)
        if answer.status_code == 302:
            return True
        # Both have changed the caveat: theirs stays, and so this write is none.
        kept = {"kept": answer.context["kept"], "theirs": answer.context["record"].version}
        chosen = {f"choose-{clash.key}": "theirs" for clash in answer.context["clashes"]}
        assert self.client.post(answer.context["address"], kept | chosen).status_code == 302
        return False


class AtTheApi:
    """A program with a token."""

    guarded = True

    def __init__(self, client, header, pk, mark):
        self.writer, self.pk, self.mark = Writer(client, header), pk, mark

    def read(self):
        self.seen = read(self.pk)

    def write(self):
        version = self.seen["version"] if self.guarded else read(self.pk)["version"]
        answer = self.writer.client.patch(
            f"/api/v1/organizations/{self.pk}/",
            {"caveat": self.seen["caveat"] + self.mark},
            content_type="application/json",
            headers={"Authorization": self.writer.header, "If-Match": f'"organization-{self.pk}-v{version}"'},
        )
        assert answer.status_code in (200, 412), answer.content
        return answer.status_code == 200


class World:
    def __init__(self):
        self.clients = []
        for number in range(2):
            client = Client()
            client.force_login(make_user(f"chief{number}", is_superuser=True))
            self.clients.append(client)
        self.header = make_token(make_user("program", is_superuser=True))[1]
        self.record = make_organization()
        self.form = posted(self.clients[0].get(address(self.record, "change")))

    def lost(self, dice):
        """How many acknowledged writes are missing in the end, after one random order of six readings and writings."""
        record, form = Organization.objects.get(), self.form
        record.caveat = ""
        record.save()
        actors = [
            AtTheDesk(self.clients[0], form, record.pk, "a"),
            dice.choice([AtTheDesk, AtTheDeskTogether])(self.clients[1], form, record.pk, "b"),
            AtTheApi(Client(), self.header, record.pk, "c"),
        ]
        steps = [actor for actor in actors for _ in range(2)]
        dice.shuffle(steps)
        reading, saved = set(), []
        for actor in steps:
            if actor not in reading:
                actor.read()
                reading.add(actor)
            elif actor.write():
                saved.append(actor.mark)
        for actor in actors:  # whoever was refused repeats, by itself now
            if actor.mark not in saved:
                actor.read()
                assert actor.write()
                saved.append(actor.mark)
        end = read(record.pk)["caveat"]
        assert len(end) == len(set(end))
        return sum(mark not in end for mark in saved)


@pytest.mark.parametrize("orders", [20, pytest.param(1000, marks=pytest.mark.long)])
def test_no_update_is_lost(orders):
    world, dice = World(), random.Random(0)
    assert sum(world.lost(dice) for _ in range(orders)) == 0


def test_without_the_guards_some_are_lost(monkeypatch):
    monkeypatch.setattr(Record, "_do_update", models.Model._do_update)
    monkeypatch.setattr(RecordForm, "clean", lambda self: super(RecordForm, self).clean())
    monkeypatch.setattr(VersionsAdmin, "together_or_none", lambda *args: None)
    monkeypatch.setattr(AtTheApi, "guarded", False)
    world, dice = World(), random.Random(0)
    assert sum(world.lost(dice) for _ in range(20)) > 0
