"""Parameters that take several words with commas between them: repeated, they mean the same.

The description says that they come with commas (`explode: false`), but generated clients repeat whatever is a list.
"""

from .filters import SELECTION

COMMA_LISTS = ("ordering", "facets", "group_by", *SELECTION)


class CommaListsMixin:
    """For a view: `ordering=date&ordering=-id` is read as `ordering=date,-id`."""

    def initial(self, request, *args, **kwargs):
        given = request.query_params
        if repeated := [name for name in COMMA_LISTS if len(given.getlist(name)) > 1]:
            request._request.GET = given.copy()
            for name in repeated:
                request._request.GET[name] = ",".join(filter(None, given.getlist(name)))
        super().initial(request, *args, **kwargs)
