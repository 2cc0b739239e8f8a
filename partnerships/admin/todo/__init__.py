"""What waits at the desk: one small class for each kind of work, and the lists that show exactly its records.

`waiting(user)` counts them all for the desk's first page; `TodoFilter` shows those of one kind in their noun's list. An
app further up adds its own with `register`.
"""

from .filter import TodoFilter
from .task import Task, Theme, register, tasks_of, waiting

__all__ = ["Task", "Theme", "TodoFilter", "register", "tasks_of", "waiting"]
