"""What the pages that span the apps say in their <head>."""

from babel.lists import format_list
from django.utils.translation import gettext as _

from partnerships.describing.site import catalog, website
from partnerships.money import figure, locale
from partnerships.views.head import Head


def head_of_home(request, figures):
    """`figures` are (count, the model's Meta, the address of its list)."""
    absolute = request.build_absolute_uri
    name = _("A register of partnerships")
    counted = [
        f"{figure(count)} {meta.verbose_name if count == 1 else meta.verbose_name_plural}"
        for count, meta, _address in figures
    ]
    lists = [
        {"@type": "Dataset", "@id": f"{absolute(address)}#dataset", "name": str(meta.verbose_name_plural)}
        for _count, meta, address in figures
    ]
    return Head(
        title=f"Concord: {name}",
        description=_("Who works with whom, where, with whose money, and which dated story says so: %s.")
        % format_list(counted, locale=locale()),
        canonical=absolute(request.path),
        data=[website(absolute, name), {**catalog(absolute), "description": name, "dataset": lists}],
    )


def head_of_search(request):
    """Answers to a search are thin: what is found has pages of its own."""
    return Head(
        title=_("Search"),
        description=_("Search the register of partnerships: names, acronyms, former names and words of the stories."),
        canonical=request.build_absolute_uri(request.path),
        is_thin=True,
    )
