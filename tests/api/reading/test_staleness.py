"""No change leaves a wrong card: after each, every card that is still there says what rendering it now would say."""

import datetime
from collections import defaultdict

import pytest
from django.db import IntegrityError, connection, models, transaction

from api.reading import cards, staleness
from api.reading.rendering import render
from partnerships.models import Goal, Organization, OrganizationName
from stories.models import Evidence, NewsItem
from tests.api.conftest import fill
from tests.factories import make, make_user

FORMS = [(model, form) for model in cards.NUMBERS for form in (cards.ROW, cards.DETAIL)]
KINDS = {cards.kind_of(model, form) for model, form in FORMS}


@pytest.fixture
def world(db):
    one, other = fill(), fill("1")
    make(OrganizationName, organization=one.partner, name="Other name")
    Goal.objects.create(number=17, title="Partnerships")
    one.agreement.focal_points.add(make_user())
    make_user()
    cards.keep_all()
    return one, other


def kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, object_id, body FROM card")
        return {(kind, pk): body for kind, pk, body in cursor.fetchall() if kind in KINDS}


def rendered(keys):
    """What these cards would say if they were made now."""
    ids = defaultdict(list)
    for kind, pk in keys:
        ids[kind].append(pk)
    return {
        (cards.kind_of(model, form), pk): text
        for model, form in FORMS
        if (kind := cards.kind_of(model, form)) in ids
        for pk, (text, _good_until) in render(model, form, sorted(ids[kind])).items()
    }


def stale(before):
    """The cards that are wrong now, those that the change removed, and those that are there; `before` were there before it."""
    there = kept()
    now = rendered(there)
    return {key for key, body in there.items() if now.get(key) != body}, before.keys() - there.keys(), there


def other_value(field, record):
    """Another valid value for a field, or None if the field is not to be changed by itself."""
    value = getattr(record, field.attname)
    match field:
        case models.BooleanField():
            return not value
        case models.DateTimeField():
            return None
        case models.DateField():
            return (value or datetime.date(2015, 6, 1)) + datetime.timedelta(1)
        case models.DecimalField():
            return (value or 1) + 1
        case models.IntegerField():
            return None
        case models.CharField() | models.TextField() if field.choices:
            return next((key for key, _label in field.choices if key != value), None)
        case models.SlugField():
            return f"{value}-new"
        case models.URLField():
            return "https://changed.example/"
        case models.CharField() | models.TextField() if field.max_length and field.max_length <= 10:
            return "fr" if field.name == "language" else None
        case models.CharField() | models.TextField():
            return f"{value} changed"
    return None


def sources():
    """Every model of which a card reads rows; those whose through rows Django makes are changed by their links."""
    return sorted(
        (model for model in staleness._PATHS if not model._meta.auto_created), key=lambda one: one._meta.label
    )


