"""Rich text is cleaned twice: when it is kept, and again when it is shown."""

import nh3

ALLOWED_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "blockquote", "h2", "h3", "a"}


def clean_html(text):
    """The text with nothing left but paragraphs, lists, emphasis, quotations, headings and links to web addresses."""
    return nh3.clean(
        text,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
