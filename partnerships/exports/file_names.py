"""How a downloaded file is called."""

import re

from django.utils.text import slugify

LONGEST = 100
LEFT_OUT = ("format", "ordering", "fields", "omit", "expand")  # say nothing about which rows there are


def file_name(noun, question, day, extension):
    """`agreements_partner-fifa_2026-11-24.csv`: what was asked (a QueryDict), in ASCII, short enough for any file system."""
    asked = [
        "-".join(filter(None, [re.sub(r"[^a-z0-9_]", "", name), *map(slugify, values)]))
        for name, values in question.lists()
        if name not in LEFT_OUT and any(values)
    ]
    end = f"_{day.isoformat()}.{extension}"
    return "_".join([noun, *asked])[: LONGEST - len(end)].rstrip("-_") + end
