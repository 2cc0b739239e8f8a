"""The frame of the account pages: the desk's head, and plain words where the server is not set up."""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import BadRequest
from django.db import DatabaseError, connection
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from requests import RequestException

from partnerships.checks import mail_is_set_up

from .checks import missing_tables, way_out
from .factors import ROOT

UNREADABLE = (KeyError, ValueError, TypeError, AttributeError, RecursionError)


def around(request):
    """For templates: what each page of the desk knows, on the account pages; nothing elsewhere."""
    if not request.path_info.startswith(ROOT):
        return {}
    context = {**admin.site.each_context(request), "is_mail_set_up": mail_is_set_up(), "elsewhere": elsewhere()}
    if getattr(request, "is_unproved", False):
        # The desk is not open yet, so nothing leads there.
        context |= {"has_permission": False, "available_apps": []}
    return context


def elsewhere():
    """The name and address of the other place at which people can sign in, or None."""
    for provider in settings.SOCIALACCOUNT_PROVIDERS.values():
        (app,) = provider["APPS"]
        return {"name": app["name"], "address": reverse("openid_connect_login", args=[app["provider_id"]])}
    return None


def refuse_odd_addresses(request):
    for given in (request.GET, request.POST):
        try:
            urlsplit(given.get("next", ""))
        except ValueError as problem:
            raise BadRequest("The page to go to is no address.") from problem


def guarded(view):
    """The view, never cached, with an answer in words where the cache's table or the provider of sign-ins is missing.

    What no browser would send (a passkey's answer that is none, a page to go to that is no address) is a bad request;
    allauth lets some of it through to where it cannot be read.
    """

    @never_cache
    @wraps(view)
    def answer(request, *args, **kwargs):
        refuse_odd_addresses(request)
        try:
            response = view(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response
        except DatabaseError:
            if not missing_tables([connection.alias]):
                raise
            return render(request, "accounts/not_set_up.html", {"command": way_out(connection.alias)}, status=503)
        except (RequestException, *UNREADABLE) as problem:
            if "provider_id" in kwargs:
                return render(request, "socialaccount/authentication_error.html", status=502)
            if "credential" in request.POST:
                raise BadRequest("This is no passkey's answer.") from problem
            raise

    return answer
