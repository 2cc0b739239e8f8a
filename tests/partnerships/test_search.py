"""Search gives these exact records on SQLite and on PostgreSQL; the suite runs on both."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from partnerships.models import (
    Agreement,
    AreaOfCooperation,
    Contribution,
    Country,
    Event,
    Funder,
    Indicator,
    Office,
    Organization,
    OrganizationName,
    Party,
    Person,
    Project,
    Region,
)
from partnerships.search import matching_ids, ranked, refresh
from partnerships.search.analysis import fold, words
from partnerships.search.query import ask
from tests.factories import (
    make_agreement,
    make_contribution,
    make_country,
    make_event,
    make_funder,
    make_indicator,
    make_organization,
    make_person,
    make_project,
    make_region,
    make_user,
)

pytestmark = pytest.mark.django_db


def found(model, text):
    return {str(record) for record in model.objects.search(text)}


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fédération ŁÓDŹ Ærø", ["federation", "lodz", "aero"]),
        ("l’Union, d'Ivoire; UNODC's", ["union", "ivoire", "unodc"]),
        ("N'Djaména O’Brien Sana`a", ["ndjamena", "obrien", "sanaa"]),
        ("U.N.O.D.C. 2019/4 ٢٠١٩", ["unodc", "2019", "4", "2019"]),
        ("coop\u00aderation ﬁnance", ["cooperation", "finance"]),
        ("российский учёт", ["российский", "учет"]),
        ("الأُمَم", ["الامم"]),
        ("联合国abc", ["联合国", "abc"]),
        ('* " ( : _ \x00 🙂', []),
    ],
)
def test_words(text, expected):
    assert list(words(fold(text))) == expected


def test_folding_twice_changes_nothing():
    for text in ("Fédération", "ﬁ™½´", "российский", "が한국어", "İstanbul ẞ"):
        assert fold(fold(text)) == fold(text)


# --- finding ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def organizations():
    fifa = make_organization("Fédération Internationale de Football Association", acronym="FIFA")
    intpa = make_organization("Directorate-General for International Partnerships", acronym="INTPA")
    OrganizationName.objects.create(organization=intpa, name="DG DEVCO", kind="former")
    unodc = make_organization(
        "United Nations Office on Drugs and Crime",
        acronym="UNODC",
        description="<p>It reforms <b>prisons</b> &amp; fights trafficking.</p><p>Works in Côte d’Ivoire since 1997.</p>",
    )
    OrganizationName.objects.create(
        organization=unodc, name="Управление ООН по наркотикам и преступности", kind="translation", language="ru"
    )
    OrganizationName.objects.create(organization=unodc, name="联合国毒品和犯罪问题办公室", language="zh")
    return {"fifa": str(fifa), "intpa": str(intpa), "unodc": str(unodc)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Federation", {"fifa"}),
        ("FÉDÉRATION internationale", {"fifa"}),
        ("fifa", {"fifa"}),
        ("international ", {"fifa", "intpa"}),
        ("devco", {"intpa"}),
        ("unodc", {"unodc"}),
        ("UNODC's ", {"unodc"}),
        ("U.N.O.D.C.", {"unodc"}),
        ("prison ", {"unodc"}),
        ("prisons ", {"unodc"}),
        ("reforming prisons ", {"unodc"}),
        ("prisons fifa ", set()),
        ("1997", {"unodc"}),
        ("Cote d'Ivoire", {"unodc"}),
        ("Côte d’Ivoire", {"unodc"}),
        ("ivoire", {"unodc"}),
        ("наркотики ", {"unodc"}),
        ("преступность ", {"unodc"}),
        ("犯罪", {"unodc"}),
        ("联合国", {"unodc"}),
        ("室", {"unodc"}),
        ("国联", set()),
        # Neither a tag nor an entity is a word of the text.
        ("amp ", set()),
        ("<b>", set()),
        # The beginning of a word finds it while it is being typed, and only then.
        ("feder", {"fifa"}),
        ("traffick", {"unodc"}),
        ("trafficked ", {"unodc"}),
        ("inter", {"fifa", "intpa"}),
        ("inter ", set()),
        ("inter partnerships", set()),
        # Phrases are the words as they stand.
        ('"office on drugs"', {"unodc"}),
        ('"office drugs"', set()),
        ('"prisons & fights"', {"unodc"}),
        ('"prison"', set()),
        ("“Football Association” fifa", {"fifa"}),
        ('"football association" unodc', set()),
        ('"trafficking works"', {"unodc"}),
        ('"association FIFA"', set()),
        ('"毒品和犯罪"', {"unodc"}),
        ('"football associ', {"fifa"}),
        # Nothing asked is everything; nothing that could be found is nothing.
        ("", {"fifa", "intpa", "unodc"}),
        ("  \n", {"fifa", "intpa", "unodc"}),
        ('"', set()),
        ("?!", set()),
        ("\x00", set()),
        ("🙂", set()),
    ],
)
def test_finds_exactly(organizations, text, expected):
    assert found(Organization, text) == {organizations[name] for name in expected}


@pytest.mark.parametrize(
    "text",
    ["Niger ", "NE", "ner", "562", "Níger ", "النيجر", "Нигер ", "尼日尔", "尼日", "日"],
)
def test_a_country_is_found_by_each_of_its_names_and_codes(text):
    niger = make_country("NE", "Niger", "NER", m49="562")
    niger.name_es, niger.name_ar, niger.name_ru, niger.name_zh = "Níger", "النيجر", "Нигер", "尼日尔"
    niger.save()
    make_country("TD", "Chad", "TCD")
    assert set(Country.objects.search(text)) == {niger}


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("en", "universities", "university"),
        ("fr", "les accords nationaux", "accord national"),
        ("es", "cooperaciones", "cooperación"),
        ("ru", "тюрьмы", "тюрьма"),
        ("ar", "السجون", "سجون"),
        ("zh", "打击贩运人口", "贩运"),
    ],
)
def test_stems_of_each_language(language, written, asked):
    organization = make_organization("Test")
    OrganizationName.objects.create(organization=organization, name=written, language=language)
    assert found(Organization, f"{asked} ") == {"Test"}


def test_an_acronym_is_not_a_plural():
    make_organization("Joint Programme on AIDS")
    make_organization("Aid Fund")
    assert found(Organization, "aid ") == {"Aid Fund"}
    assert found(Organization, "aids ") == {"Joint Programme on AIDS", "Aid Fund"}


def test_very_long_texts_are_indexed_and_searched():
    make_organization("Long", description=("the " * 5_000) + "needle " + "".join(chr(0x4E00 + n) for n in range(9_000)))
    assert found(Organization, "needle ") == {"Long"}
    assert found(Organization, "丁丂") == {"Long"}
    assert found(Organization, "needle " * 2_000) == {"Long"}
    # A word has a place 255 times in a record; a phrase further on meets it no more, on either database.
    assert found(Organization, '"the the"') == {"Long"}
    assert found(Organization, '"the needle"') == set()
    assert found(Organization, "x" * 10_000) == set()


@pytest.mark.parametrize(
    "operator", ["AND", "OR", "NOT", "NEAR(a b)", "title:", "*", "-", "^", "a:*", "<->", "!", "\\'", "';--"]
)
def test_operators_are_words_or_nothing(organizations, operator):
    assert found(Organization, f"fifa {operator} zzz ") == set()
    assert found(Organization, f"fifa {operator} ") <= {organizations["fifa"]}


class HostileInput(TestCase):
    @settings(max_examples=200, deadline=None)
    @given(st.text(max_size=60) | st.text(alphabet="\"'*():&|!<->\\ \x00aé联·¶%", max_size=60))
    def test_no_text_is_an_error(self, text):
        Organization.objects.search(text).exists()
        ranked(text, None)

    @settings(max_examples=60, deadline=None)
    @given(st.text(min_size=1, max_size=60))
    def test_what_is_stored_is_found(self, text):
        make = Organization(name=text.replace("\x00", "").encode(errors="ignore").decode()[:255], type="40", slug="x")
        make.save()
        if ask(make.name).clauses and "<" not in text and "&" not in text and '"' not in fold(text):
            assert Organization.objects.search(make.name).count() == 1
        make.delete()


# --- what is indexed --------------------------------------------------------------------------------------------------


def test_each_noun_is_found_by_its_own_words():
    office = make_organization("Global Office", acronym="GLOB")
    agreement = make_agreement("Treaty", short_title="ALPHA", reference="REF/77", description="bravo", parties=[office])
    AreaOfCooperation.objects.create(agreement=agreement, text="charlie")
    project = make_project("Programme", short_title="DELTA", reference="XAM-1", description="echo")
    funder = make_funder("Golf Fund", acronym="HOTEL", organization=office, description="india")
    event = make_event("Juliett", place="Kilo", description="lima")
    to_project = make_contribution(project=project, funders=[funder], description="mike")
    to_event = make_contribution(event=event, funders=[funder])
    indicator = make_indicator("November", description="oscar", project=project)
    person = make_person("Papa Quebec", offices=[{"title": "Romeo", "organization": office}, {"title": "Sierra"}])
    region = make_region("tango", "Tango", code="999")
    for expected, texts in (
        (agreement, ["treaty", "alpha", "ref/77", "bravo", "charlie", "global office", "glob"]),
        (project, ["programme", "delta", "xam-1", "echo"]),
        (funder, ["golf", "hotel", "india"]),
        (event, ["juliett", "kilo", "lima"]),
        (to_project, ["mike", "golf delta", "hotel programme"]),
        (to_event, ["juliett golf"]),
        (indicator, ["november", "oscar"]),
        (person, ["quebec", "romeo", "sierra", "global"]),
        (region, ["tango", "999"]),
    ):
        for text in texts:
            assert list(type(expected).objects.search(text + " ")) == [expected], text


def test_notes_for_colleagues_are_in_no_entry():
    for make in (make_organization, make_agreement, make_project, make_funder, make_event, make_person, make_indicator):
        record = make(internal_note="confidentially")
        assert not type(record).objects.search("confidentially").exists()


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_a_draft_is_found_at_the_desk_only():
    draft = make_agreement("Secret pact", state="draft")
    assert set(Agreement.objects.visible_to(make_user()).search("pact")) == {draft}
    assert set(Agreement.objects.visible_to(None).search("pact")) == set()
    assert ranked("pact", None).hits == []
    assert ranked("pact", None).counts[Agreement] == 0
    assert [hit.pk for hit in ranked("pact", make_user()).hits] == [draft.pk]


def test_the_name_of_a_draft_finds_no_public_record():
    hidden = make_organization("Hidden Partner", state="draft")
    agreement = make_agreement("Pact", parties=[hidden])
    person = make_person("Ada", offices=[{"title": "Director", "organization": hidden}])
    funder = make_funder("Hidden Fund", organization=hidden)
    contribution = make_contribution(funders=[funder])

    def with_name():
        return {
            *Agreement.objects.search("hidden"),
            *Person.objects.search("hidden"),
            *Contribution.objects.search("hidden"),
        }

    assert with_name() == set()
    assert not Person.objects.search("director").exists()
    hidden.state = "published"
    hidden.save()
    assert with_name() == {agreement, person, contribution}
    funder.state = "archived"
    funder.save()
    assert with_name() == {agreement, person}
    hidden.state = "archived"
    hidden.save()
    assert with_name() == set()


def test_an_office_outside_every_organization_is_found():
    person = make_person("Ada", offices=[{"title": "Film maker"}])
    assert set(Person.objects.search("film")) == {person}


# --- staying true -----------------------------------------------------------------------------------------------------


def test_renaming_and_deleting():
    record = make_project("Before")
    record.title = "After"
    record.save()
    assert not Project.objects.search("before").exists()
    assert set(Project.objects.search("after")) == {record}
    pk = record.pk
    record.delete()
    assert not Project.objects.filter(pk__in=matching_ids(Project, "after")).exists()
    # An id that is used again must not inherit the words of the record that had it.
    Project.objects.create(pk=pk, title="Other", slug="other")
    assert not Project.objects.search("after").exists()
    assert entries() == 1


def test_a_renamed_organization_renames_what_names_it():
    organization = make_organization("Before")
    agreement = make_agreement(parties=[organization])
    person = make_person("Ada", offices=[{"title": "Director", "organization": organization}])
    organization.name = "After"
    organization.save()
    assert not Agreement.objects.search("before").exists()
    assert set(Agreement.objects.search("after")) == {agreement}
    assert set(Person.objects.search("after")) == {person}


def test_children_refresh_their_record_and_the_one_they_leave():
    first, second = make_agreement("First"), make_agreement("Second")
    area = AreaOfCooperation.objects.create(agreement=first, text="Borders")
    area.agreement = second
    area.save()
    assert found(Agreement, "borders") == {"Second"}
    area.text = "Ports"
    area.save()
    assert found(Agreement, "borders") == set()
    area.delete()
    assert found(Agreement, "ports") == set()


def test_names_and_parties_and_offices_that_are_deleted():
    organization = make_organization("Present", acronym="PRE")
    name = OrganizationName.objects.create(organization=organization, name="Former")
    agreement = make_agreement("Pact", parties=[organization])
    person = make_person("Ada", offices=[{"title": "Director", "organization": organization}])
    name.delete()
    Party.objects.all().delete()
    Office.objects.all().delete()
    assert not Organization.objects.search("former").exists()
    assert not Agreement.objects.search("present").exists()
    assert not Person.objects.search("present").exists()
    person.delete()
    agreement.delete()
    assert entries() == 1


def test_a_contribution_follows_its_funders_and_its_purpose():
    one, two = make_funder("Onefund"), make_funder("Twofund")
    contribution = make_contribution(funders=[one], project=make_project("Harbour"))
    contribution.funders.set([two])
    assert not Contribution.objects.search("onefund").exists()
    assert set(Contribution.objects.search("twofund")) == {contribution}
    one.contributions.add(contribution)
    assert set(Contribution.objects.search("onefund twofund")) == {contribution}
    one.contributions.clear()
    assert not Contribution.objects.search("onefund").exists()
    two.name = "Renamed"
    two.save()
    assert set(Contribution.objects.search("renamed harbour")) == {contribution}
    contribution.project.title = "Airport"
    contribution.project.save()
    assert set(Contribution.objects.search("airport")) == {contribution}


def test_an_address_changed_refreshes_nothing_else(django_assert_max_num_queries):
    organization = make_organization("Big")
    for _ in range(3):
        make_agreement(parties=[organization])
    organization.website = "https://example.org/"
    with django_assert_max_num_queries(14) as captured:
        organization.save()
    assert not any("partnerships_agreement" in query["sql"] for query in captured.captured_queries)


def test_reindex_makes_the_same_entries_from_nothing_and_removes_what_is_gone(organizations, capsys):
    make_agreement("Pact", parties=[Organization.objects.first()])
    before = snapshot()
    Organization.objects.update(description="Written past the signals")
    Project.objects.bulk_create([Project(title="Loaded", slug="loaded")])
    refresh(Project, [Project.objects.get().pk])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Project._meta.db_table}")
    call_command("reindex")
    assert "organizations: 3" in capsys.readouterr().out
    assert found(Organization, "signals") == set(organizations.values())
    assert entries() == len(before)
    call_command("reindex")
    assert entries() == len(before)


def entries():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM search_index")
        return cursor.fetchone()[0]


def snapshot():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM search_index")
        return cursor.fetchall()


# --- the site search --------------------------------------------------------------------------------------------------


@pytest.fixture
def ranking():
    """Every way to hit "FIFA", the worst first."""
    return {
        "text": make_organization("Zonal", description="With FIFA."),
        "title": make_organization("FIFA Foundation"),
        "project": make_project("Football with FIFA"),
        "exact": make_organization("Fédération Internationale de Football Association", acronym="FIFA"),
        "draft": make_organization("FIFA Draft", state="draft"),
        "new": make_agreement("FIFA again", signed="2020"),
        "old": make_agreement("FIFA first", signed="2010"),
    }


def test_whole_names_come_first_then_titles_then_texts(ranking):
    result = ranked("fifa", None)
    expected = ["exact", "title", "new", "old", "project", "text"]
    assert [(hit.model, hit.pk) for hit in result.hits] == [(type(ranking[n]), ranking[n].pk) for n in expected]
    assert [hit.score for hit in result.hits] == [3, 2, 2, 2, 2, 1]


def test_counts_are_those_of_the_lists_whatever_the_limit(ranking):
    for user in (None, make_user()):
        result = ranked("fifa", user, limit=2)
        assert len(result.hits) == 2
        for model, count in result.counts.items():
            assert count == model.objects.visible_to(user).search("fifa").count()
    assert ranked("fifa", None, limit=0).counts[Organization] == 3
    assert ranked("fifa", None, records={Project: Project.objects.visible_to(None)}).counts == {Project: 1}


def test_blank_and_empty_questions_rank_nothing(ranking):
    for text in ("", " ", "?", None):
        assert ranked(text, None).hits == []
        assert set(ranked(text, None).counts.values()) == {0}


def test_one_statement_for_each_noun(ranking, django_assert_num_queries):
    with django_assert_num_queries(len(ranked("fifa", None).counts)):
        ranked("fifa", None)


def test_search_joins_other_phrases(ranking):
    by_name = Organization.objects.visible_to(None).filter(Q(name__startswith="F")).search("fifa")
    assert by_name.count() == 2
    assert Organization.objects.visible_to(None).exclude(pk__in=matching_ids(Organization, "fifa")).count() == 0


def test_every_record_of_the_register_is_indexed():
    assert {Agreement, Contribution, Country, Event, Funder, Indicator, Organization, Person, Project, Region} <= set(
        ranked("x", None).counts
    )
