"""Who may do what over the API."""

from rest_framework.permissions import SAFE_METHODS, BasePermission


class ReadOnly(BasePermission):
    """Anybody may read; what they see is the business of `visible_to`."""

    message = "The API is for reading. Records are written at the desk."

    def has_permission(self, request, view):
        # A method that the view does not have is left to it: its 405 names those that it has.
        return request.method in SAFE_METHODS or not hasattr(view, request.method.lower())
