"""When a telephone is lost: an administrator takes a person's second factor away, so that they can set up a new one."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


@admin.action(description=_("Take the second factor away (lost phone)"), permissions=["change"])
def take_factors_away(modeladmin, request, queryset):
    """Of those whom the administrator may change. Their sessions are closed to the desk until there is a new one."""
    done = 0
    for user in queryset:
        if modeladmin.has_change_permission(request, user):
            gone, _kinds = Authenticator.objects.filter(user=user).delete()
            if gone:
                done += 1
                modeladmin.log_change(request, user, "second factor taken away")
                get_adapter(request).send_notification_mail("mfa/email/taken_away", user)
    said = ngettext("The second factor of %d person is taken away.", "Those of %d persons are taken away.", done) % done
    modeladmin.message_user(request, said, messages.SUCCESS if done else messages.WARNING)
