"""A record's public page as visitors will see it, before they do: rendered from a register that is taken back at once."""

from io import BytesIO

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.handlers.wsgi import WSGIRequest
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, resolve, reverse
from django.utils.translation import gettext as _

from partnerships.models import EditConflict, PublicationState
from partnerships.publication import lacking
from partnerships.versions import put
from partnerships.versions.imagining import imagined

from .related import desk_address

# What a browser says of itself and of what it has already; none of it is a visitor's who comes for the first time.
OWN_HEADERS = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")


class PreviewingAdmin(admin.ModelAdmin):
    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return preview(request, record, self.admin_site, back=desk_address(record))


def preview_address(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_preview", args=[record.pk])


def preview(request, record, site, back, whole=None):
    """The answer to a request from the desk; `whole` is what the record is imagined to say, if not what it says now."""
    bar = {"back": back, "lacking": [], "is_public": record.is_public, "is_proposal": whole is not None}
    problems, content = [], b""
    try:
        with imagined():
            if whole is not None:
                record = put(record, whole, request.user, "")
            bar["lacking"] = [need.sentence for need in lacking(record)]
            content = _published_page(request, record, bar)
    except Http404:
        problems = [_("Visitors would not see it yet: what it belongs to is not published.")]
    except IntegrityError:
        problems = [_("It cannot be published as it is. Publish it at its form, which says what is wrong.")]
    except (ValidationError, EditConflict) as problem:
        problems = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
    if problems:
        context = {
            **site.each_context(request),
            "title": _("Preview"),
            "opts": record._meta,
            "record": record,
            "record_address": back,
            "problems": [*problems, *bar["lacking"]],
        }
        request.current_app = site.name
        return render(request, "admin/no_preview.html", context)
    response = HttpResponse(content)
    # The page was never public: no cache of any kind may take it for what is there.
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _published_page(request, record, bar):
    """The bytes of the record's page, as if it were public. Raises Http404 where visitors would not see it."""
    record = type(record)._base_manager.get(pk=record.pk)
    if not record.is_public:
        record.state = PublicationState.PUBLISHED
        record._history_user, record._change_reason = request.user, "preview"
        record.save()
    visitor = as_visitor(request, record.get_absolute_url())
    visitor.preview = bar
    found = visitor.resolver_match
    response = found.func(visitor, *found.args, **found.kwargs)
    if response.status_code != 200:
        raise Http404
    if hasattr(response, "render"):
        response.render()
    return response.content


def as_visitor(request, address):
    """A request for the address by somebody who is not signed in, to the same server."""
    environ = {name: value for name, value in request.META.items() if name not in OWN_HEADERS}
    environ |= {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "CONTENT_LENGTH": "0",
        "wsgi.input": BytesIO(),
    }
    visitor = WSGIRequest(environ)
    visitor.user = AnonymousUser()
    visitor.LANGUAGE_CODE = getattr(request, "LANGUAGE_CODE", None)
    visitor.resolver_match = resolve(visitor.path_info)
    return visitor
