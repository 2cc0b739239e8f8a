from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "stories"
    verbose_name = "The evidence"

    def ready(self):
        import stories.describing  # noqa: F401 - registers how a story is told
        from partnerships.dependents import rebuilt
        from stories import amounts
        from stories.exports import register_table
        from stories.ledger import register_stories as follow_stories
        from stories.proving import register_proofs
        from stories.reporting import register_stories as count_stories
        from stories.search import register_stories as index_stories
        from stories.ties import register_stories as tie_stories

        register_proofs()
        index_stories()
        follow_stories()
        tie_stories()
        register_table()
        count_stories()
        amounts.register_amounts()
        rebuilt.connect(amounts.rebuild)
