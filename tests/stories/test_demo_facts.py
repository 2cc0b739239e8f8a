"""The demonstration's facts, one by one, and that its stories are told in words of their own."""

import os
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.html import strip_tags

from partnerships.models import (
    Agreement,
    Contribution,
    Event,
    Funder,
    Indicator,
    Measurement,
    Organization,
    Project,
)
from partnerships.publication import lacking
from stories.demo import specimens
from stories.demo.tables import FILES
from stories.models import Evidence, NewsItem, StoryImage, StoryLink
from tests.demo import load_demo

pytestmark = pytest.mark.django_db

SEEDS = Path(os.environ.get("CONCORD_SEEDS") or settings.BASE_DIR.parent / "shared" / "seeds")
LONGEST_EXCERPT, LONGEST_COPY = 15, 11

COUNTRIES = {
    "unodc-fifa-memorandum": set(),
    "nuclear-terrorism-webinars": set(),
    "world-day-against-trafficking": {"BE"},
    "nelson-mandela-day-central-asia": {"KZ", "KG", "UZ", "TJ"},
    "conop-briefing": set(),
    "better-migration-management": set(),
    "lebanon-prisons-covid": {"LB"},
    "world-wildlife-day": {"BE"},
    "acp-symposium": set(),
    "arab-workshop-trafficking": {"EG"},
    "dg-near-consultations": set(),
    "crimjust-steering-committee": {"BE"},
    "uganda-prisoner-classification": {"UG"},
    "eu-rules-seminar": {"RS"},
    "eu-terrorism-prevention-talks": {"BE", "NG", "PK"},
    "container-control-programme-talks": {"BE", "BO"},
    "unodc-unv-joint-action-plan": {"NE"},
}
DATES = {  # published, happened from, happened until
    "unodc-fifa-memorandum": ("2020-09-14", "2020-09-14", None),
    "nuclear-terrorism-webinars": (None, "2020-09-08", "2020-09-09"),
    "world-day-against-trafficking": (None, "2020-07-30", None),
    "nelson-mandela-day-central-asia": (None, "2020-07-18", None),
    "conop-briefing": (None, "2020-07-16", None),
    "better-migration-management": (None, "2020-06-09", None),
    "lebanon-prisons-covid": (None, "2020-03-31", None),
    "world-wildlife-day": (None, "2020-03-03", None),
    "acp-symposium": (None, "2020-02-25", None),
    "arab-workshop-trafficking": (None, "2020-02-10", None),
    "dg-near-consultations": (None, "2020-02-05", None),
    "crimjust-steering-committee": (None, "2020-01-30", None),
    "uganda-prisoner-classification": ("2020-01-25", "2020-01-21", "2020-01-23"),
    "eu-rules-seminar": (None, "2020-01-23", "2020-01-24"),
    "eu-terrorism-prevention-talks": (None, "2020-01-16", None),
    "container-control-programme-talks": (None, "2020-01-16", "2020-01-17"),
    "unodc-unv-joint-action-plan": (None, "2019-05-21", None),
}
CCP_DONORS = {
    *("australia", "canada", "denmark", "eu", "france", "germany", "italy", "japan", "luxembourg", "netherlands"),
    *("norway", "spain", "sweden", "dcaf-switzerland", "united-kingdom", "usa"),
}
# Who gives to what, besides the sixteen donors of the Container Control Programme.
CONTRIBUTIONS = {
    ("safeguarding-sport-asia-pacific", "eu"),
    ("nuclear-terrorism-webinars-2020", "eu"),
    ("icsant", "eu"),
    ("nuclear-security-laws", "canada"),
    ("unvtf-grants", "belgium"),
    ("bmm-2", "giz"),
    ("bmm-2", "bmz+eutf"),
    ("lebanon-prisons-covid", "eu"),
    ("crimjust", "gifp"),
    ("crimjust", "inl"),
    ("violent-extremist-prisoners", "eu"),
    ("violent-extremist-prisoners", "unoct"),
    ("violent-extremist-prisoners", "netherlands"),
    ("unodc-south-eastern-europe", "eu"),
    ("ccp", "belgium"),
    ("ccp-bolivia", "eu"),
    ("ccp-bolivia", "germany"),
    ("kyrgyz-prisons-covid", "unodc"),
    ("volunteering-for-justice-2019", "usa"),
    ("niger-legal-aid", "us-ct"),
}
CREDITS = {  # credited pictures of each story
    "unodc-fifa-memorandum": 2,
    "world-day-against-trafficking": 4,
    "nelson-mandela-day-central-asia": 1,
    "better-migration-management": 1,
    "lebanon-prisons-covid": 1,
    "world-wildlife-day": 2,
    "acp-symposium": 1,
    "arab-workshop-trafficking": 1,
    "dg-near-consultations": 1,
    "crimjust-steering-committee": 1,
    "uganda-prisoner-classification": 1,
    "eu-rules-seminar": 1,
    "eu-terrorism-prevention-talks": 1,
    "container-control-programme-talks": 1,
}
FIGURES = {  # indicator: (value, at least)
    "niger-un-volunteers": (10, False),
    "niger-detainees-assisted": (600, False),
    "unv-volunteers-served": (150, True),
    "unv-countries": (25, False),
    "mandela-rules-officers-kazakhstan": (500, True),
    "mandela-rules-languages": (5, False),
    "kyrgyz-masks": (20500, False),
    "kyrgyz-disinfectant": (100, False),
    "kyrgyz-ammonia": (500, False),
    "kyrgyz-protective-sets": (100, False),
    "doha-facilities-kyrgyzstan": (2, False),
    "vep-pilot-facilities": (8, False),
    "vep-best-works": (10, False),
    "icsant-national-visits": (1, False),
    "icsant-webinars": (7, False),
    "cbrn-webinars-september": (2, False),
    "blue-heart-cities": (3, False),
    "see-staff-trained": (22, False),
    "crimjust-flagships": (3, False),
    "ccp-countries": (51, True),
    "ccp-cocaine": (77, False),
    "ccp-bolivia-cocaine": (1435, False),
    "nigeria-convicted": (366, False),
    "nigeria-discharged": (882, False),
    "khyber-pakhtunkhwa-cases": (550, False),
    "niger-pre-trial-detainees": (842, False),
}


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for the whole module and taken out again after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        yield
        transaction.set_rollback(True)


