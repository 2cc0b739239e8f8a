"""The second factor of those who work at the desk: without it, a session is a visitor's.

A session has proved its second factor when it signed in with one, or when it set one up itself.
"""

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_used
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpResponseRedirect
from django.urls import reverse

ROOT = "/accounts/"
PROVED = "second_factor_of"  # in the session: the id of the user


def prove(request, user):
    request.session[PROVED] = user.pk


@receiver(authenticator_used)
def used(sender, request, user, **kwargs):
    prove(request, user)


@receiver(post_save, sender=Authenticator)
def set_up(sender, instance, created, **kwargs):
    # allauth's own signal comes with the commit; this request is to know it in any case.
    request = context.request
    if created and request is not None and request.user == instance.user:
        prove(request, instance.user)


class SecondFactor:
    """Where it is required, lets staff who have not proved a second factor to the account pages, and nowhere else.

    Everywhere but at the desk they are answered as visitors are, so no page and no API shows them more.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.is_unproved = False
        if settings.REQUIRE_SECOND_FACTOR and settings.SESSION_COOKIE_NAME in request.COOKIES:
            user = request.user
            if user.is_authenticated and user.is_staff:
                return self.guard(request, user)
        return self.get_response(request)

    def guard(self, request, user):
        has_one = Authenticator.objects.filter(user=user).exists()
        if has_one and request.session.get(PROVED) == user.pk:
            return self.get_response(request)
        if has_one:
            # Somebody set it up elsewhere. Whoever is here must not add a factor of their own to that account.
            logout(request)
            return self.get_response(request)
        request.is_unproved = True
        if request.path_info.startswith(ROOT) or request.path_info == reverse("admin:logout"):
            return self.get_response(request)
        if request.path_info.startswith(reverse("admin:index")):
            return HttpResponseRedirect(reverse("mfa_index"))
        request.user = AnonymousUser()
        return self.get_response(request)
