"""What `manage.py check` says about accounts."""

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.checks import Error, Tags, Warning, register
from django.db import connections, router
from django.db.migrations.recorder import MigrationRecorder

MIGRATION = ("accounts", "0001_cache_table")


def missing_tables(databases):
    """(alias, table) of each cache that should be kept in one of these databases and has no table there."""
    kept = [cache for cache in caches.all(initialized_only=False) if isinstance(cache, BaseDatabaseCache)]
    places = [(router.db_for_read(cache.cache_model_class), cache._table) for cache in kept]
    return [
        (alias, table)
        for alias, table in places
        if alias in databases and table not in connections[alias].introspection.table_names()
    ]


def way_out(alias):
    """The command that makes the table; `migrate` makes it once."""
    is_migrated = MIGRATION in MigrationRecorder(connections[alias]).applied_migrations()
    return "manage.py createcachetable" if is_migrated else "manage.py migrate"


@register(Tags.database)
def check_cache(app_configs, databases, **kwargs):
    return [
        Error(
            f"The table “{table}”, in which the server's processes count wrong passwords, is missing.",
            hint=f"Make it with: {way_out(alias)}",
            id="accounts.E001",
        )
        for alias, table in missing_tables(databases or [])
        # migrate checks first, too, and must not be kept from making it.
        if way_out(alias) != "manage.py migrate"
    ]


@register(Tags.security, deploy=True)
def check_second_factor(app_configs, **kwargs):
    if settings.REQUIRE_SECOND_FACTOR:
        return []
    return [
        Warning(
            "Who works at the desk needs no second factor.",
            hint="Take REQUIRE_SECOND_FACTOR=false out of the environment.",
            id="accounts.W001",
        )
    ]
