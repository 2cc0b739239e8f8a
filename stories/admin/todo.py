"""What waits at the desk because of what stories tell, or do not tell."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.admin.todo import Task, Theme, register
from partnerships.admin.todo.answers import SentBack
from partnerships.admin.todo.files import Missing
from partnerships.admin.todo.reviews import reviews_of
from partnerships.models import Agreement
from partnerships.periods import Span
from stories.models import Evidence, NamedAmount, NewsItem, StoryImage

A_YEAR_AGO = Span(-1, "y")


class Silent(Task):
    """Published agreements in force for a year or longer of which, in the last year, no story tells and no project is known."""

    name, model, theme = "silent", Agreement, Theme.TERMS
    title = _("agreements in force with no story and no project for a year")

    def records(self, user):
        today = timezone.localdate()
        day = A_YEAR_AGO.after(today)
        told = NewsItem.agreements.through.objects.filter(agreement=OuterRef("pk"), newsitem__listed_on__gte=day)
        proved = Evidence.objects.filter(story__listed_on__gte=day)
        return (
            Agreement.objects.published()
            .without_work_since(day, today)
            .exclude(Exists(told))
            .exclude(proved.proved(Agreement))
        )


class Unrecorded(Task):
    """Stories that name an amount which is that of no contribution they are tied to."""

    name, model, theme = "unrecorded-amount", NewsItem, Theme.PROOF
    title = _("stories that name an amount which no contribution records")

    def records(self, user):
        return NewsItem.objects.filter(pk__in=NamedAmount.objects.unrecorded().values("story"))


missing = Missing(NewsItem, StoryImage, "images", _("stories with a picture whose file is missing"))
register(Silent(), Unrecorded(), missing, *reviews_of(NewsItem), SentBack(NewsItem))
