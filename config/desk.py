"""The desk: Django's admin under Concord's name, with the day's work on its first page."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, When
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

# The nouns in the order in which people think of them; what is not named here comes last.
SECTIONS = (
    (
        _("The register"),
        ("Agreement", "Organization", "Project", "Contribution", "Funder", "Event", "Person", "Indicator"),
    ),
    (_("The evidence"), ("NewsItem", "Evidence", "Proposal", "SourceDocument")),
    (_("Geography"), ("Country", "Region", "Goal")),
    (_("Users"), ("User", "Group", "Token")),
)


class ConcordAdminConfig(AdminConfig):
    default_site = "config.desk.Desk"


class ChoicesView(AutocompleteJsonView):
    """The boxes' suggestions, under the names by which the desk tells records apart."""

    def get_queryset(self):
        found = super().get_queryset()
        if among := getattr(self.model_admin, "choices_among", None):
            found = among(found)
        if short := getattr(self.model_admin, "short_field", ""):
            # Whoever types UNODC means UNODC, and not the first in the alphabet whose name holds it.
            exact = Case(When(**{f"{short}__iexact": self.term}, then=0), default=1)
            found = found.order_by(exact, *(found.query.order_by or self.model_admin.opts.ordering))
        return found

    def has_perm(self, request, obj=None):
        # Colleagues can be named by people who may not look into the list of users.
        may = getattr(self.model_admin, "has_choice_permission", self.model_admin.has_view_permission)
        return may(request)

    def serialize_result(self, obj, to_field_name):
        label = getattr(self.model_admin, "choice_label", str)
        return {**super().serialize_result(obj, to_field_name), "text": str(label(obj))}


class Desk(AdminSite):
    site_header = "Concord"
    site_title = _("Concord desk")
    index_title = _("The desk")
    # One line of nouns at the top leaves the page to the records.
    enable_nav_sidebar = False

    def index(self, request, extra_context=None):
        from config.worklists import work_of_the_day

        return super().index(request, {**work_of_the_day(request.user), **(extra_context or {})})

    @login_not_required
    def login(self, request, extra_context=None):
        """Leads to allauth's sign-in. Django's own would count no wrong passwords and ask for no second factor."""
        from allauth.account.decorators import secure_admin_login

        return secure_admin_login(lambda request: redirect("admin:index"))(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def get_urls(self):
        from api.own_tokens import own_tokens_view
        from partnerships.admin.duplicates import duplicates_view
        from partnerships.admin.jump import jump_view
        from partnerships.admin.reminders import reminders_view

        view = self.admin_view(lambda request: duplicates_view(request, self))
        return [
            path("duplicates/", view, name="duplicates"),
            path("tokens/", self.admin_view(own_tokens_view), name="tokens"),
            path("jump/", self.admin_view(jump_view), name="jump"),
            path("reminders/", self.admin_view(reminders_view), name="reminders"),
            *super().get_urls(),
        ]

    def autocomplete_view(self, request):
        return ChoicesView.as_view(admin_site=self)(request)

    def get_app_list(self, request, app_label=None):
        """The nouns by what they are about instead of by the app that holds them; an app's own page stays as it was."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        nouns = {noun["object_name"]: (app, noun) for app in apps for noun in app["models"]}
        sections = []
        for title, names in SECTIONS:
            found = [nouns.pop(name) for name in names if name in nouns]
            if found:
                sections.append({**found[0][0], "name": title, "models": [noun for _app, noun in found]})
        rest = [noun for _app, noun in nouns.values()]
        if rest:
            sections.append({**next(iter(nouns.values()))[0], "name": _("Other"), "models": rest})
        return sections
