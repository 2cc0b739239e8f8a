from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = "The register"

    def ready(self):
        from partnerships import checks  # noqa: F401 - registers what it checks
        from partnerships.exports.nouns import register_nouns as register_tables
        from partnerships.ledger.beginning import begin
        from partnerships.ledger.nouns import register_nouns as follow_nouns
        from partnerships.readiness import empty_with_register
        from partnerships.reporting.nouns import register_nouns as count_nouns
        from partnerships.search.nouns import register_nouns as index_nouns
        from partnerships.ties.nouns import register_nouns as tie_nouns

        for table in ("search_index", "tie"):
            empty_with_register(table)
        index_nouns()
        follow_nouns()
        tie_nouns()
        register_tables()
        count_nouns()
        post_migrate.connect(begin, sender=self)
