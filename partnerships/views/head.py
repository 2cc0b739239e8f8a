"""What a page says in its <head>: what it is about, its one address, and the same in the words of schema.org."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerships.describing import linked_data, summary
from partnerships.describing.site import breadcrumbs, dataset

from .question import address, normal_pairs, pairs

# A list narrowed by one of these is about something that people look for. A second filter, another order and words are
# thin variations of it, endless in number, which should not stand beside it in a search engine.
WORTH_FINDING = ("partner", "country", "region", "year")


@dataclass(frozen=True)
class Head:
    """`canonical` and `picture` are full addresses; `data` are dictionaries of schema.org."""

    title: str
    description: str
    canonical: str
    picture: str
    kind: str = "website"
    is_thin: bool = False
    data: list = field(default_factory=list)


def head_of_record(request, record):
    absolute, meta = request.build_absolute_uri, record._meta
    is_public = getattr(record, "is_public", True)
    here = absolute(record.get_absolute_url())
    return Head(
        title=str(record),
        description=summary(record),
        canonical=here,
        kind="article" if record.noun == "story" else "website",
        # A record as of one of countless days is a variation of its page.
        is_thin=bool(request.GET) or not is_public,
        picture=absolute(f"{record.get_absolute_url()}picture.png") if is_public else picture_of_register(request),
        data=[
            {"mainEntityOfPage": here, **linked_data(record, absolute)},
            breadcrumbs(
                (_("Home"), absolute(reverse("home"))),
                (capfirst(meta.verbose_name_plural), absolute(list_address(type(record)))),
                (record, here),
            ),
        ],
    )


def head_of_list(request, filterset, title, introduction, answer):
    """`answer` is the list view's: a page of rows and its sentence, or problems."""
    absolute = request.build_absolute_uri
    page, sentence = answer.get("page"), answer.get("sentence", title)
    asked = [(name, value) for name, value in pairs(request.GET) if name != "page"]
    words = sorted(normal_pairs(request.GET, filterset.form.cleaned_data)) if page else []
    words = [(name, value) for name, value in words if name in filterset.filters]
    number = page.number if page else 1
    question = words + ([("page", number)] if number > 1 else [])
    here = absolute(request.path + (address(question) if question else ""))
    whole = absolute(request.path + (address(words) if words else ""))
    return Head(
        title=sentence,
        description=f"{sentence}. {introduction}",
        canonical=here,
        picture=picture_of_register(request),
        is_thin=len(asked) > 1 or any(name not in WORTH_FINDING for name, _value in asked) or not answer.get("records"),
        data=[
            dataset(sentence, str(introduction), whole, answer["downloads"], absolute),
            breadcrumbs((_("Home"), absolute(reverse("home"))), (title, absolute(request.path))),
        ]
        if page
        else [],
    )


def picture_of_register(request):
    return request.build_absolute_uri(reverse("partnerships:picture"))


def list_address(model):
    """The address of the list page of a noun."""
    return reverse(f"{model._meta.app_label}:{model.noun}-list")
