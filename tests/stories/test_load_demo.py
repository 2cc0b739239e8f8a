"""load_demo: all or nothing, the same again changes nothing, and nobody's work at the desk is lost."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from partnerships.models import Agreement, Country, Measurement, Organization, Party, Person, Project, Signature
from stories.models import Evidence, NewsItem
from tests.demo import load_demo
from tests.factories import make, make_user

pytestmark = pytest.mark.django_db

FILES = {
    "organizations": """
[[organization]]
slug = "rosen"
name = "Regional Office"
type = "40"
parent = "unodc"

[[organization]]
slug = "unodc"
name = "Office on Drugs and Crime"
acronym = "UNODC"
type = "40"
description = "An office."
[[organization.other_name]]
name = "ODC"
kind = "former"
used_to = "2002"
""",
    "people": """
[[person]]
slug = "miwa-kato"
name = "Miwa Kato"
[[person.office]]
title = "Director"
organization = "unodc"
held_from = "../2019-05-21"
""",
    "agreements": """
[[agreement]]
slug = "plan"
title = "Joint Action Plan"
kind = "joint_action_plan"
signed = "2019-05-21"
parent = "mou"
areas = ["Volunteers", "Training"]
[[agreement.party]]
organization = "unodc"
[[agreement.party.signature]]
person = "miwa-kato"
signed = "2019-05-21"
country = "AT"

[[agreement]]
slug = "mou"
title = "Memorandum"
kind = "mou"
signed = "2013"
regions = ["sahel"]
goals = [16]
""",
    "projects": """
[[project]]
slug = "niger"
title = "Legal aid"
starts = 2017
countries = ["NE"]
agreements = ["mou"]
participation = [{ organization = "unodc", role = "implementing" }]
""",
    "indicators": """
[[indicator]]
slug = "detainees"
project = "niger"
title = "Detainees"
unit = "persons"
measurement = [{ kind = "baseline", value = 1600, measured = "2017" }, { kind = "actual", value = 842 }]
""",
    "stories": """
[[story]]
slug = "volunteers"
title = "Twenty Years of Partnership"
heading_date = "2019-05-21"
event_start = "2019-05-21"
organizations = ["unodc"]
[[story.evidence]]
claim = "measured"
excerpt = "brought down to 842"
measurement = "detainees:actual"
""",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / f"{name}.toml").write_text(text)
    return tmp_path


def load(folder=None, **options):
    output = StringIO()
    if folder:
        options["folder"] = folder
    call_command("load_demo", stdout=output, **options)
    return output.getvalue()


def change(folder, file, old, new):
    path = folder / f"{file}.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def rows():
    """How many rows each table has, histories and links included, and every record's version."""
    models = [model for name in ("partnerships", "stories") for model in apps.get_app_config(name).get_models(True)]
    versions = [
        sorted(model.objects.values_list("pk", "version", "updated_at"))
        for model in models
        if any(field.name == "version" for field in model._meta.fields) and not hasattr(model, "history_id")
    ]
    return {model.__name__: model._base_manager.count() for model in models}, versions


