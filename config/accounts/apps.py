from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "config.accounts"
    verbose_name = "Accounts"

    def ready(self):
        from allauth.account.models import EmailAddress
        from allauth.mfa.models import Authenticator
        from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
        from django.contrib import admin

        from config.accounts import checks, factors, sessions  # noqa: F401 - they register what they check and listen to
        from config.accounts.lost import take_factors_away
        from partnerships.admin.user import DeskUserAdmin

        # allauth would show its tables at the desk, the secrets of second factors among them.
        for model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
            if admin.site.is_registered(model):
                admin.site.unregister(model)
        DeskUserAdmin.actions = [take_factors_away]
