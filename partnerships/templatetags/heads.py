"""What the <head> of a page needs beyond its words."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()
# Inside a <script>, only these could end it or begin another one; as JSON escapes they mean the same.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag
def data_block(things):
    """Dictionaries in the words of schema.org as one block of JSON-LD, which browsers do not run."""
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.simple_tag(takes_context=True)
def canonical(context):
    """The address of a page that does not name another one: its path, without any question."""
    request = context.get("request")
    return request.build_absolute_uri(request.path) if request else ""