def edit_at_the_desk(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record._history_user = make_user()
    record.save()


def test_loads_every_kind_of_link(folder):
    load(folder)
    plan = Agreement.objects.get(slug="plan")
    assert (plan.parent.slug, plan.parent.signed.isoformat(), plan.state) == ("mou", "2013", "published")
    assert [area.text for area in plan.areas.all()] == ["Volunteers", "Training"]
    signature = Signature.objects.get(party__agreement=plan)
    assert (signature.person.name, signature.country.alpha2) == ("Miwa Kato", "AT")
    mou = plan.parent
    assert (mou.regions.get().slug, mou.goals.get().pk) == ("sahel", 16)
    assert Organization.objects.get(slug="rosen").parent.names.get().used_to.isoformat() == "2002"
    assert Person.objects.get().offices.get().held_from.isoformat() == "../2019-05-21"
    project = Project.objects.get()
    assert (project.starts.isoformat(), project.countries.get().alpha2) == ("2017", "NE")
    assert Evidence.objects.get().measurement.value == 842


def test_a_second_run_writes_nothing(folder):
    load(folder)
    before = rows()
    assert all(line.endswith("unchanged") for line in load(folder).splitlines())
    assert rows() == before


def test_a_corrected_fact_is_brought_up_to_date(folder):
    load(folder)
    evidence, figure = Evidence.objects.get(), Measurement.objects.get(kind="actual")
    change(folder, "organizations", 'description = "An office."\n', "")
    change(folder, "indicators", "842 }", '842, note = "early in the year" }')
    output = load(folder)
    assert "organizations: 2, 1 updated" in output
    assert "indicators: 1, 1 updated" in output
    office = Organization.objects.get(slug="unodc")
    assert (office.description, office.version, office.history.first().history_change_reason) == (
        "",
        2,
        "load_demo: organizations.toml",
    )
    figure.refresh_from_db()
    assert figure.note == "early in the year"
    assert Evidence.objects.get() == evidence


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "projects",
            'organization = "unodc"',
            'organization = "unodoc"',
            "projects.toml: niger: participation 1: organization: there is no organization “unodoc”. "
            "Did you mean “unodc”?",
        ),
        ("agreements", '["sahel"]', '["sahell"]', "agreements.toml: mou: regions: there is no region “sahell”."),
        ("agreements", 'country = "AT"', 'country = "ZZ"', "party 1: signature 1: country: there is no country “ZZ”."),
        ("agreements", "parent =", "parnt =", "plan: there is no field “parnt”. Did you mean “parent”?"),
        ("agreements", '"2013"', '"2013-13"', "agreements.toml: mou: signed: “2013-13” is not a day of the calendar."),
        (
            "agreements",
            'kind = "mou"',
            'kind = "moo"',
            "agreements.toml: mou: kind: Value 'moo' is not a valid choice.",
        ),
        ("agreements", "goals = [16]", "goals = 16", "agreements.toml: mou: goals: write a list, such as [“16”]."),
        ("agreements", 'slug = "plan"', 'slug = "mou"', "agreements.toml: record 2: “mou” is there twice."),
        ("agreements", 'slug = "mou"', 'slug = "mou', "agreements.toml: Illegal character"),
        ("agreements", 'slug = "mou"\n', 'slug = "mou"\nparent = "plan"\n', "these stand below each other: "),
        ("indicators", "1600", '"many"', "indicators.toml: detainees: measurement 1: value: “many” value must be"),
        ("stories", "detainees:actual", "detainees:target", "there is no measurement “detainees:target”."),
        (
            "projects",
            '"implementing" }]',
            '"implementing" }, { organization = "unodc", role = "implementing" }]',
            "This organization already has this role here.",
        ),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(folder, file, old, new, message):
    change(folder, file, old, new)
    with pytest.raises(CommandError) as refusal:
        load(folder)
    assert message in str(refusal.value)
    assert str(refusal.value).endswith("Nothing was written.")
    assert not Organization.objects.exists()
    assert not Country.objects.exists()


def test_everything_wrong_is_named_once(folder):
    change(folder, "organizations", 'type = "40"\nparent', 'type = "41"\nparent')
    change(folder, "agreements", 'parent = "mou"', 'parent = "mou"\ncolour = "blue"')
    change(folder, "agreements", 'organization = "unodc"', 'organization = "rosen"')
    with pytest.raises(CommandError) as refusal:
        load(folder)
    assert str(refusal.value).splitlines() == [
        "organizations.toml: rosen: type: Value '41' is not a valid choice.",
        "agreements.toml: plan: there is no field “colour”.",
        "Nothing was written.",
    ]


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(CommandError, match="there is no organizations"):
        load(tmp_path)


def test_what_was_edited_at_the_desk_is_left_alone(folder):
    load(folder)
    edit_at_the_desk(Organization.objects.get(slug="unodc"), description="Better words.", slug="un-drugs-office")
    assert "organizations: unodc: edited at the desk, left alone." in load(folder)
    office = Organization.objects.get(slug="un-drugs-office")
    assert office.description == "Better words."
    assert Organization.objects.count() == 2
    assert Party.objects.get().organization == office

    load(folder, reset=True)
    office.refresh_from_db()
    assert (office.slug, office.description) == ("unodc", "An office.")


