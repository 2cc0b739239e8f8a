"""Accounts at the desk: signing in, the second factor, sessions. django-allauth does the work; here is what it does for us."""
