"""The filter of the desk's lists that shows what waits."""

from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .task import tasks_of


class TodoFilter(admin.SimpleListFilter):
    """One kind of work; a noun without any has no such filter."""

    title = _("what is to do")
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        self.tasks = {task.name: task for task in tasks_of(model_admin.model, request.user)}
        return [(name, capfirst(task.title)) for name, task in self.tasks.items()]

    def queryset(self, request, queryset):
        task = self.tasks.get(self.value())
        return queryset.filter(pk__in=task.records(request.user).order_by().values("pk")) if task else queryset
