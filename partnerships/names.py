"""What organizations were called on a day."""

from django.utils.functional import cached_property

from .models import Organization, OrganizationName


class NamesOn:
    """The names of one day, read at once when the first is asked for: few organizations were ever called otherwise."""

    def __init__(self, user, on):
        self.user, self.on = user, on

    @cached_property
    def instead(self):
        return OrganizationName.objects.visible_to(self.user).instead_of_todays(self.on)

    def name(self, record):
        """The record's name or title, as it was on that day if the record is an organization."""
        if not isinstance(record, Organization):
            return str(record)
        return self.instead.get(record.pk, (None, ""))[0] or record.name

    def acronym(self, organization):
        if organization.pk not in self.instead:
            return organization.acronym
        return self.instead[organization.pk][1]
