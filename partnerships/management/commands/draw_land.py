"""Draw the land of the world map anew: `manage.py draw_land land-110m.json`."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from partnerships.charts import land
from partnerships.charts.world import WORLD

FILE = Path(__file__).resolve().parents[2] / "static" / "partnerships" / "land.svg"


class Command(BaseCommand):
    help = (
        "Draws partnerships/static/partnerships/land.svg from the file land-110m.json of the npm package world-atlas, "
        "which is Natural Earth's land (public domain) as TopoJSON. Needed only if the projection or the map's frame changes."
    )

    def add_arguments(self, parser):
        parser.add_argument("topology", type=Path, help="the TopoJSON file")

    def handle(self, *, topology, **options):
        try:
            outline = land.path(json.loads(topology.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{topology} cannot be read as TopoJSON with an object “land”: {error!r}") from error
        FILE.write_text(drawing(outline), encoding="utf-8")
        self.stdout.write(self.style.SUCCESS(f"{FILE.name}: {FILE.stat().st_size} bytes."))


def drawing(outline):
    """The file. Its path is in whole steps of a fraction of a unit, which are shorter to write than fractions."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{WORLD.view_box}">'
        f"<!-- Natural Earth 1:110m land (public domain), Equal Earth projection; see manage.py draw_land -->"
        f'<path transform="scale({1 / land.GRID:g})" d="{outline}"/></svg>\n'
    )
