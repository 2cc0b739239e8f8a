"""Accounts: signing in, second factors, sessions, and signing in elsewhere."""
