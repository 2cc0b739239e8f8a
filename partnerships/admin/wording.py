"""Long values cut down to where they differ."""

LONGEST = 160
AROUND = 40


def shared_start(one, other):
    """How many characters both texts begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def shortened(old, new):
    """Both texts, without what they share when they are long."""
    if len(old) <= LONGEST and len(new) <= LONGEST:
        return old, new
    start = max(shared_start(old, new) - AROUND, 0)
    old, new = old[start:], new[start:]
    shared = shared_start(old[::-1], new[::-1])
    cut = max(shared - AROUND, 0) if old and new else 0
    return tuple(_framed(text[: len(text) - cut], start, cut) for text in (old, new))


def _framed(text, before, after):
    if not text:
        return ""
    if len(text) > 2 * LONGEST:
        text = f"{text[:LONGEST]} … {text[-LONGEST // 2 :]}"
    return ("… " if before else "") + text + (" …" if after else "")
