"""Saving keeps you where you are; to close the record is a choice of its own."""

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR


class StayingAdmin(admin.ModelAdmin):
    def render_change_form(self, request, context, *args, **kwargs):
        return super().render_change_form(request, {**context, "stays": True}, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return super().response_add(self.staying(request), obj, post_url_continue)

    def response_change(self, request, obj):
        return super().response_change(self.staying(request), obj)

    def staying(self, request):
        """The request, with "Save" understood as what Django calls "Save and continue editing"."""
        if "_save" in request.POST and IS_POPUP_VAR not in request.POST:
            request.POST = request.POST.copy()
            request.POST["_continue"] = request.POST.pop("_save")[0]
        return request
