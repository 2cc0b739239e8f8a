"""The words in which stories are asked for; those that all nouns share come from the register."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from partnerships.filters import FlagFilter, GoalFilter, RecordFilter
from partnerships.filtersets import COMMON_KEYS, RECORD_LOOKUPS, RegisterFilterSet, has_evidence, ordering
from partnerships.lookups import Code, Date, Day, Text
from partnerships.models import Agreement, Event, Person, Project

from .models import Speaker


class NewsItemFilterSet(RegisterFilterSet):
    agreement = RecordFilter(Agreement, method="narrow_by_linked", label=_("agreement"))
    project = RecordFilter(Project, method="narrow_by_linked", label=_("project"))
    event = RecordFilter(Event, method="narrow_by_linked", label=_("event"))
    person = RecordFilter(Person, method="narrow_by_speaker", label=_("who spoke"))
    original = FlagFilter(method="narrow_by_original", label=_("without translations"))
    sdg = GoalFilter(method="narrow_by_goal", label=_("SDG"))
    has_evidence = has_evidence()
    ordering, order_keys = ordering(date="listed_on", title="title", language="language", **COMMON_KEYS)

    lookups = {
        **RECORD_LOOKUPS,
        "title": Text(_("title"), required=True),
        "summary": Text(_("summary"), only=["ic", "empty"]),
        "language": Code(_("language"), required=True),
        "source_url": Text(_("published at"), only=["", "isw", "empty"]),
        "published_on": Day(_("published")),
        "event_start_on": Date(_("happened from")),
        "event_end_on": Date(_("happened until")),
    }
    negated = (*RegisterFilterSet.negated, "agreement", "project", "event", "person", "sdg")
    emptied = {
        "partner": "organizations",
        "country": "countries",
        "agreement": "agreements",
        "project": "projects",
        "event": "events",
        "sdg": "goals",
    }

    def between(self, queryset, first, last):
        return queryset.dated_between(first, last)

    def narrow_by_speaker(self, queryset, name, people):
        return queryset.filter(Exists(Speaker.objects.filter(story=OuterRef("pk"), person__in=people)))

    def narrow_by_original(self, queryset, name, value):
        return queryset.originals() if value else queryset.exclude(same_story_as=None)
