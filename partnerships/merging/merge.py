"""Two records become one."""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.models import Organization, OrganizationName
from partnerships.models.merge import Merge
from partnerships.models.record import Record
from partnerships.models.tree import ids_below

from .links import links_to, twin
from .steps import Diary

# What no record takes from another.
OWN = {"id", "slug", "state", "version", "created_at", "updated_at"}


class Refused(ValidationError):
    """Why two records cannot become one, or cannot be had again, in sentences that say what to do."""


def reasons_against(kept, gone):
    """Why these cannot become one; [] if they can."""
    found = []
    if type(kept) is not type(gone):
        found.append(_("Only records of one kind can become one."))
    elif kept.pk == gone.pk:
        found.append(_("This is the same record twice. Choose another one."))
    elif gone.is_public and not kept.is_public:
        found.append(
            _("“%(kept)s” is not published and “%(gone)s” is. Publish it first, or keep the other one.")
            % {"kept": kept, "gone": gone}
        )
    elif isinstance(kept, Organization) and _is_far_below(kept, gone):
        found.append(
            _("“%(kept)s” is a unit below the units of “%(gone)s”. Keep that one, or move the unit first.")
            % {"kept": kept, "gone": gone}
        )
    return found


def _is_far_below(kept, gone):
    below = Organization.objects.filter(pk__in=ids_below(Organization, [gone.pk]))
    return kept.parent_id != gone.pk and below.filter(pk=kept.pk).exists()


def fields_to_compare(model):
    """The fields in which two records may differ and one can choose."""
    return [field for field in model._meta.concrete_fields if field.name not in OWN and not field.generated]


@transaction.atomic
def merge(kept, gone, by, taken=(), name_as=OrganizationName.Kind.ALIAS):
    """Let `gone` go into `kept`, on behalf of a user; gives the Merge, by which it can be undone.

    `taken` are the names of fields whose value `kept` takes from `gone`. An organization keeps the other's name and
    acronym among its other names, as that kind of name. Raises Refused, and then nothing has changed.
    """
    model = type(kept)
    locked = {one.pk: one for one in model._base_manager.select_for_update().filter(pk__in=[kept.pk, gone.pk])}
    if len(locked) != len({kept.pk, gone.pk}):
        raise Refused(_("One of the two records is no longer there."))
    kept, gone, gone_id = locked[kept.pk], locked[gone.pk], gone.pk
    if reasons := reasons_against(kept, gone):
        raise Refused(reasons)
    diary = Diary(by, f"merged with {gone}")
    values = {field.name: getattr(gone, field.name) for field in fields_to_compare(model) if field.name in taken}
    lost = _lost_names(kept, gone, taken) if model is Organization else []
    if isinstance(kept, Organization) and kept.parent_id == gone.pk:
        diary.change(kept, {"parent": gone.parent})
    _move(kept, gone, diary)
    diary.delete(gone)
    _validate(kept, values)
    diary.change(kept, values)
    for text, kind in lost:
        _remember(kept, text, kind or name_as, diary)
    diary.touch_owners(saved=kept)
    return Merge.objects.create(
        noun=model._meta.label_lower,
        kept_id=kept.pk,
        gone_id=gone_id,
        kept_name=str(kept)[:255],
        gone_name=str(gone)[:255],
        steps=diary.steps,
        merged_by=by,
    )


def _move(kept, gone, diary):
    """Let everything that names `gone` name `kept`; a row that has its twin there already goes into that."""
    for link in links_to(type(gone)):
        for row in link.rows(gone):
            if link.many:
                diary.link(row, link.field.name, gone, kept)
            elif (other := twin(row, link.field, kept)) is None:
                diary.change(row, {link.field.name: kept})
            elif isinstance(row, Record):
                raise Refused(_("Both have a record “%s”. Make one of these two first.") % row)
            else:
                _move(other, row, diary)
                diary.delete(row)


def _lost_names(kept, gone, taken):
    """(name, kind) of what one of them is called and the merged record would not be; None: as whoever merges says."""
    name = (kept if "name" in taken else gone).name
    acronym = (kept if "acronym" in taken else gone).acronym
    return [(name, None), *([(acronym, OrganizationName.Kind.ACRONYM)] if acronym else [])]


def _remember(kept, text, kind, diary):
    known = {kept.name.casefold(), kept.acronym.casefold(), *(one.name.casefold() for one in kept.names.all())}
    if text.casefold() not in known:
        diary.create(OrganizationName(organization=kept, name=text, kind=kind))


def _validate(kept, values):
    """With these values, the record must be one that could be saved at the desk."""
    with_them = copy(kept)
    for name, value in values.items():
        setattr(with_them, name, value)
    try:
        with_them.full_clean()
    except ValidationError as problem:
        raise Refused(problem.messages) from None
