"""A register whose records differ in everything that can be asked, for tests/data/questions: small enough to be read.

Six organizations, seven agreements, four projects, and so on; beside every noun a draft that is tied to the others.
"""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.utils import timezone

from partnerships.models import Commitment, Goal, OrganizationName, Party
from stories.models import NewsItem
from tests.factories import (
    make,
    make_agreement,
    make_contribution,
    make_country,
    make_event,
    make_evidence,
    make_funder,
    make_indicator,
    make_organization,
    make_person,
    make_project,
    make_region,
    make_signature,
    make_story,
)
from tests.remembered import remembered

MODELS = (
    "organizations",
    "agreements",
    "projects",
    "funders",
    "contributions",
    "indicators",
    "events",
    "people",
    "news",
)


@remembered
def build():
    """The register; returns the instances by slug."""
    it = SimpleNamespace()
    it.peace = Goal.objects.get_or_create(number=16, defaults={"title": "Peace and justice"})[0]
    it.health = Goal.objects.get_or_create(number=3, defaults={"title": "Health"})[0]
    places(it)
    organizations(it)
    people(it)
    agreements(it)
    projects(it)
    events(it)
    money(it)
    indicators(it)
    stories(it)
    date_changes()
    return it


def places(it):
    it.africa = make_region("africa", kind="m49", code="002")
    it.west = make_region("west", kind="m49", code="011", parent=it.africa)
    it.sahel = make_region("sahel", note="Ten countries of the strategy")
    it.asia = make_region("asia", kind="m49", code="142")
    it.niger = make_country("NE", "Niger", "NER", regions=[it.west, it.sahel], m49="562", is_ldc=True, is_lldc=True)
    it.fiji = make_country("FJ", "Fiji", "FJI", m49="242", is_sids=True)
    it.kyrgyzstan = make_country("KG", "Kyrgyzstan", "KGZ", regions=[it.asia], is_lldc=True)


def organizations(it):
    it.eu = make_organization("European Union", acronym="EU")
    it.near = make_organization("DG Neighbourhood", acronym="DG NEAR", parent=it.eu)
    it.unodc = make_organization("Office on Drugs and Crime", acronym="UNODC", website="https://unodc.example")
    it.fifa = make_organization("Fédération de football", acronym="FIFA", type="21")
    it.justice = make_organization("Ministry of Justice", slug="justice", type="10", country=it.niger)
    it.unv = make_organization("Volunteers", acronym="UNV", caveat="About to be renamed.")
    it.hidden = make_organization("Hidden", acronym="HID", slug="hidden", parent=it.eu, country=it.fiji, state="draft")
    # Called otherwise before, and later.
    for name, kind in (("DG Enlargement", "former"), ("DG ELARG", "acronym")):
        make(OrganizationName, organization=it.near, name=name, kind=kind, used_from="2005", used_to="2014")
    make(OrganizationName, organization=it.unodc, name="Office for Drug Control", kind="former", used_to="2002-10-01")
    make(OrganizationName, organization=it.unv, name="Volunteering Agency", used_from="2024")
    make(OrganizationName, organization=it.unv, name="UNVA", kind="acronym", used_from="2024")
    make(OrganizationName, organization=it.unv, name="Volontaires", kind="translation", used_from="2000")


def people(it):
    def office(title, organization, **held):
        return {"title": title, "organization": organization, **held}

    it.ada = make_person("Ada Waly", offices=[office("Director", it.unodc, held_from="2010", held_to="2019")])
    it.bob = make_person(
        "Bob Zed", offices=[office("Commissioner", it.near, held_from="2015-03-01"), office("Adviser", it.eu)]
    )
    it.cleo = make_person(
        "Cléo Adams",
        slug="cleo",
        honorific="H.E.",
        caveat="Spelt otherwise elsewhere.",
        offices=[office("Minister", it.justice, held_from="2001", held_to="2004-06")],
    )
    it.spy = make_person("Secret Spy", offices=[office("Head", it.unodc, held_from="2010")], state="draft")