def columns(model):
    """The columns to change: every link and state, and of the others one, except where single columns matter."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key and not field.generated]
    links = [field for field in fields if field.is_relation or field.name == "state"]
    plain = [field for field in fields if field not in links and field.name not in UNTOUCHED]
    return links + (plain if model in staleness.MENTIONED else plain[:1])


UNTOUCHED = ("version", "source_key", "sort_name", "created_at", "updated_at")


@pytest.mark.skipif(
    connection.vendor == "postgresql", reason="The paths are the same, and SQLite walks them in a third of the time."
)
@pytest.mark.django_db
def test_no_change_of_a_column_leaves_a_wrong_card():
    make(OrganizationName, organization=fill().partner, name="Other name")
    cards.keep_all()
    there, effects = kept(), 0
    assert rendered(there) == there
    for model in sources():
        for field in columns(model):
            record = model._base_manager.order_by("pk").first()
            before = getattr(record, field.attname)
            value = foreign(field, record) if field.is_relation else other_value(field, record)
            if (value is None and not field.null) or not change(record, field, value):
                continue
            wrong, removed, there = stale(there)
            assert not wrong, f"{model.__name__}.{field.name}: {[describe(key) for key in wrong]}"
            effects += bool(removed)
            change(record, field, before)
            there = refill()
    assert effects > 40


def change(record, field, value):
    """Whether the database lets this value in."""
    setattr(record, field.attname, value)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        return False
    return True


def foreign(field, record):
    others = field.related_model._base_manager.exclude(pk=getattr(record, field.attname)).exclude(
        pk=record.pk if field.related_model is type(record) else None
    )
    return others.order_by("-pk").values_list("pk", flat=True).first()


def refill():
    cards.keep_all(missing=True)
    return kept()


def describe(key):
    kind, pk = key
    model = {number: model for model, number in cards.NUMBERS.items()}[kind // 2]
    return f"{'detail' if kind % 2 else 'row'} of {model._base_manager.filter(pk=pk).first()!r}"


def test_no_link_that_comes_or_goes_leaves_a_wrong_card(world):
    there, effects = kept(), 0
    for model in cards.NUMBERS:
        for field in model._meta.many_to_many:
            if not field.remote_field.through._meta.auto_created:
                continue
            record = (
                model.objects.filter(**{f"{field.name}__isnull": False}).order_by("pk").first() or model.objects.first()
            )
            manager = getattr(record, field.name)
            linked = list(manager.all())
            further = field.related_model._base_manager.exclude(pk__in=[one.pk for one in linked]).exclude(
                pk=record.pk if field.related_model is model else None
            )
            further = further.order_by("-pk").first()
            assert linked, f"{model.__name__}.{field.name} has no link to take away."
            assert further, f"{model.__name__}.{field.name} has nothing to link with."
            steps = [
                lambda manager=manager, further=further: manager.add(further),
                lambda manager=manager: manager.remove(manager.all()[0]),
                lambda manager=manager: manager.clear(),
                lambda manager=manager, linked=linked: manager.set(linked),
            ]
            if hasattr(field.related_model, "history") and (name := field.remote_field.get_accessor_name()):
                target = further
                steps.append(lambda target=target, name=name, record=record: getattr(target, name).add(record))
                steps.append(lambda target=target, name=name: getattr(target, name).clear())
            for number, step in enumerate(steps):
                step()
                wrong, removed, there = stale(there)
                assert not wrong, f"{model.__name__}.{field.name}, step {number}: {[describe(key) for key in wrong]}"
                effects += bool(removed)
                there = refill()
    assert effects > 30


def test_no_row_that_comes_or_goes_leaves_a_wrong_card(world):
    there, effects = kept(), 0
    for model in sources():
        if model in cards.NUMBERS:
            continue
        record = model._base_manager.order_by("pk").first()
        record.delete()
        wrong, removed, there = stale(there)
        assert not wrong, f"{model.__name__} deleted: {[describe(key) for key in wrong]}"
        effects += bool(removed)
        record.pk = None
        record._state.adding = True
        record.save()
        wrong, removed, there = stale(there)
        assert not wrong, f"{model.__name__} added: {[describe(key) for key in wrong]}"
        there = refill()
    assert effects > 10


def test_no_record_that_goes_leaves_a_wrong_card(world):
    one, other = world
    there = kept()
    for record in (
        one.story,
        one.contribution,
        one.indicator,
        other.event.contributions.get(),
        other.event,
        other.commitment,
    ):
        if isinstance(record, type(one.contribution)):
            Evidence.objects.filter(contribution=record).delete()
        record.delete()
        wrong, removed, there = stale(there)
        assert not wrong, f"{record!r}: {[describe(key) for key in wrong]}"
        assert removed
    assert not {key for key in kept() if key[0] // 2 == cards.NUMBERS[NewsItem] and key[1] == one.story.pk}


def test_a_new_name_leaves_the_cards_that_mention_it(world):
    one, _other = world
    before = kept()
    one.partner.name = "Another name"
    one.partner.save()
    gone = {key for key in before if key not in kept()}
    assert gone == {(cards.kind_of(Organization, form), one.partner.pk) for form in (cards.ROW, cards.DETAIL)}


def test_a_country_or_goal_of_another_name_leaves_no_card(world):
    one, _other = world
    for fact, field in ((one.country, "name_en"), (one.region, "name_en"), (one.goal, "title")):
        cards.keep_all(missing=True)
        assert kept()
        setattr(fact, field, "Another name")
        fact.save()
        assert not kept()
