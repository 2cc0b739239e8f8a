from rest_framework.routers import SimpleRouter

from .views import ProjectViewSet, StoryViewSet

router = SimpleRouter()
router.register("projects", ProjectViewSet)
router.register("stories", StoryViewSet)
urlpatterns = router.urls
