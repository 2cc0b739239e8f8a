"""The stories' pages."""

from django.urls import path

from .views import StoryDetailView, StoryListView

app_name = "stories"
urlpatterns = [
    path("stories/", StoryListView.as_view(), name="story-list"),
    path("stories/<slug:address>/", StoryDetailView.as_view(), name="story-detail"),
]
