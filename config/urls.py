"""Where everything is: pages at the top, the API under /api/v1/, the desk under /admin/."""

from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("", include("partnerships.urls")),
    path("", include("stories.urls")),
    path("api/v1/", include("api.urls")),
    path("admin/", admin.site.urls),
]
