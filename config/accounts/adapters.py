"""What allauth asks this register: who is limited, where mails lead, who gets in from elsewhere, how secrets are kept."""

import logging
import secrets
import time
from base64 import b32encode, urlsafe_b64encode
from smtplib import SMTPException
from urllib.parse import urljoin, urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .oidc import PROVIDER
from .people import people_at

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def _get_login_attempts_cache_key(self, request, **credentials):
        # allauth counts by the request's host too, so that another port in the Host header would begin anew.
        return credentials.get("username", "").casefold()

    def get_client_ip(self, request):
        try:
            return super().get_client_ip(request)
        except PermissionDenied:  # a server on a socket knows none, and nothing here depends on it
            return ""

    def get_reset_password_from_key_url(self, key):
        # Links in mails lead to the register's own address, and not to the host that a request claims.
        address = super().get_reset_password_from_key_url(key)
        return urljoin(settings.SITE_URL, urlsplit(address).path)

    def send_password_reset_mail(self, user, email, context):
        # To the address at the desk, and not to what somebody typed that may only look like it.
        super().send_password_reset_mail(user, user.email, context)

    def send_mail(self, template_prefix, email, context):
        """A mail server that does not answer must not undo what was done, nor tell that an address is known."""
        mail = self.render_mail(template_prefix, email, {**context, "site_address": settings.SITE_URL})
        try:
            mail.send()
        except (OSError, SMTPException):
            log.exception("The mail %s could not be sent.", template_prefix)

    def is_reauthentication_required(self, *, app, **kwargs):
        """A sign-in of the last minutes is as good as its repetition."""
        user = self.request.user
        times = [record["at"] for record in get_authentication_records(self.request, user)]
        return time.time() - max(times, default=0) >= app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user):
        methods = super().get_reauthentication_methods(user)
        if not methods and user.is_authenticated and settings.SOCIALACCOUNT_PROVIDERS:
            # Who has neither password nor factor came from elsewhere, and can come from there again.
            address = reverse("openid_connect_login", args=[PROVIDER])
            return [{"id": "elsewhere", "description": _("Sign in again"), "url": address}]
        return methods


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are kept encrypted: a copy of the database alone makes no codes."""

    def _fernet(self):
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        derived = [salted_hmac("accounts.factors", "", secret=key, algorithm="sha256").digest() for key in keys]
        return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in derived])

    def encrypt(self, text):
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return self._fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.error(
                "A second factor was kept under another SECRET_KEY, and fits no code. Add it to SECRET_KEY_FALLBACKS."
            )
            # What nobody knows and no code fits, whether it is read as an app's secret or as a seed.
            return b32encode(secrets.token_bytes(20)).decode()

    def get_totp_label(self, user):
        return user.get_username()

    def _get_site_name(self):
        return "Concord"

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %d") % number if number > 1 else _("Passkey")


class SignInElsewhere(DefaultSocialAccountAdapter):
    """Whoever the provider knows by the verified e-mail address of exactly one active user here is that user.

    Nothing is kept of it: the addresses at the desk decide each time, and nobody becomes a user by signing in.
    """

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise PermissionDenied
        # As the provider wrote it: allauth's lower case makes plain letters of some that are none.
        address = sociallogin.account.get_provider_account().get_user_data().get("email") or ""
        is_verified = any(one.verified for one in sociallogin.email_addresses)
        found = people_at(address) if is_verified else []
        if len(found) != 1:
            page = {"address": address, "is_verified": is_verified}
            raise ImmediateHttpResponse(render(request, "socialaccount/not_known.html", page, status=403))
        (sociallogin.user,) = found
