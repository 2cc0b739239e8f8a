"""The answer of `/stats/`."""


def answer(groups, measure):
    """What is said of Groups. What is only counted has no sums."""
    summed = measure is not None
    return {
        "total": {"count": groups.everything.count} | (_sums(groups.everything) if summed else {}),
        "groups": [_group(group, summed) for group in groups.groups],
        "more": groups.more,
    }


def _group(group, summed):
    values = {name: {"value": value.value, "label": value.label} for name, value in group.values.items()}
    if not summed:
        return values | {"count": group.count}
    return values | {"shared": group.shared, "count": group.count} | _sums(group)


def _sums(group):
    sums = []
    for one in group.sums:
        money = "currency" in one.of
        if money:
            sums.append(one.of | {"amount": f"{one.total:.2f}", "summed": one.summed})
        else:
            value = None if one.total is None else f"{one.total.normalize():f}"
            sums.append(one.of | {"value": value, "summed": one.summed, "left_out": one.left_out})
    return {"sums": sums} | ({"left_out": group.left_out} if group.left_out else {})