def agreements(it):
    it.mou = make_agreement(
        "Memorandum on justice",
        slug="mou",
        short_title="Justice MoU",
        reference="M/1",
        place="Vienna",
        caveat="The text was not seen.",
        parties=[it.unodc, it.near],
        countries=[it.niger],
        goals=[it.peace],
        signed="2013-05",
        ends="2099",
    )
    make_signature(it.mou, it.unodc, person=it.ada, signed="2013-05-20")
    make_signature(it.mou, it.near, person=it.bob, signed="2016-01-01", capacity="Countersigned")
    it.plan = make_agreement(
        "Action plan",
        slug="plan",
        reference="P/2",
        kind="joint_action_plan",
        place="Élysée",
        parent=it.mou,
        regions=[it.sahel],
        parties=[it.unodc],
        signed="2019-05-21",
        ends="2021-12-31",
    )
    make(Party, agreement=it.plan, organization=it.unv, joined="2020", withdrew="2021-06-30")
    it.old = make_agreement(
        "Old framework", slug="old", kind="framework", parties=[it.eu, it.fifa], signed="2010", place="Brussels"
    )
    it.new = make_agreement(
        "New framework",
        slug="new",
        kind="framework",
        parties=[it.eu, it.fifa],
        supersedes=[it.old],
        signed="2016-03-01",
        entered_into_force="2016-06-01",
        terminated="2018-02-10",
    )
    it.letters = make_agreement("Letters", slug="letters", kind="letters", parties=[it.fifa], signed="../2020-01-30")
    it.soon = make_agreement(
        "Ending soon", slug="soon", kind="other", parties=[it.justice], goals=[it.health], signed="2022-01-01"
    )
    it.soon.ends = (timezone.localdate() + timedelta(days=30)).isoformat()
    it.soon.save()
    it.intent = make_agreement("Intent", slug="intent", kind="intent", countries=[it.kyrgyzstan])
    it.secret = make_agreement(
        "Secret",
        slug="secret",
        parties=[it.unodc, it.eu, it.fifa],
        supersedes=[it.mou],
        countries=[it.niger],
        goals=[it.peace],
        signed="2014",
        state="draft",
    )
    # Under a draft: for whom may not see that, under nothing.
    it.intent.parent = it.secret
    it.intent.save()


def projects(it):
    it.programme = make_project(
        "Programme", slug="programme", starts="2012", participants=[(it.eu, "funding")], goals=[it.health]
    )
    it.aid = make_project(
        "Legal aid",
        slug="aid",
        short_title="AID",
        reference="P-7",
        parent=it.programme,
        starts="2017",
        ends="2019-06-30",
        participants=[(it.unodc, "implementing"), (it.near, "accountable")],
        countries=[it.niger],
        agreements=[it.mou],
        goals=[it.peace],
    )
    it.sea = make_project(
        "Sea patrol", slug="sea", starts="2098-03", participants=[(it.unv, "implementing")], regions=[it.west]
    )
    it.undated = make_project(
        "Undated", slug="undated", participants=[(it.fifa, "beneficiary")], countries=[it.fiji], caveat="No dates."
    )
    it.shade = make_project(
        "Shade",
        slug="shade",
        parent=it.programme,
        starts="2018",
        participants=[(it.unodc, "funding")],
        countries=[it.niger],
        agreements=[it.mou],
        state="draft",
    )
    it.undated.parent = it.shade
    it.undated.save()
    it.undated.agreements.add(it.secret)


def events(it):
    it.kick = make_event(
        "Kick-off",
        slug="kick",
        starts="2017-05-01",
        ends="2017-05-03",
        place="Niamey",
        participants=[(it.unodc, "organizer"), (it.eu, "participant")],
        countries=[it.niger],
        projects=[it.aid],
        agreements=[it.mou],
    )
    it.web = make_event(
        "Webinar on sport",
        slug="web",
        kind="webinar",
        is_online=True,
        starts="2020-06",
        participants=[(it.fifa, "organizer")],
        regions=[it.africa],
    )
    it.day = make_event(
        "Day of action",
        slug="day",
        kind="campaign",
        is_planned=True,
        place="Everywhere",
        caveat="Announced only.",
        participants=[(it.unv, "host")],
    )
    it.night = make_event(
        "Night", slug="night", starts="2017-05-02", participants=[(it.fifa, "host")], projects=[it.aid], state="draft"
    )
    it.web.projects.add(it.shade)


