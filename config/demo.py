"""`make demo`: the production server on SQLite, with the demo register, a desk user and a new password for it.

Run as `python -m config.demo`. It can be run again and again: what was edited at the desk meanwhile stays.
"""

import os
import secrets
import socket
import sys
from pathlib import Path

HOST = "127.0.0.1"
USER = "demo"
VAR = Path(__file__).resolve().parent.parent / "var"


def read_port():
    """The port of the environment variable PORT; exits with words for a person if it cannot be used."""
    given = os.environ.get("PORT", "8000")
    if not given.isdecimal() or not 1024 <= int(given) <= 65535:
        sys.exit(f"PORT={given} is not a port. Choose a number between 1024 and 65535, such as PORT=8123.")
    with socket.socket() as probe:
        # Without this, a port that a server has only just left would look used.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(given)))
        except OSError as error:
            sys.exit(f"Port {given} cannot be used ({error.strerror}). Choose another: make demo PORT=8123")
    return int(given)


def keep_settings():
    """The demo's settings as a dictionary, kept in var/demo.env: a secret key that lasts, and where the database is."""
    VAR.mkdir(exist_ok=True)
    file = VAR / "demo.env"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(
            f"SECRET_KEY={secrets.token_urlsafe(50)}\nDATABASE_URL=sqlite:///{VAR / 'demo.sqlite3'}\n"
            # Its files are its own: what another database here names would be orphans of this one.
            f"MEDIA_ROOT={VAR / 'demo-media'}\n"
            f"DEBUG=false\nHTTPS=false\nALLOWED_HOSTS={HOST},localhost\n"
        )
    kept = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    # The password that this prints must open the desk at once, unless somebody has written otherwise into the file.
    return {"REQUIRE_SECOND_FACTOR": "false"} | kept


def main():
    port = read_port()
    os.environ.update(keep_settings())
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

    import django
    from django.core.management import call_command

    django.setup()
    from api.reading.cards import keep_all

    print("Preparing the database ...", flush=True)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo")
    # The register is small: every answer may as well be there before the first question.
    keep_all(missing=True)
    password = renew_password()

    print(f"\nConcord is at      http://{HOST}:{port}/")
    print(f"Its API is at      http://{HOST}:{port}/api/v1/docs/")
    print(f"The desk is at     http://{HOST}:{port}/admin/   user: {USER}   password: {password}")
    print("Stop it with Ctrl+C.\n", flush=True)
    address = ["--host", HOST, "--port", str(port)]
    server = ["granian", "--interface", "wsgi", "--no-ws", "--workers", "2", "--blocking-threads", "4", *address]
    os.execv(sys.executable, [sys.executable, "-m", *server, "config.wsgi:application"])  # noqa: S606 - no shell, every word is ours


def renew_password():
    """Give the demo's desk user a password of this run, and return it."""
    from django.contrib.auth import get_user_model

    password = secrets.token_urlsafe(12)
    user, _created = get_user_model().objects.get_or_create(username=USER)
    user.is_staff = user.is_superuser = user.is_active = True
    user.set_password(password)
    user.save()
    return password


if __name__ == "__main__":
    main()
