"""`python -m tests.bench`: makes a register, serves it in three ways, asks each the same, and prints how fast it was.

On PostgreSQL if DATABASE_URL names one, in a database of its own beside it that is dropped at the end; otherwise on SQLite
in a temporary file.
"""

import argparse
import os
import secrets
import signal
import sys

from . import scratch

PLENTY = 50_000


def arguments(on_postgresql):
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=10_000 if on_postgresql else 2_000, help="stories (%(default)s)")
    parser.add_argument("--seconds", type=float, default=2, help="of each measurement (%(default)s)")
    parser.add_argument("--repeats", type=int, default=3, help="of which the median counts (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of what is made up (%(default)s)")
    parser.add_argument("--queries", default="", help="such as q1,q7; all seven if left out")
    parser.add_argument("--no-search", action="store_true", help="leave out the search index, and with it Q5")
    parser.add_argument(
        "--cards",
        choices=("all", "asked"),
        help=f"render all rows that could be asked for, or those only that will be (asked, above {PLENTY:,} stories)",
    )
    options = parser.parse_args()
    if options.size < 200:
        parser.error("A register of fewer than 200 stories has no answers to ask for. Take --size 200 or more.")
    options.cards = options.cards or ("all" if options.size <= PLENTY else "asked")
    return options


def main():
    given = os.environ.get("DATABASE_URL", "")
    options = arguments(given.startswith("postgres"))
    # Whoever ends the run gets the database removed and the servers stopped, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before it was done."))
    with scratch.database(given) as address:
        os.environ.update(
            DATABASE_URL=address,
            DJANGO_SETTINGS_MODULE="config.settings",
            SECRET_KEY=secrets.token_urlsafe(50),
            DEBUG="false",
            HTTPS="false",
            ALLOWED_HOSTS="127.0.0.1",
        )
        import django

        django.setup()
        try:
            run(options)
        finally:
            close_connections()


def run(options):
    from django.core.management import call_command
    from django.db import connection

    from . import measuring, report
    from .loading import keep_cards, load
    from .questions import RAW, SYSTEMS, TITLES, choose
    from .servers import running

    wanted = options.queries.lower().split(",") if options.queries else list(TITLES)
    if unknown := set(wanted) - TITLES.keys():
        sys.exit(f"There is no question {', '.join(sorted(unknown))}. Choose among {', '.join(TITLES)}.")
    print(f"Making a register of {options.size:,} stories on {connection.display_name} ...", flush=True)
    call_command("migrate", verbosity=0)
    load(
        options.size,
        options.seed,
        with_search=not options.no_search,
        with_cards=options.cards == "all",
        say=lambda text: print(text, flush=True),
    )
    everything = choose(options.seed, not options.no_search)
    questions = {name: asked for name, asked in everything.items() if name in wanted}
    with running(dict(os.environ), SYSTEMS) as servers:
        if options.cards == "asked":
            keep_cards(measuring.asked_for(servers[RAW], everything))
        print("Comparing the answers ...", flush=True)
        slowest = measuring.compare(servers, questions)
        print(f"Measuring {options.repeats} times {options.seconds:g} s each ...\n", flush=True)
        figures = measuring.measure(servers, questions, options.seconds, options.repeats, options.seed, slowest)
    print(*report.lines(figures), sep="\n")


def close_connections():
    from django.db import connection

    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


if __name__ == "__main__":
    main()