def money(it):
    it.line = make_funder("Budget line", slug="line", acronym="BL", organization=it.near, kind="budget_line")
    it.treasury = make_funder("Treasury of Niger", slug="treasury", organization=it.justice, caveat="Also a ministry.")
    it.trust = make_funder("Trust fund", slug="trust", acronym="TF", organization=it.eu, kind="trust_fund")
    purse = make_funder("Purse", slug="purse", organization=it.eu, kind="trust_fund", state="draft")
    it.gift = make_contribution(
        slug="gift",
        funders=[it.line, it.trust],
        project=it.aid,
        agreement=it.mou,
        recipient=it.unodc,
        amount="1000000",
        currency="EUR",
        dated="2018-03",
    )
    it.goods = make_contribution(
        slug="goods",
        funders=[it.trust],
        event=it.kick,
        agreement=it.secret,
        in_kind=True,
        stage="disbursement",
        dated="2017-05-02",
    )
    it.pledge = make_contribution(
        slug="pledge",
        funders=[it.treasury, purse],
        project=it.programme,
        stage="pledge",
        amount="500.50",
        currency="USD",
        caveat="By word of mouth.",
    )
    make_contribution(
        slug="bribe", funders=[it.treasury], project=it.aid, amount="7", currency="EUR", dated="2018", state="draft"
    )


def indicators(it):
    it.cases = make_indicator(
        "Cases closed",
        slug="cases",
        project=it.aid,
        unit="cases",
        measurements=[{"value": 10, "measured": "2018"}],
    )
    it.detainees = make_indicator(
        "Detainees",
        slug="detainees",
        project=it.aid,
        country=it.niger,
        fewer_is_better=True,
        measurements=[
            {"kind": "baseline", "value": 1600, "measured": "2017"},
            {"value": 900, "measured": "2018-06"},
            {"value": 842, "measured": "2019-12-31"},
        ],
    )
    it.ships = make_indicator(
        "Ships", slug="ships", project=it.sea, country=it.fiji, unit="ships", caveat="Planned figures."
    )
    make_indicator(
        "Ghosts", slug="ghosts", project=it.aid, measurements=[{"value": 1, "measured": "2018"}], state="draft"
    )


def stories(it):
    it.signing = make_story(
        "Memorandum signed",
        slug="signing",
        summary="They signed in Vienna.",
        published_on="2013-05-20",
        event_start="2013-05",
        organizations=[it.unodc, it.near],
        countries=[it.niger],
        agreements=[it.mou],
        goals=[it.peace],
        speakers=[it.ada],
    )
    it.signature = make_story(
        "Mémorandum signé",
        slug="signature",
        language="fr",
        same_story_as=it.signing,
        published_on="2013-05-22",
        event_start="",
        source_url="https://press.example/1",
    )
    it.works = make_story(
        "Aid works", slug="works", event_start="2018", organizations=[it.unodc], projects=[it.aid], speakers=[it.bob]
    )
    it.cup = make_story(
        "Cup final",
        slug="cup",
        caveat="Told by one side.",
        published_on="2020-07-01",
        event_start="2020-06-28",
        event_end="2020-06-30",
        organizations=[it.fifa],
        regions=[it.africa],
        events=[it.web],
        goals=[it.health],
        speakers=[it.spy],
    )
    it.rumour = make_story(
        "Rumour", slug="rumour", event_start="2018", organizations=[it.unodc], agreements=[it.plan], state="draft"
    )
    it.signature.agreements.add(it.secret)
    it.cup.organizations.add(it.hidden)
    make_evidence(it.signing, agreement=it.mou)
    make_evidence(it.works, project=it.aid, claim="exists")
    make_evidence(it.works, measurement=it.detainees.measurements.first(), claim="measured")
    make_evidence(it.works, contribution=it.gift, claim="committed")
    promise = make(Commitment, agreement=it.old, text="Meet every year", due="2011")
    make_evidence(it.works, commitment=promise, claim="met")
    make_evidence(it.rumour, agreement=it.plan)
    make_evidence(it.cup, agreement=it.secret)


def date_changes():
    """The first record of each noun was last changed on 21 May 2020, all others on New Year's Day of 2022."""
    from api.urls import NOUNS

    assert NOUNS["news"].model is NewsItem
    for noun in MODELS:
        records = NOUNS[noun].model.objects.order_by("pk")
        first = records.first()
        records.update(updated_at=datetime(2022, 1, 1, 12, tzinfo=UTC))
        records.filter(pk=first.pk).update(updated_at=datetime(2020, 5, 21, 10, 30, tzinfo=UTC))
