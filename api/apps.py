from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = "API"

    def ready(self):
        from api.reading import cards, staleness
        from partnerships.dependents import rebuilt
        from partnerships.readiness import empty_with_register

        staleness.watch()
        rebuilt.connect(cards.rebuild)
        empty_with_register("card")