def slugs(records):
    return set(records.values_list("slug", flat=True))


def test_each_noun_is_there_in_full():
    assert NewsItem.objects.published().count() == 17
    assert Event.objects.published().count() == 31
    assert Project.objects.published().count() == 31
    assert Funder.objects.published().count() == 25
    assert Contribution.objects.published().count() == 36
    assert Indicator.objects.published().count() == 26


def test_each_story_is_about_these_countries_and_no_others():
    found = {story.slug: set(story.countries.values_list("alpha2", flat=True)) for story in NewsItem.objects.all()}
    assert found == COUNTRIES


def test_each_story_has_its_dates():
    def written(day):
        return day and day.isoformat()

    rows = NewsItem.objects.values_list("slug", "published_on", "event_start_on", "event_end_on")
    assert {slug: tuple(map(written, days)) for slug, *days in rows} == DATES


def test_stories_name_goals_only_by_number():
    found = set(NewsItem.objects.filter(goals__isnull=False).values_list("slug", "goals"))
    assert found == {
        *(("world-wildlife-day", number) for number in (1, 12, 14, 15)),
        ("unodc-unv-joint-action-plan", 16),
    }


def test_pictures_and_links_are_those_of_the_sources():
    credited = StoryImage.objects.exclude(credit="").exclude(credit=specimens.CREDIT)
    assert sorted(credited.values_list("credit", flat=True)) == ["MoFA", *["© UNODC"] * 17, "© the Smurfs"]
    assert Counter(credited.values_list("story__slug", flat=True)) == Counter(CREDITS)
    captioned = StoryImage.objects.filter(credit="").values_list("story__slug", flat=True)
    assert sorted(captioned) == ["unodc-unv-joint-action-plan", "world-day-against-trafficking"]
    assert Counter(StoryLink.objects.values_list("story__slug", flat=True)) == {
        "unodc-fifa-memorandum": 2,
        "world-day-against-trafficking": 5,
        "unodc-unv-joint-action-plan": 3,
    }
    assert not StoryLink.objects.exclude(url="").exists()


