"""Where everything is: pages at the top and, in other languages, under /fr/ and the like; the API under /api/v1/, the desk
under /admin/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from partnerships.views.document import document
from stories.picture_view import picture

from . import views
from .search import views as search
from .sitemaps import SITEMAPS

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path(
        "sitemap.xml",
        login_not_required(sitemaps.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"},
        name="sitemap-index",
    ),
    path("sitemap-<section>.xml", login_not_required(sitemaps.sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("api/v1/", include("api.urls")),
    path("documents/<str:name>", document, name="document-file"),
    path("pictures/<str:name>", picture, name="picture-file"),
    path("admin/", admin.site.urls),
    path("accounts/", include("config.accounts.urls")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("search/", search.search, name="search"),
        path("search/names/", search.names, name="search-names"),
        path("", include("partnerships.urls")),
        path("", include("stories.urls")),
        prefix_default_language=False,
    ),
]

handler404 = "config.missing.not_found"
