"""Both records again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .merge import Refused
from .steps import Diary, model_of, said


@transaction.atomic
def undo(merge, by):
    """Take the merge back, step by step from its end, on behalf of a user.

    Raises Refused, and then nothing has changed, if something that the merge touched has been changed since.
    """
    merge = type(merge).objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise Refused(_("This has been undone already."))
    diary, problems = Diary(by, f"no longer merged with {merge.gone_name}"), []
    for step in reversed(merge.steps):
        row = model_of(step)._base_manager.filter(pk=step["pk"]).first()
        if problem := _problem(step, row):
            problems.append(problem)
        elif not problems:
            _take_back(step, row, diary)
    if problems:
        raise Refused(problems)
    diary.touch_owners()
    merge.undone_by, merge.undone_at = by, timezone.now()
    merge.save()
    return merge


def _problem(step, row):
    """What stands in the way of this step, as a sentence, or ""."""
    if step["do"] == "delete":
        return "" if row is None else _("There is another record in the place of “%s”.") % row
    if row is None:
        name = model_of(step)._meta.verbose_name
        return _("Of what was moved, a record (%s) has been deleted since. It would be missing.") % name
    if step["do"] == "change":
        now = said(row, list(step["fields"]))
        changed = [name for name, (_before, after) in step["fields"].items() if now[name] != after]
        labels = ", ".join(str(row._meta.get_field(name).verbose_name) for name in changed)
        return _("“%(row)s” has been changed since: %(fields)s.") % {"row": row, "fields": labels} if changed else ""
    return ""


def _take_back(step, row, diary):
    match step["do"]:
        case "change":
            for name, (before, _after) in step["fields"].items():
                _set(row, name, before)
            diary.signed(row).save()
            diary.note_owners(row)
        case "create":
            diary.signed(row).delete()
        case "delete":
            _restore(step, diary)
        case "link":
            diary.signed(row).save()
            links = getattr(row, step["field"])
            if step["kept"] is not None:
                links.remove(step["kept"])
            links.add(step["gone"])


def _set(row, name, value):
    field = row._meta.get_field(name)
    setattr(row, field.attname, field.to_python(value) if field.remote_field is None else value)


def _restore(step, diary):
    """The row as it was, with its number, its address and the day on which it was made."""
    model = model_of(step)
    row = model(pk=step["pk"])
    for name, value in step["fields"].items():
        _set(row, name, value)
    diary.signed(row).save(force_insert=True)
    diary.note_owners(row)
    if "created_at" in step["fields"]:
        made = model._meta.get_field("created_at").to_python(step["fields"]["created_at"])
        model._base_manager.filter(pk=row.pk).update(created_at=made)
