"""What a kind of work finds: the same records by its count, on the first page and in the list that it leads to."""

from partnerships.admin.todo import tasks_of, waiting


def found(client, user, model, name):
    """The names of the records, after the count, the first page's line and the list have agreed on their number."""
    [task] = [task for task in tasks_of(model, user) if task.name == name]
    shown = client.get(task.address).context["cl"]
    names = {str(record) for record in shown.queryset}
    assert waiting(user)[task] == shown.result_count == len(names)
    assert lines(client.get("/admin/"))[task.address] == len(names)
    return names


def lines(page):
    """{address: count} of all that the first page counts; what there is nothing of is not linked, and counts 0."""
    context = page.context
    counted = {line["address"]: line["count"] for _theme, rows in context["themes"] for line in rows}
    counted |= {address: count for _noun, cells in context["reviews"] for count, address, _title in cells}
    return Zero(counted)


class Zero(dict):
    def __missing__(self, key):
        return 0
