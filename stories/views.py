"""The public pages of the stories: the list, and each story with what it proves."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.views.base import RegisterDetailView, Section
from partnerships.views.mapped import MappedListView

from .filtersets import NewsItemFilterSet
from .models import NewsItem


class StoryListView(MappedListView):
    model = NewsItem
    filterset_class = NewsItemFilterSet
    introduction = _("Dated stories about the partnerships, each with the passages that prove what the register says.")
    phrases = {
        "partner": pgettext_lazy("partner", "about %s"),
        "partner_all": pgettext_lazy("partners", "about all of %s"),
        "country": pgettext_lazy("country", "about %s"),
        "region": pgettext_lazy("region", "about %s"),
        "year": pgettext_lazy("year", "%s"),
    }


class StoryDetailView(RegisterDetailView):
    model = NewsItem
    api_name = "news"
    template_name = "stories/story.html"

    def sections(self, record):
        return [
            Section(_("Agreements"), list(record.agreements.all()), most=50),
            Section(_("Projects"), list(record.projects.all()), most=50),
            Section(_("Events"), list(record.events.all()), most=50),
        ]

    def about(self, record):
        others = [record.same_story_as, *record.versions.all()]
        return {**super().about(record), "others": [story for story in others if story]}
