"""The addresses that every noun has."""

from django.urls import path, re_path

from partnerships.describing.dates import DATED

from .following import CalendarView, FeedView
from .picture import PictureView


def noun(name, folder, list_view, detail_view):
    """The list, its feeds and calendar if the noun has changes and days, the page of each record and its picture."""
    routes = [
        path(f"{folder}/", list_view.as_view(), name=f"{name}-list"),
        path(f"{folder}/<slug:address>/", detail_view.as_view(), name=f"{name}-detail"),
        path(
            f"{folder}/<slug:address>/picture.png",
            PictureView.as_view(model=detail_view.model),
            name=f"{name}-picture",
        ),
    ]
    if hasattr(list_view.model, "updated_at"):
        feed = FeedView.as_view(list_view=list_view)
        routes.append(re_path(rf"^{folder}/feed/(?P<format>atom|rss)/$", feed, name=f"{name}-feed"))
    if list_view.model in DATED:
        routes.append(
            path(f"{folder}/calendar.ics", CalendarView.as_view(list_view=list_view), name=f"{name}-calendar")
        )
    return routes
