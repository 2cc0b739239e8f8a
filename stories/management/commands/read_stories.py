"""Turn text files into draft stories: `manage.py read_stories brochure.txt`."""

import json

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from stories.actions import Drafted, Source, compare_with_register, draft_stories, open_source
from stories.reading.encodings import Unreadable
from stories.reading.items import Item


class Command(BaseCommand):
    help = (
        "Reads text files (UTF-8) and makes a draft of each dated story in them. A story that was read before is "
        "not made again. What could not be read is named with its line."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="a text file, as UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, and write nothing")
        parser.add_argument("--json", action="store_true", help="with --dry-run: print the stories as JSON")

    def handle(self, *, files, dry_run, json, **options):
        if json and not dry_run:
            raise CommandError("--json shows what would be made. Add --dry-run.")
        sources = self._open(files)
        for source in sources:
            self._print_problems(source)
        if json:
            self._print_json([item for source in sources for item in source.reading.items])
            return
        for source in sources:
            self._report(source, self._compare(source) if dry_run else self._draft(source), dry_run)

    def _open(self, files) -> list[Source]:
        """Read all files before anything is written, and name each one that cannot be read."""
        sources, refusals = [], []
        for path in files:
            try:
                sources.append(open_source(path))
            except Unreadable as error:
                refusals.append(str(error))
        if refusals:
            raise CommandError("\n".join([*refusals, "Nothing was written."]))
        return sources

    def _compare(self, source: Source) -> list[Drafted]:
        return compare_with_register(source=source)

    def _draft(self, source: Source) -> list[Drafted]:
        try:
            return draft_stories(source=source)
        except ValidationError as error:
            reasons = " ".join(error.messages)
            raise CommandError(f"{source.path}: {reasons} Nothing of this file was written.") from error

    def _print_problems(self, source: Source) -> None:
        reading = source.reading
        problems = [*reading.problems, *(problem for item in reading.items for problem in item.problems)]
        for problem in sorted(problems, key=lambda problem: problem.line):
            self.stderr.write(f"{source.path}:{problem.line}: {problem.message}", style_func=self.style.WARNING)

    def _report(self, source: Source, results: list[Drafted], dry_run: bool) -> None:
        for result in results:
            item = result.item
            if result.created:
                sign, rest = "+", ""
            else:
                sign, rest = "=", f" (already there: story {result.story.pk})" if result.story else " (already above)"
            self.stdout.write(f"{sign} {source.path}:{item.line}: {item.start or 'no date'}  {item.title}{rest}")
        new = sum(result.created for result in results)
        noun, verb = "story" if new == 1 else "stories", "would be drafted" if dry_run else "drafted"
        there = len(results) - new
        self.stdout.write(self.style.SUCCESS(f"{source.path}: {new} {noun} {verb}, {there} already there."))

    def _print_json(self, items: list[Item]) -> None:
        self.stdout.write(json.dumps([_as_json(item) for item in items], ensure_ascii=False, indent=2))


def _as_json(item: Item) -> dict:
    """Return the item with its dates in ISO 8601, or null, and its credits as they were written."""
    return {
        "title": item.title,
        "start": item.start.isoformat() if item.start else None,
        "end": item.end.isoformat() if item.end else None,
        "body": item.body,
        "image_credits": [credit.written for credit in item.image_credits],
        "links": [{"title": link.title, "url": link.url} for link in item.links],
        "line": item.line,
    }
