"""What the tables of all records have in common."""

from .columns import Id, Moment, Page, Value


def record(route, *columns):
    """The columns of a record of the register: its own between those that all have."""
    flat = [one for column in columns for one in (column if isinstance(column, list) else [column])]
    first = [Id(), Value("slug")]
    last = [Value("caveat"), Value("state"), Value("version", field=False, volatile=True)]
    return [*first, *flat, *last, Moment("updated_at", field=False, volatile=True), Page(route)]


def span(words, first, last):
    """Words for a row's dates in brackets: ` (joined 2013, withdrew 2019)`, or nothing."""
    said = [f"{word} {text}" for word, text in zip(words, (first, last), strict=True) if text]
    return f" ({', '.join(said)})" if said else ""
