"""API tokens at the desk: made by those who use them, shown once, revoked and never deleted."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from partnerships.publication import has_permission

from .models import Scope, Token


class TokenForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
        help_text=_("No more than it needs. What its owner may not do, it may not do either."),
    )

    class Meta:
        model = Token
        fields = ["name", "user", "scopes", "expires_on"]


def token_made(request, token):
    """The only answer that ever shows the token: it is in no session, cookie, message or address."""
    context = {**admin.site.each_context(request), "title": _("Your new token"), "token": token, "opts": Token._meta}
    return TemplateResponse(request, "admin/token_made.html", context)


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):
    """Whoever may change tokens, an administrator, sees everybody's; the others see and make their own."""

    form = TokenForm
    list_display = ["name", "public_id", "user", "scopes_in_words", "expires_on", "last_used_at", "condition"]
    list_select_related = ["user"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["revoke"]
    search_fields = ["name", "public_id", "user__username"]

    def sees_all(self, request):
        return has_permission(request.user, "change", Token)

    def get_queryset(self, request):
        tokens = super().get_queryset(request)
        return tokens if self.sees_all(request) else tokens.filter(user=request.user)

    def has_change_permission(self, request, obj=None):
        # What a token opens is settled when it is made. It can be revoked.
        return False

    def get_fields(self, request, obj=None):
        if obj is not None:
            return [
                "name",
                "user",
                "public_id",
                "scopes_in_words",
                "expires_on",
                "created_at",
                "last_used_at",
                "condition",
            ]
        return ["name", *(["user"] if self.sees_all(request) else []), "scopes", "expires_on"]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj is not None else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            people = get_user_model().objects.filter(is_active=True).order_by("username")
            # A token acts as its owner: an administrator who could make one for a superuser would be one.
            kwargs["queryset"] = people if request.user.is_superuser else people.filter(is_superuser=False)
            kwargs["initial"] = request.user.pk
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        # Nothing of a token is taken from an address that somebody sent.
        return {}

    def save_model(self, request, obj, form, change):
        if not self.sees_all(request):
            obj.user = request.user
        obj.written = obj.make_secret()
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return token_made(request, obj)

    def add_view(self, request, form_url="", extra_context=None):
        return never_cache(super().add_view)(request, form_url, extra_context)

    @admin.display(description=_("scopes"))
    def scopes_in_words(self, token):
        return ", ".join(token.scopes)

    @admin.display(description=_("condition"))
    def condition(self, token):
        return _("revoked") if token.revoked_at else _("open") if token.is_usable() else _("ended")

    @admin.action(description=_("Revoke"), permissions=["view"])
    def revoke(self, request, queryset):
        """From the next request on, the token opens nothing."""
        revoked = list(queryset.filter(revoked_at=None))
        for token in revoked:
            token.revoke()
            self.log_change(request, token, "revoked")
        done = ngettext("%d token revoked.", "%d tokens revoked.", len(revoked)) % len(revoked)
        self.message_user(request, done, messages.SUCCESS if revoked else messages.INFO)
