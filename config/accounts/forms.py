"""allauth's forms, where this register knows something that they do not."""

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from .people import people_at


class ResetForm(ResetPasswordForm):
    """The address at the desk is the only one, and it is found however it is written."""

    def clean_email(self):
        email = self.cleaned_data["email"]
        # Who signs in elsewhere only must not get a password by mail.
        self.users = [user for user in people_at(email) if user.has_usable_password()]
        return email


class AddPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name"), required=False, max_length=60, help_text=_("By which you will know it, such as “office key”.")
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without the password"),
        required=False,
        initial=True,
        help_text=_("It then asks for your fingerprint, face or PIN. Untick this for a key that has no PIN."),
    )
