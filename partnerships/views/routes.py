"""The addresses that every noun has."""

from django.urls import path, re_path

from partnerships.describing.dates import DATED

from .following import CalendarView, FeedView


def noun(name, folder, list_view, detail_view):
    """The list, its feeds and calendar if the noun has changes and days, and the page of each record."""
    routes = [
        path(f"{folder}/", list_view.as_view(), name=f"{name}-list"),
        path(f"{folder}/<slug:address>/", detail_view.as_view(), name=f"{name}-detail"),
    ]
    if hasattr(list_view.model, "updated_at"):
        feed = FeedView.as_view(list_view=list_view)
        routes.append(re_path(rf"^{folder}/feed/(?P<format>atom|rss)/$", feed, name=f"{name}-feed"))
    if list_view.model in DATED:
        routes.append(
            path(f"{folder}/calendar.ics", CalendarView.as_view(list_view=list_view), name=f"{name}-calendar")
        )
    return routes
