"""Publication at the desk: who may choose which state, and the actions that move many records at once."""

from django.contrib import admin, messages
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerships import actions
from partnerships.publication import may_change, may_publish, met, require_ready, require_still, states_for


def _action(name, move, description, permission):
    """An admin action that hands the chosen records to one function of `actions.py` and says what became of each."""

    def run(modeladmin, request, queryset):
        chosen = modeladmin.model._default_manager.filter(pk__in=queryset.order_by().values("pk"))
        modeladmin.report(request, move(records=list(chosen), by=request.user))

    run.__name__ = name
    return admin.action(run, permissions=[permission], description=description)


publish = _action("publish", actions.publish, _("Publish"), "publish")
send_to_review = _action("send_to_review", actions.send_to_review, _("Send to review"), "change")
archive = _action("archive", actions.archive, _("Archive"), "publish")
return_to_draft = _action("return_to_draft", actions.return_to_draft, _("Return to draft"), "change")


class PublishingAdmin(admin.ModelAdmin):
    """Editors prepare, publishers let go out. What is or was public is read-only for editors."""

    actions = [publish, send_to_review, archive, return_to_draft]
    radio_fields = {"state": admin.HORIZONTAL}

    def has_publish_permission(self, request):
        return may_publish(request.user, self.model)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or may_change(request.user, obj))

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "state":
            allowed = states_for(request.user, self.model)
            kwargs["choices"] = [(state.value, state.label) for state in allowed]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        obj._history_user = request.user
        if "state" in form.changed_data and change:
            obj._change_reason = f"moved to “{obj.get_state_display()}”"
        request.goes_out = obj.is_public and (not change or "state" in form.changed_data)
        request.met = met(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Only now all rows are there that a public record needs. Raises NotReady, which takes everything back.

        What is only imagined is asked when it is to be: `put` does.
        """
        super().save_related(request, form, formsets, change)
        if request.goes_out:
            require_ready(form.instance)
        elif not getattr(request, "imagining", False):
            require_still(form.instance, request.met)

    def get_view_on_site_url(self, obj=None):
        """The record's page. Of a draft it is a preview: whoever works at the desk sees it, a visitor does not."""
        return obj.get_absolute_url() if obj is not None and obj.slug else None

    def report(self, request, moved):
        """Say what became of the chosen records."""
        if moved.done:
            done = ngettext("%(count)d record: %(state)s.", "%(count)d records: %(state)s.", len(moved.done))
            state = moved.done[0].get_state_display()
            self.message_user(request, done % {"count": len(moved.done), "state": state}, messages.SUCCESS)
        if moved.unchanged:
            same = ngettext("%d record was there already.", "%d records were there already.", len(moved.unchanged))
            self.message_user(request, same % len(moved.unchanged), messages.INFO)
        if moved.refused:
            listed = format_html_join(
                " ", "“{}”: {}", ((record, " ".join(reasons)) for record, reasons in moved.refused)
            )
            self.message_user(request, _("Not done: %s") % listed, messages.ERROR)
