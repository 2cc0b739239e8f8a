"""Signing in through the organisation's own OpenID Connect provider, set up by the environment alone."""

from django.core.exceptions import ImproperlyConfigured

PROVIDER = "sso"  # part of the address to which the provider sends people back


def providers(*, issuer, client_id, secret, name, trust_email, secure):
    """allauth's SOCIALACCOUNT_PROVIDERS; {} where nothing is set. Raises ImproperlyConfigured, naming what is wrong."""
    given = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": client_id, "OIDC_CLIENT_SECRET": secret}
    missing = [variable for variable, value in given.items() if not value]
    if len(missing) == len(given):
        return {}
    if missing:
        raise ImproperlyConfigured(f"Set {' and '.join(missing)} too, or none of {', '.join(given)}.")
    if secure and not issuer.startswith("https://"):
        raise ImproperlyConfigured(f"OIDC_ISSUER={issuer} must begin with https://: what it says decides who gets in.")
    app = {
        "provider_id": PROVIDER,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer.rstrip("/"), "verified_email": trust_email, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}
