"""The desk: Django's admin under Concord's name."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class ConcordAdminConfig(AdminConfig):
    default_site = "config.desk.Desk"


class Desk(AdminSite):
    site_header = "Concord"
    site_title = "Concord desk"
    index_title = "The desk"
