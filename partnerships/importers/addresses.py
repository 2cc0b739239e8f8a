"""Addresses for new rows that have none, for a whole file with a few statements."""


class Addresses:
    """Gives what `Record.free_slug` would give, and to no two rows of the file the same."""

    def __init__(self, model):
        self.model, self.taken, self.known = model, set(), set()
        self.next = {}

    def take(self, slugs):
        """No row without an address gets one of these."""
        self.taken |= slugs

    def give(self, records):
        """Set the slugs of these new records. Three statements, and two for each address of which there are several."""
        bases = {id(record): record.slug_base() for record in records}
        self.look_up(set(bases.values()) - self.known)
        for record in records:
            slug = base = bases[id(record)]
            if base in self.taken and base not in self.next:
                self.look_up_all(base)
                self.next[base] = 2
            while slug in self.taken:
                slug = f"{base}-{self.next[base]}"
                self.next[base] += 1
            self.taken.add(slug)
            record.slug = slug

    def look_up(self, bases):
        for source in (self.model._base_manager, self.model.history):
            self.taken |= set(source.filter(slug__in=bases).values_list("slug", flat=True))
        self.known |= bases

    def look_up_all(self, base):
        for source in (self.model._base_manager, self.model.history):
            self.taken |= set(source.filter(slug__startswith=f"{base}-").values_list("slug", flat=True))
