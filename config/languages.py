"""The language of a page is in its address: English at /agreements/, French at /fr/agreements/.

No cookie and no header chooses it, so an address can be shared and cached, and shows everybody the same. What has one
address for all (the API, the desk, the health check) answers in English.
"""

from django.conf import settings
from django.utils import translation


class LanguageOfTheAddress:
    """Django's LocaleMiddleware also asks cookies and headers, and leaves its language to whatever the thread does next."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.LANGUAGE_CODE = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(request.LANGUAGE_CODE):
            return self.get_response(request)
