"""Reminders of dates that come near, by mail to the people who look after them: each exactly once, and none lost.

Nothing depends on a run taking place on a certain day. A run asks what is due and has not been sent (occasions),
claims it (claims), writes one mail for each person (message) and remembers that it went out (sending).
"""

from .sending import Failure, Run, preview, send_due

__all__ = ["Failure", "Run", "preview", "send_due"]