def test_who_pays_for_what():
    found = [
        ((one.project or one.event).slug, "+".join(sorted(slugs(one.funders)))) for one in Contribution.objects.all()
    ]
    assert sorted(found) == sorted(CONTRIBUTIONS | {("ccp", donor) for donor in CCP_DONORS})
    relations = sum(one.funders.count() for one in Contribution.objects.all())
    assert relations == 37


def test_the_container_control_programme_has_sixteen_donors_of_unknown_sums():
    gifts = Contribution.objects.filter(project__slug="ccp", in_kind=False)
    assert gifts.count() == 16
    assert set(gifts.values_list("funders__slug", flat=True)) == CCP_DONORS
    assert not gifts.exclude(amount=None).exists()


def test_two_amounts_are_known_and_the_shared_one_is_counted_once():
    known = {one.slug: (one.amount, one.currency, one.is_shared) for one in Contribution.objects.exclude(amount=None)}
    assert known == {
        "giz-unodc-bmm-2": (Decimal(6_500_000), "EUR", False),
        "eutf-bmz-bmm-2": (Decimal(35_000_000), "EUR", True),
    }
    share = Contribution.objects.get(slug="giz-unodc-bmm-2")
    assert share.recipient.slug == "unodc"
    assert share.agreement.parties.filter(organization__slug__in=["giz", "unodc"]).count() == 2
    assert "Do not add" in share.caveat
    assert [one.slug for one in Contribution.objects.all() if one.is_shared] == ["eutf-bmz-bmm-2"]


def test_what_is_given_in_kind():
    assert slugs(Contribution.objects.filter(in_kind=True)) == {"belgium-ccp-training", "unodc-kyrgyz-prisons-covid"}


def test_only_the_side_event_and_the_webinars_are_paid_as_events():
    assert slugs(Contribution.objects.exclude(event=None)) == {"usa-side-event-2019", "eu-nuclear-terrorism-webinars"}


def test_the_project_in_niger():
    project = Project.objects.get(slug="niger-legal-aid")
    assert project.starts.isoformat() == "2017"
    assert project.ends is None
    assert project.parent.slug == "unodc-sahel-programme"
    assert slugs(project.agreements) == {"unv-unodc-mou-2013"}
    assert set(project.countries.values_list("alpha2", flat=True)) == {"NE"}
    assert set(project.goals.values_list("number", flat=True)) == {16}
    assert set(project.participations.values_list("organization__slug", "role")) == {
        ("unodc", "implementing"),
        ("unv", "implementing"),
        ("us-counterterrorism-bureau", "funding"),
        ("niger-government", "beneficiary"),
    }
    indicator = project.indicators.get(slug="niger-pre-trial-detainees")
    assert indicator.fewer_is_better
    assert [
        (str(one.value.normalize()), one.measured.isoformat(), one.note) for one in indicator.measurements.all()
    ] == [
        ("842", "2019", "early 2019"),
        ("1.6E+3", "2017", ""),
    ]


def test_every_result_has_its_figure():
    actual = {
        one.indicator.slug: (one.value, one.at_least)
        for one in Measurement.objects.filter(kind="actual").select_related("indicator")
    }
    assert actual == FIGURES
    others = Measurement.objects.exclude(kind="actual").values_list("indicator__slug", "kind", "value")
    assert list(others) == [("niger-pre-trial-detainees", "baseline", 1600)]


