"""The pages of one's own account, named as allauth names them. What is not here is not offered: nobody signs up, and
addresses are kept at the desk."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as elsewhere
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib.auth.decorators import login_not_required
from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView, TemplateView

from .pages import guarded

to_factors = RedirectView.as_view(pattern_name="mfa_index")
no_password = TemplateView.as_view(template_name="account/no_password.html")


class UserConverter(StringConverter):
    """Ends at the first hyphen: the key after it has hyphens of its own."""

    regex = "[0-9A-Za-z]+"


register_converter(UserConverter, "user")

PAGES = [
    ("login/", account.login, "account_login"),
    ("logout/", account.logout, "account_logout"),
    ("inactive/", account.account_inactive, "account_inactive"),
    ("confirm/", account.reauthenticate, "account_reauthenticate"),
    ("password/", account.password_change, "account_change_password"),
    ("password/none/", no_password, "account_set_password"),
    ("password/reset/", account.password_reset, "account_reset_password"),
    ("password/reset/sent/", account.password_reset_done, "account_reset_password_done"),
    ("password/reset/done/", account.password_reset_from_key_done, "account_reset_password_from_key_done"),
    ("password/reset/<user:uidb36>-<key>/", account.password_reset_from_key, "account_reset_password_from_key"),
    ("factors/", factors.index, "mfa_index"),
    ("factors/sign-in/", factors.authenticate, "mfa_authenticate"),
    ("factors/confirm/", factors.reauthenticate, "mfa_reauthenticate"),
    ("factors/app/", totp.activate_totp, "mfa_activate_totp"),
    ("factors/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    ("factors/codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    ("factors/codes/new/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    ("factors/codes/download/", codes.download_recovery_codes, "mfa_download_recovery_codes"),
    ("factors/passkeys/", to_factors, "mfa_list_webauthn"),
    ("factors/passkeys/add/", passkeys.add_webauthn, "mfa_add_webauthn"),
    # allauth marks it for visitors on the class only after its limit, where LoginRequiredMiddleware does not look.
    ("factors/passkeys/sign-in/", login_not_required(passkeys.login_webauthn), "mfa_login_webauthn"),
    ("factors/passkeys/confirm/", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    ("factors/passkeys/<int:pk>/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    ("factors/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
    ("elsewhere/cancelled/", elsewhere.login_cancelled, "socialaccount_login_cancelled"),
    ("elsewhere/<slug:provider_id>/", oidc.login, "openid_connect_login"),
    ("elsewhere/<slug:provider_id>/callback/", oidc.callback, "openid_connect_callback"),
]

urlpatterns = [path(route, guarded(view), name=name) for route, view, name in PAGES]
