"""Where everything is: pages at the top, the API under /api/v1/, the desk under /admin/."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
