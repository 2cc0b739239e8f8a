"""What the pages that span the apps say in their <head>."""

from babel.lists import format_list
from django.utils.translation import gettext as _

from partnerships.describing.site import catalog, website
from partnerships.money import locale
from partnerships.views.head import Head, picture_of_register
from partnerships.wording import counted


def head_of_home(request, figures):
    """`figures` are (count, the model's Meta, the address of its list)."""
    absolute = request.build_absolute_uri
    name = _("A register of partnerships")
    counts = [counted(count, meta.model.noun) for count, meta, _address in figures]
    lists = [
        {"@type": "Dataset", "@id": f"{absolute(address)}#dataset", "name": str(meta.verbose_name_plural)}
        for _count, meta, address in figures
    ]
    return Head(
        title=f"Concord: {name}",
        description=_("Who works with whom, where, with whose money, and which dated story says so: %s.")
        % format_list(counts, locale=locale()),
        canonical=absolute(request.path),
        picture=picture_of_register(request),
        data=[website(absolute, name), {**catalog(absolute), "description": name, "dataset": lists}],
    )


def head_of_search(request):
    """The page may be found; its answers are thin: what they lead to has pages of its own."""
    return Head(
        title=_("Search"),
        description=_("Search the register of partnerships: names, acronyms, former names and words of the stories."),
        canonical=request.build_absolute_uri(request.path),
        picture=picture_of_register(request),
        is_thin=bool(request.GET),
    )
