"""Which format an answer comes in: by `format` or, without it, by the Accept header."""

from django.utils.translation import gettext as _
from rest_framework.negotiation import DefaultContentNegotiation

from partnerships.filters import nearest, refusal

from .errors import BadQuestion
from .filters import FORMAT


class RegisterNegotiation(DefaultContentNegotiation):
    """Names the formats that there are when another one is asked for, where DRF answers "not found"."""

    def filter_renderers(self, renderers, format):
        fitting = [renderer for renderer in renderers if renderer.format == format]
        if not fitting:
            known = list(dict.fromkeys(renderer.format for renderer in renderers))
            message = _("There is no format “%(format)s” here. Possible are: %(known)s.")
            values = {"format": format, "known": ", ".join(known)}
            raise BadQuestion({FORMAT: refusal(message % values, nearest(format, known))})
        return fitting