def test_a_story_that_was_read_from_its_source_is_not_made_twice(folder):
    key = NewsItem.make_source_key("Twenty Years of Partnership", "2019-05-21")
    draft = make(NewsItem, title="Twenty years of partnership", source_key=key, source_line=7)
    load(folder)
    story = NewsItem.objects.get()
    assert (story.pk, story.slug, story.state, story.source_line) == (draft.pk, "volunteers", "published", 7)


@pytest.fixture(scope="class")
def demo(django_db_setup, django_db_blocker):
    """What the command says of the files that come with Concord. They are loaded once, and taken out again."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo()
        transaction.set_rollback(True)


@pytest.mark.usefixtures("demo")
class TestTheDemo:
    def test_has_every_record(self, demo):
        assert [line for line in demo.splitlines() if "created" in line] == [
            "organizations: 119, 119 created",
            "people: 30, 30 created",
            "agreements: 26, 26 created",
            "projects: 31, 31 created",
            "funders: 25, 25 created",
            "events: 31, 31 created",
            "contributions: 36, 36 created",
            "indicators: 26, 26 created",
            "stories: 17, 17 created",
        ]

    def test_is_the_same_the_second_time(self):
        before = rows()
        assert all(line.endswith("unchanged") for line in load().splitlines())
        assert rows() == before

    def test_fifa_and_unodc_signed_in_vienna(self):
        agreement = Agreement.objects.get(slug="unodc-fifa-mou")
        assert (agreement.signed.isoformat(), agreement.place, agreement.kind) == ("2020-09-14", "Vienna", "mou")
        assert agreement.areas.count() == 5
        signatures = Signature.objects.filter(party__agreement=agreement)
        assert {(one.party.organization.slug, one.person.name, one.capacity) for one in signatures} == {
            ("unodc", "Ghada Waly", "Executive Director"),
            ("fifa", "Gianni Infantino", "President"),
        }

    @pytest.mark.parametrize("slug", ["dg-near", "eutf", "eeas", "cepol", "conop", "coter", "twp", "fpi", "dg-devco"])
    def test_units_are_found_under_the_european_union(self, slug):
        union = Organization.objects.get(slug="eu")
        assert Organization.objects.with_units([union.pk]).filter(slug=slug).exists()

    @pytest.mark.parametrize(
        ("called", "slug"),
        [
            ("International Federation of Association Football", "fifa"),
            ("DG INTPA", "dg-devco"),
            ("OACPS", "acp"),
            ("UNCTED", "cted"),
            ("Samila Foundation", "samilia"),
            ("UNODC Liaison Office Brussels", "brulo"),
            ("Kingdom of Belgium", "belgium-government"),
        ],
    )
    def test_every_name_leads_to_its_organization(self, called, slug):
        assert [one.slug for one in Organization.objects.named(called)] == [slug]

    def test_an_armed_group_is_no_partner(self):
        assert not Organization.objects.filter(name__icontains="Haram").exists()

    @pytest.mark.parametrize(
        ("slug", "signed", "status"),
        [
            ("unv-unodc-mou-2013", "2013", "in_force"),
            ("unodc-unv-joint-action-plan-2019", "2019-05-21", "in_force"),
            ("unodc-giz-funding-agreement", "../2020-06-09", "expired"),
            ("council-decision-2018-1939", "2018-12-10", "in_force"),
            ("unodc-acp-cooperation", None, "draft"),
            ("uzbekistan-criminal-executive-code", None, "draft"),
        ],
    )
    def test_agreements_say_what_is_known_of_their_dates(self, slug, signed, status):
        agreement = Agreement.objects.get(slug=slug)
        assert (agreement.signed.isoformat() if agreement.signed else None) == signed
        assert agreement.status() == status

    def test_family_names_are_sorted_by_the_right_word(self):
        names = set(Person.objects.values_list("sort_name", flat=True))
        assert {"Van den Berghe, Bob", "De Hovre, Sarah", "Ayubaev, Meiram Akatovich", "Waly, Ghada"} <= names
