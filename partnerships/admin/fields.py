"""How the desk's boxes ask, and what a record is called where it is chosen: a name does not tell two ministries apart."""

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models


class DeskFields:
    """Boxes that suggest records call them by the `choice_label` of their own admin class, if it has one."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return self._labelled(db_field, super().formfield_for_foreignkey(db_field, request, **kwargs))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return self._labelled(db_field, super().formfield_for_manytomany(db_field, request, **kwargs))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # To delete another record from here would be a surprise, and to look at it its own page is there.
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def _labelled(self, db_field, field):
        if field is not None and self.admin_site.is_registered(db_field.related_model):
            admin = self.admin_site.get_model_admin(db_field.related_model)
            field.label_from_instance = getattr(admin, "choice_label", field.label_from_instance)
        return field


def with_state(name, record):
    """The name, and the state where that is not “published”: a draft among partners should not go unnoticed."""
    return name if record.is_public else f"{name} [{record.get_state_display()}]"
