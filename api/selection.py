"""What an answer contains: `fields` keeps, `omit` leaves out, `expand` tells of a record what its own list would.

What is left out is not read from the database either, and what is expanded takes a fixed number of statements, whatever
the number of rows. Expanded records come through the same gate as their own list.
"""

from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from api.errors import BadQuestion
from api.filters import SELECTION as PARAMETERS
from api.links import NAMES
from api.serializers.base import BriefSerializer, LeanSerializer
from partnerships.filters import nearest, refusal

MOST_EXPANDED = 5

VIEWSETS = {}  # model -> its viewset, whose rows are what a brief record is expanded to


class Selection:
    """Reads the three parameters of one question. Raises BadQuestion naming each word that cannot be one."""

    def __init__(self, parameters, serializer_class):
        self.serializer_class = serializer_class
        self.expanded, self.fields, self.omitted = {}, None, {}
        self.errors = {}
        if not any(name in parameters for name in PARAMETERS):
            return
        words = {name: self.words(parameters, name) for name in PARAMETERS}
        self.expanded = self.read_expansions(words["expand"])
        self.fields = self.read_names("fields", words["fields"]) or None
        self.omitted = self.read_names("omit", words["omit"])
        for path in self.expanded:
            if not self.errors and not self.keeps(path.partition(".")[0]):
                self.errors["expand"] = refusal(_("“%s” is left out of this answer. Expand what is in it.") % path)
        if self.errors:
            raise BadQuestion(self.errors)

    def words(self, parameters, name):
        return [word.strip() for word in parameters.get(name, "").split(",") if word.strip()]

    def read_expansions(self, words):
        known = expandable(self.serializer_class)
        for word in words:
            if word not in known:
                below = next((path for path in known if path.startswith(f"{word}.")), None)
                self.refuse("expand", word, below or nearest(word, known), known)
        if len(words) > MOST_EXPANDED:
            self.errors["expand"] = refusal(_("At most %s records can be expanded at once.") % MOST_EXPANDED)
        return (
            {} if "expand" in self.errors else {word: known[word] for word in sorted(dict.fromkeys(words), key=_depth)}
        )

    def read_names(self, parameter, words):
        """A field's name -> the names below it that were asked for, or None for all of it."""
        known, found = self.known, {}
        for word in words:
            first, _dot, below = word.partition(".")
            if first not in known or (below and below not in known[first]):
                names = [*known, *(f"{name}.{part}" for name, parts in known.items() for part in parts)]
                self.refuse(parameter, word, nearest(word, names), known)
            elif not below or found.get(first, ()) is None:
                found[first] = None
            else:
                found.setdefault(first, set()).add(below)
        return found

    @property
    def known(self):
        """The names of the answer, and below each those of what is in it."""
        names = dict(names_of(self.serializer_class))
        for path, model in self.expanded.items():
            if "." not in path:
                names[path] = [*names[path], *names_of(VIEWSETS[model].row_serializer)]
        return names

    def refuse(self, parameter, word, suggestion, known):
        message = _("There is no “%(word)s” in this answer. Possible are: %(known)s.")
        if parameter == "expand":
            message = _("“%(word)s” cannot be expanded here. Possible are: %(known)s.")
        possible = ", ".join(known) or _("none")
        self.errors.setdefault(parameter, refusal(message % {"word": word, "known": possible}, suggestion))

    @property
    def is_whole(self):
        """Whether the answer is what it is when nobody asks for another shape."""
        return not (self.expanded or self.fields or self.omitted)

    def keeps(self, name):
        """Whether the answer has this field."""
        return (self.fields is None or name in self.fields) and self.omitted.get(name, ()) is not None

    def without_idle_prefetches(self, queryset):
        """The queryset without what only fields that are left out would read."""
        if self.fields is None and not self.omitted:
            return queryset
        needed, needs = set(), _declared(self.serializer_class, "needs")
        for name, field in self.serializer_class().fields.items():
            if self.keeps(name):
                needed |= {name, (field.source or name).partition(".")[0], *needs.get(name, ())}
        kept = [found for found in queryset._prefetch_related_lookups if _path(found)[0] in needed]
        return queryset.prefetch_related(None).prefetch_related(*kept)

    def finish(self, rows, view):
        """The rendered rows with their expansions, and without what is left out below their fields. Changes them."""
        for path, model in self.expanded.items():
            briefs = list(_at(rows, path.split(".")))
            found = VIEWSETS[model].rows_by_id({brief["id"] for brief in briefs}, view)
            for brief in briefs:
                if row := found.get(brief["id"]):
                    extra = {key: value for key, value in brief.items() if key not in row}
                    brief.clear()
                    brief.update(row | extra)
        for name, chosen in (self.fields or {}).items():
            for part in _at(rows, [name]) if chosen else ():
                for key in [key for key in part if key not in chosen]:
                    del part[key]
        for name, dropped in self.omitted.items():
            for part in _at(rows, [name]) if dropped else ():
                for key in dropped:
                    part.pop(key, None)
        return rows


