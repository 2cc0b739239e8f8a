"""A kept file as an answer, for a view that has asked the gate."""

import logging

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response, patch_vary_headers

log = logging.getLogger(__name__)

# Whatever a file holds, a browser that shows it runs nothing of it and lets it reach nothing.
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"


def kept_file(request, name, sha256, content_type, save_as=""):
    """Send the file of this name; with `save_as` it is saved under that name and never opened in the browser.

    A shared cache asks again each time: a document may become internal. What a session was shown, nobody keeps.
    Raises Http404 if the file is missing.
    """
    etag = f'"{sha256}"'
    response = get_conditional_response(request, etag=etag) or _open(name, content_type, save_as)
    response["ETag"] = etag
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store" if request.user.is_authenticated else "no-cache"
    patch_vary_headers(response, ("Cookie",))
    return response


def _open(name, content_type, save_as):
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        log.error("The file %s is missing. `manage.py check_files` says whose it is; restore it from a backup.", name)
        raise Http404 from None
    return FileResponse(file, as_attachment=bool(save_as), filename=save_as, content_type=content_type)
