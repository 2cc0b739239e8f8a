"""Who asks: a token that says whose it is, or a session of the desk, which only reads."""

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS

from .models import Token

WRITE_SO = _("Send “Authorization: Bearer concord_…” with a token that is made at the desk.")


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer concord_<id>_<secret>` (RFC 6750), in the header only: addresses end up in logs."""

    def authenticate(self, request):
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if not header:
            return None
        scheme, _space, text = header.partition(" ")
        # Another scheme is refused, not ignored: whoever believes to be known must not get a visitor's answer.
        if scheme.casefold() != "bearer":
            raise AuthenticationFailed(_("This kind of authorization is not known here.") + " " + WRITE_SO)
        token = Token.objects.written(text.strip())
        if token is None:
            raise AuthenticationFailed(
                _("This token opens nothing: it is mistyped, has expired, was revoked, or its owner has left.")
            )
        token.note_use()
        return token.user, token

    def authenticate_header(self, request):
        return 'Bearer realm="Concord"'


class ReadingSession(SessionAuthentication):
    """Whoever is signed in at the desk reads here as there. A session never writes, so no other site can write with it."""

    def authenticate(self, request):
        user = getattr(request._request, "user", None)
        if user is None or not user.is_active:
            return None
        if request.method not in SAFE_METHODS:
            raise PermissionDenied(_("The desk's session is for reading. Write with a token.") + " " + WRITE_SO)
        return user, None