def described(serializer_class):
    """The three parameters for the OpenAPI description of an answer."""
    paths = list(expandable(serializer_class))
    names = ", ".join(names_of(serializer_class))
    words = {
        "fields": "What the answer is to contain, with commas between: `fields=id,slug`. A dot reaches into a field: "
        f"`fields=parent.slug`. What is left out is not read. There are: {names}. In CSV and XLSX it names columns of the file.",
        "omit": "What the answer is not to contain, with commas between; a dot reaches into a field. "
        "In CSV and XLSX it names columns of the file.",
        "expand": f"Brief records to be told of as their own list would, with commas between, {MOST_EXPANDED} at most. "
        "Not in CSV and XLSX.",
    }
    return [
        OpenApiParameter(
            name,
            {"type": "array", "items": {"type": "string"} | ({"enum": paths} if name == "expand" else {})},
            description=description,
            style="form",
            explode=False,
        )
        for name, description in words.items()
    ]


def _declared(serializer_class, name):
    """What the class and those above it say together."""
    found = {}
    for kind in reversed(serializer_class.__mro__):
        found |= vars(kind).get(name, {})
    return found


def _depth(path):
    """What stands higher is expanded first: it brings what stands below it."""
    return path.count(".")


def _path(lookup):
    return (lookup.prefetch_to if isinstance(lookup, Prefetch) else lookup).split("__")


def _at(rows, path):
    """The records (dictionaries) that stand at this path of each row."""
    for row in rows:
        value = row.get(path[0])
        below = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        if len(path) == 1:
            yield from below
        else:
            yield from _at(below, path[1:])


def _child(field):
    return field.child if isinstance(field, serializers.ListSerializer) else field


@cache
def names_of(serializer_class):
    """Each field's name, and the names of what is in it: {"title": [], "parent": ["id", "url", ...], ...}."""
    names = {}
    for name, field in serializer_class().fields.items():
        made_of = _declared(serializer_class, "made_of").get(name, _child(field))
        made_of = made_of() if isinstance(made_of, type) else made_of
        names[name] = list(made_of.fields) if isinstance(made_of, serializers.Serializer) else []
    return names


@cache
def expandable(serializer_class):
    """The paths to brief records in an answer, each with the model of the record: {"parties.organization": Organization}."""
    return dict(_briefs(serializer_class(), ""))


def _briefs(serializer, prefix):
    made_of = _declared(type(serializer), "made_of")
    for name, field in serializer.fields.items():
        child = made_of.get(name, _child(field))
        child = child() if isinstance(child, type) else child
        model = _target(serializer.Meta.model, field, child)
        if model in NAMES and isinstance(child, BriefSerializer | LeanSerializer):
            yield prefix + name, model
        if isinstance(child, LeanSerializer):
            yield from _briefs(child, f"{prefix}{name}.")


def _target(model, field, child):
    """The model of the records that a field names, or None."""
    if named := getattr(child, "names_a", None):
        return named
    if isinstance(child, LeanSerializer):
        return child.Meta.model
    for part in (field.source or "").split("."):
        try:
            model = model._meta.get_field(part).related_model
        except (AttributeError, FieldDoesNotExist):
            return None
    return model