def test_what_was_only_announced_is_not_told_as_done():
    assert slugs(Event.objects.filter(is_planned=True)) == {
        "cbrn-webinars-autumn-2020",
        "prison-workshops-opening-2020",
        "icsant-african-webinar-2020",
    }


def test_the_signed_agreements_have_evidence_that_they_were_signed():
    proven = Evidence.objects.filter(claim="signed").values_list("agreement__slug", flat=True)
    assert sorted(proven) == [
        "safeguarding-sport-agreement",
        "see-contribution-agreement",
        "unodc-fifa-mou",
        "unodc-giz-funding-agreement",
        "unodc-unv-joint-action-plan-2019",
        "unv-unodc-mou-2013",
    ]


def test_an_offer_is_no_agreement():
    offer = Evidence.objects.get(agreement__slug="unodc-acp-cooperation")
    assert offer.claim == "pledged"
    assert offer.agreement.signed is None


@pytest.mark.parametrize(
    "records",
    [Agreement.objects, Project.objects, Contribution.objects, Measurement.objects],
    ids=lambda one: one.model.__name__,
)
def test_everything_has_evidence(records):
    assert list(records.filter(evidence=None)) == []


def test_evidence_is_about_what_its_story_names():
    named = Evidence.objects.exclude(agreement=None).filter(story__agreements=F("agreement"))
    assert named.count() == Evidence.objects.exclude(agreement=None).count()
    named = Evidence.objects.exclude(project=None).filter(story__projects=F("project"))
    assert named.count() == Evidence.objects.exclude(project=None).count()


def test_stories_are_short():
    for story in NewsItem.objects.all():
        assert 120 <= len(words(story.body)) <= 250, story.slug
        assert len(words(story.summary)) <= 60, story.slug


def test_excerpts_are_short():
    long = [one.excerpt for one in Evidence.objects.all() if len(words(one.excerpt)) > LONGEST_EXCERPT]
    assert long == []


def words(text):
    return re.findall(r"\w+", strip_tags(text).casefold())


def folded(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def sources():
    """The texts that the demonstration was made from; they are not a part of this repository."""
    texts = [folded(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    if not texts:
        pytest.skip(f"No source texts in {SEEDS}; CONCORD_SEEDS names another folder.")
    return texts


def test_every_excerpt_stands_in_its_source(sources):
    for one in Evidence.objects.select_related("story"):
        source = next(text for text in sources if folded(one.story.title) in text)
        assert folded(one.excerpt) in source, f"{one.story.slug}: {one.excerpt}"


def test_titles_captions_and_links_are_those_of_the_source(sources):
    for story in NewsItem.objects.prefetch_related("images", "links"):
        source = next((text for text in sources if folded(story.title) in text), "")
        cited = [story.title, *(one.caption for one in story.images.all()), *(one.title for one in story.links.all())]
        assert [text for text in cited if folded(text) not in source] == []


def test_nothing_is_copied_from_the_sources(sources):
    size = LONGEST_COPY + 1
    runs = {run for text in sources for run in windows(words(text), size)}
    copied = []
    for model in (NewsItem, Project, Event, Funder, Contribution, Indicator, Agreement, Organization):
        for record in model.objects.all():
            for field in ("summary", "body", "description", "caveat"):
                found = [run for run in windows(words(getattr(record, field, "")), size) if run in runs]
                copied += [f"{model.__name__} {record.slug}, {field}: {' '.join(found[0])}"] if found else []
    assert copied == []


def windows(sequence, size):
    return [tuple(sequence[start : start + size]) for start in range(len(sequence) - size + 1)]


def test_every_record_could_be_published_today():
    """What a published record needs is asked for when it goes out; the demonstration must not be an exception."""
    missing = {
        (model.noun, record.slug, need.name)
        for model in FILES.values()
        for record in model.objects.all()
        for need in lacking(record)
    }
    assert missing == set()
