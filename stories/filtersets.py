"""The words in which stories are asked for; those that all nouns share come from the register."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from partnerships.filters import FlagFilter, GoalFilter, RecordFilter, TextFilter
from partnerships.filtersets import COMMON_KEYS, RegisterFilterSet, ordering
from partnerships.models import Agreement, Event, Person, Project

from .models import NewsItem, Speaker


class NewsItemFilterSet(RegisterFilterSet):
    agreement = RecordFilter(Agreement, method="narrow_by_link", label=_("agreement"))
    project = RecordFilter(Project, method="narrow_by_link", label=_("project"))
    event = RecordFilter(Event, method="narrow_by_link", label=_("event"))
    person = RecordFilter(Person, method="narrow_by_speaker", label=_("who spoke"))
    language = TextFilter(method="narrow_by_language", label=_("language"))
    original = FlagFilter(method="narrow_by_original", label=_("without translations"))
    sdg = GoalFilter(method="narrow_by_goal", label=_("SDG"))
    ordering, order_keys = ordering(date="listed_on", title="title", **COMMON_KEYS)

    def between(self, queryset, first, last):
        return queryset.dated_between(first, last)

    def narrow_by_link(self, queryset, name, records):
        links = getattr(NewsItem, f"{name}s").through.objects.filter(
            newsitem=OuterRef("pk"), **{f"{name}__in": records}
        )
        return queryset.filter(Exists(links))

    def narrow_by_speaker(self, queryset, name, people):
        return queryset.filter(Exists(Speaker.objects.filter(story=OuterRef("pk"), person__in=people)))

    def narrow_by_language(self, queryset, name, value):
        return queryset.filter(language=value.casefold())

    def narrow_by_original(self, queryset, name, value):
        return queryset.originals() if value else queryset.exclude(same_story_as=None)
