"""A person's own page of tokens at the desk: which there are, a new one, and the end of one."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from partnerships.publication import has_permission

from .admin import TokenForm, token_made
from .models import Scope, Token

SHOWN = 100


class OwnTokenForm(TokenForm):
    class Meta(TokenForm.Meta):
        fields = ["name", "scopes", "expires_on"]
        widgets = {
            "name": admin.widgets.AdminTextInputWidget,
            "expires_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }


@never_cache
def own_tokens_view(request):
    """GET shows them, POST makes one or, with `revoke=<id>`, ends one. Only ever the own ones, an administrator's too."""
    if not has_permission(request.user, "add", Token):
        raise PermissionDenied
    desk = admin.site.get_model_admin(Token)
    own = Token.objects.filter(user=request.user).select_related("user")
    form = OwnTokenForm(instance=Token(user=request.user, scopes=[Scope.READ]))
    if request.method == "POST" and "revoke" in request.POST:
        token = get_object_or_404(own, public_id=request.POST["revoke"])
        token.revoke()
        desk.log_change(request, token, "revoked")
        messages.success(request, _("The token “%s” opens nothing any more.") % token)
        return redirect("admin:tokens")
    if request.method == "POST":
        form = OwnTokenForm(request.POST, instance=Token(user=request.user))
        if form.is_valid():
            token = form.save(commit=False)
            token.written = token.make_secret()
            token.save()
            desk.log_addition(request, token, "made")
            return token_made(request, token)
    request.current_app = admin.site.name
    context = {
        **admin.site.each_context(request),
        "title": _("Your API tokens"),
        "tokens": own[:SHOWN],
        "adminform": AdminForm(form, [(_("A new token"), {"fields": form.Meta.fields})], {}),
        "errors": form.errors,
    }
    return TemplateResponse(request, "admin/own_tokens.html", context)
