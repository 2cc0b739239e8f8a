"""A client that openapi-python-client makes from the description reads and writes; nothing is left out of it."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from api.viewsets.documentation import description
from partnerships.models import Organization
from tests.factories import make_agreement, make_user

from .conftest import fill
from .writing.conftest import make_token

GENERATOR = Path(sys.executable).parent / "openapi-python-client"


@pytest.fixture
def one(live_server):
    return fill()


@pytest.fixture
def package(live_server, tmp_path, monkeypatch):
    """Import a part of the package that the generator makes of the address where the register describes itself."""
    (tmp_path / "config.yaml").write_text("post_hooks: []\n")
    command = [GENERATOR, "generate", "--url", live_server.url + "/api/v1/schema/", "--meta", "none", "--config"]
    made = subprocess.run(
        [*command, tmp_path / "config.yaml", "--output-path", tmp_path / "concord_client"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    # A warning would mean that something was left out.
    assert (made.returncode, made.stderr, made.stdout.split()[0], made.stdout.count("\n")) == (0, "", "Generating", 1)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return lambda name: import_module(f"concord_client.{name}")


@pytest.fixture
def token(one):
    return make_token(make_user("analyst", is_superuser=True))[1].removeprefix("Bearer ")


@pytest.mark.usefixtures("one")
def test_a_generated_client_reads_and_writes(live_server, package, token):
    nothing_is_left_out(package)
    client = package("client")
    # A connection that is kept alive would outlive the test's database.
    server = {"base_url": live_server.url, "headers": {"Connection": "close"}}
    reads(package, client.Client(**server))
    writes(package, client.AuthenticatedClient(**server, token=token))


def nothing_is_left_out(package):
    described = {
        (operation["tags"][0], operation["operationId"])
        for methods in description()["paths"].values()
        for operation in methods.values()
    }
    root = Path(package("api").__file__).parent
    made = {(path.parent.name, path.stem) for path in root.glob("*/*.py") if path.stem != "__init__"}
    assert made == {(tag.lower().replace(" ", "_"), name) for tag, name in described}
    assert len(made) > 100


def reads(package, visitor):
    agreements = package("api.agreements.agreements_list")
    second = make_agreement("Second memorandum", parties=[Organization.objects.get(slug="pa")], signed="2011")
    make_agreement("Of somebody else")

    models = package("models")
    orderings = models.AgreementsListOrderingItem

    def page(**cursor):
        return agreements.sync(
            client=visitor,
            partner=["PA"],
            year_from=2010,
            ordering=[orderings("date"), orderings("-id")],
            page_size=1,
            count=True,
            **cursor,
        )

    first = page()
    assert (first.count, [row.title for row in first.results]) == (2, [second.title])
    assert [str(first.results[0].signed_on), first.results[0].version] == ["2011", 1]
    question = dict(parse_qsl(urlsplit(first.citation.permalink).query))
    assert question == {
        "count": "true",
        "ordering": "date,-id",
        "page_size": "1",
        "partner": "pa",
        "year_from": "2010",
    }
    last = page(cursor=dict(parse_qsl(urlsplit(first.next_).query))["cursor"])
    assert ([row.title for row in last.results], last.next_) == (["Memorandum"], None)

    project = package("api.projects.projects_retrieve").sync("project", client=visitor)
    assert (project.title, project.starts_on, project.ends_on) == ("Project", "2016", "2019-06-30")
    assert [(row.organization.slug, row.role.value) for row in project.participations] == [
        ("pa", "funding"),
        ("un", "implementing"),
    ]
    missing = package("api.projects.projects_retrieve").sync_detailed("nowhere", client=visitor)
    assert (missing.status_code, missing.parsed.status) == (404, 404)

    stats = package("api.stats.stats").sync(
        client=visitor,
        of=models.StatsOf.PROJECTS,
        partner=["pa"],
        group_by=[models.StatsGroupByItem.YEAR, models.StatsGroupByItem.COUNTRY],
    )
    assert stats.total.count == 1
    assert [(group["year"].value, group["country"].label, group.count) for group in stats.groups] == [
        (str(year), "Niger", 1) for year in range(2016, 2020)
    ]

    make_agreement("Later")
    changes = package("api.changes.changes").sync(
        client=visitor, noun=[models.ChangesNounItem.AGREEMENT], since=last.citation.data_version
    )
    assert [(line.verb.value, line.slug) for line in changes.results] == [("published", "later")]


def writes(package, writer):
    models = package("models")
    api = {
        name: package(f"api.organizations.organizations_{name}")
        for name in ("create", "retrieve", "partial_update", "publish_create", "destroy", "bulk_create")
    }

    def body(kind, **values):
        return getattr(models, f"Organization{kind}").from_dict(values)

    made = api["create"].sync_detailed(client=writer, body=body("Write", name="Harbour", acronym="HI", type="80"))
    assert (made.status_code, made.parsed.slug, made.parsed.version) == (201, "hi", 1)
    version = api["retrieve"].sync_detailed("hi", client=writer).headers["ETag"]
    changed = body("Patch", website="https://harbour.example")
    answers = [
        api["partial_update"].sync_detailed("hi", client=writer, body=changed, if_match=version) for _twice in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 412]
    assert (answers[0].parsed.website, answers[0].parsed.version) == ("https://harbour.example", 2)
    assert (answers[1].parsed.version, answers[1].parsed.etag) == (2, answers[0].headers["ETag"])
    published = api["publish_create"].sync_detailed("hi", client=writer, if_match=answers[0].headers["ETag"])
    assert (published.status_code, Organization.objects.visible_to(None).filter(slug="hi").count()) == (200, 1)
    operations = [{"op": "create", "record": {"name": "Haven", "acronym": "HV", "type": "80"}}]
    several = api["bulk_create"].sync(client=writer, body=body("Bulk", operations=operations))
    assert [(line.op.value, line.slug, line.version) for line in several.results] == [("create", "hv", 1)]
    gone = api["destroy"].sync_detailed("hi", client=writer, if_match=published.headers["ETag"])
    assert (gone.status_code, Organization.objects.filter(slug__in=["hi", "hv"]).count()) == (204, 1)
