"""What stories prove and tell: for the register's question `has_evidence`, and for the marks on its timelines."""

from django.urls import reverse

from partnerships.evidence import Told, register, register_teller
from partnerships.models import Agreement
from stories.models import NewsItem
from stories.models.evidence import PATHS, Evidence


def register_proofs():
    for model in PATHS:
        register(model, lambda user, model=model: Evidence.objects.visible_to(user).proved(model))
    register_teller(Agreement, told_of_agreements)


def told_of_agreements(ids, user):
    """(agreement, Told), newest first; translations and stories without a date are left out."""
    links = NewsItem.agreements.through.objects.filter(
        agreement__in=ids, newsitem__in=NewsItem.objects.visible_to(user).originals()
    ).exclude(newsitem__published_on=None, newsitem__event_start_on=None)
    rows = links.order_by("-newsitem__listed_on", "-newsitem").values_list(
        "agreement", "newsitem__listed_on", "newsitem__title", "newsitem__slug"
    )
    for pk, day, title, slug in rows:
        yield pk, Told(day, title, reverse("stories:story-detail", args=[slug]))
