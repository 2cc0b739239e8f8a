"""Who may do what over the API. What anybody sees is the business of `visible_to`."""

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission

from partnerships.models.record import sees_drafts
from partnerships.publication import has_permission

from .models import Scope


class ReadOnly(BasePermission):
    """Anybody may read, a token only with the scope for it."""

    message = _("This is for reading.")

    def has_permission(self, request, view):
        # A method that the view does not have is left to it: its 405 names those that it has.
        if not hasattr(view, request.method.lower()) and request.method not in SAFE_METHODS:
            return True
        if request.method not in SAFE_METHODS:
            return self.may_write(request, view)
        require_scope(request, Scope.READ)
        return True

    def may_write(self, request, view):
        return False


class RecordPermission(ReadOnly):
    """Records are written with a token: its scope allows the kind of deed, its owner's permissions the deed itself.

    The view says for each action which scope and which model permission it needs, in `deeds`.
    """

    message = _("Writing needs a token with the scope for it. It is made at the desk.")

    def may_write(self, request, view):
        if request.auth is None:
            return False
        scope, verb = view.deeds[view.action]
        require_scope(request, scope)
        if not sees_drafts(request.user):
            raise PermissionDenied(_("Only who works at the desk may write, and the token's owner does not."))
        if verb:
            require(request.user, verb, view.model)
        return True


def require_scope(request, scope):
    """Raise PermissionDenied if the request comes with a token that was not made for this."""
    if request.auth is not None and not request.auth.allows(scope):
        raise PermissionDenied(_("This token was made without the scope “%s”.") % scope.value)


def require(user, verb, model):
    """Raise PermissionDenied, naming what is missing, unless the user may do this with records of this kind."""
    if not has_permission(user, verb, model):
        words = {"verb": verb, "nouns": model._meta.verbose_name_plural}
        raise PermissionDenied(_("The token's owner has no permission to %(verb)s %(nouns)s.") % words)
