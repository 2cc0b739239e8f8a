"""The stories' pages."""

from partnerships.views.routes import noun

from .views import StoryDetailView, StoryListView

app_name = "stories"
urlpatterns = noun("story", "stories", StoryListView, StoryDetailView)
