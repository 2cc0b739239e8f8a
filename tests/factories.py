"""Records for tests: published unless said otherwise, valid, and each with a name of its own.

Dates may be given through their descriptors (`signed="2013"`); many-to-many fields as lists.
"""

from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from partnerships.models import (
    Agreement,
    Contribution,
    Country,
    Document,
    Event,
    EventParticipation,
    Funder,
    Indicator,
    Measurement,
    Office,
    Organization,
    Participation,
    Party,
    Person,
    Project,
    Region,
    Signature,
)
from stories.models import Evidence, NewsItem, Speaker

number = count(1)


def make(model, *, links=None, **values):
    """Validate and save one record; `links` are its many-to-many fields."""
    record = model(**values)
    record.full_clean()
    record.save()
    for name, targets in (links or {}).items():
        if targets:
            getattr(record, name).set(targets)
    return record


def publish(values):
    values.setdefault("state", "published")
    return values


def make_region(slug, name=None, **values):
    name = name or slug.title()
    names = {f"name_{language}": name for language in ("en", "fr", "es", "ar", "ru", "zh")}
    return make(Region, slug=slug, **{"kind": "grouping", **names, **values})


def make_country(alpha2, name=None, alpha3=None, regions=(), **values):
    name = name or f"Land {alpha2}"
    names = {f"name_{language}": name for language in ("en", "fr", "es", "ar", "ru", "zh")}
    found = Country.objects.filter(alpha2=alpha2).first()
    return found or make(
        Country,
        alpha2=alpha2,
        alpha3=alpha3 or f"{alpha2}X",
        slug=name.lower().replace(" ", "-"),
        links={"regions": regions},
        **names,
        **values,
    )


def make_organization(name=None, **values):
    values.setdefault("type", "40")
    return make(Organization, name=name or f"Organization {next(number)}", **publish(values))


def make_person(name=None, *, offices=(), **values):
    """`offices` are dictionaries such as {"title": "Director", "organization": unodc, "held_from": "2019"}."""
    person = make(Person, name=name or f"Ada Person{next(number)}", **publish(values))
    for office in offices:
        make(Office, person=person, **office)
    return person


def make_agreement(title=None, *, parties=(), countries=(), regions=(), goals=(), supersedes=(), **values):
    values.setdefault("kind", "mou")
    links = {"countries": countries, "regions": regions, "goals": goals, "supersedes": supersedes}
    agreement = make(Agreement, title=title or f"Agreement {next(number)}", links=links, **publish(values))
    for organization in parties:
        make(Party, agreement=agreement, organization=organization)
    return agreement


def make_signature(agreement, organization, **values):
    return make(Signature, party=agreement.parties.get(organization=organization), **values)


def make_document(**values):
    """One of an agreement, project or event: public, and with the name of a file only, unless a `file` is given."""
    if "file" not in values:
        values |= {"file": f"documents/{next(number):032x}.pdf", "sha256": "0" * 64, "size": 1234}
    return make(Document, **{"title": f"Document {next(number)}", "category": "A09", "public": True, **values})


def make_project(title=None, *, participants=(), countries=(), regions=(), agreements=(), goals=(), **values):
    """`participants` are pairs of an organization and its role."""
    links = {"regions": regions, "agreements": agreements, "goals": goals}
    project = make(Project, title=title or f"Project {next(number)}", links=links, **publish(values))
    for organization, role in participants:
        make(Participation, project=project, organization=organization, role=role)
    project.countries.set(countries)
    return project


def make_funder(name=None, *, organization=None, **values):
    values.setdefault("kind", "government")
    organization = organization or make_organization()
    return make(Funder, name=name or f"Funder {next(number)}", organization=organization, **publish(values))


def make_contribution(*, funders=None, project=None, event=None, **values):
    if not project and not event:
        project = make_project()
    funders = [make_funder()] if funders is None else funders
    return make(Contribution, project=project, event=event, links={"funders": funders}, **publish(values))


def make_indicator(title=None, *, project=None, measurements=(), **values):
    """`measurements` are dictionaries such as {"kind": "baseline", "value": 1600, "measured": "2017"}."""
    values.setdefault("unit", "persons")
    project = project or make_project()
    indicator = make(Indicator, title=title or f"Indicator {next(number)}", project=project, **publish(values))
    for measurement in measurements:
        make(Measurement, indicator=indicator, **measurement)
    return indicator


def make_event(name=None, *, participants=(), countries=(), regions=(), projects=(), agreements=(), **values):
    """`participants` are pairs of an organization and its role."""
    values.setdefault("kind", "meeting")
    links = {"countries": countries, "regions": regions, "projects": projects, "agreements": agreements}
    event = make(Event, name=name or f"Event {next(number)}", links=links, **publish(values))
    for organization, role in participants:
        make(EventParticipation, event=event, organization=organization, role=role)
    return event


STORY_LINKS = ("organizations", "countries", "regions", "agreements", "projects", "events", "goals")


def make_story(title=None, *, speakers=(), **values):
    links = {name: values.pop(name) for name in STORY_LINKS if name in values}
    values.setdefault("event_start", "2020-01-01")
    story = make(NewsItem, title=title or f"Story {next(number)}", links=links, **publish(values))
    for person in speakers:
        make(Speaker, story=story, person=person)
    return story


def make_evidence(story, *, claim="signed", excerpt="as they said", **target):
    """`target` is one of agreement, project, contribution, measurement, commitment."""
    return make(Evidence, story=story, claim=claim, excerpt=excerpt, **target)


def make_user(username=None, *, group=None, **values):
    """A desk user; `group` is "editor", "publisher" or "administrator"; `is_superuser=True` may do everything."""
    values.setdefault("is_staff", True)
    user = get_user_model().objects.create_user(username or f"user{next(number)}", password="a-long-password", **values)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user
