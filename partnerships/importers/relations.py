"""The records that a model's own rules look at: what a record leads to, and what its parent stands below."""


class Relations:
    """Gives the records of a batch what their foreign keys lead to, so that no rule asks the database for each of them.

    Parents are remembered for the whole file, with what its rows say about them: two rows may only together make a loop.
    """

    def __init__(self, model):
        self.links = [field for field in model._meta.concrete_fields if field.many_to_one]
        self.above = {}  # id -> record, for the model's parents
        self.moved = {}  # id -> the parent that the file gives it

    def attach(self, records):
        records = list(records)
        for field in self.links:
            ids = {getattr(record, field.attname) for record in records} - {None}
            if field.name == "parent":
                self.moved |= {record.pk: record.parent_id for record in records if record.pk}
                found = self.with_those_above(field, ids)
            else:
                found = field.related_model._base_manager.in_bulk(ids)
            for record in records:
                if other := found.get(getattr(record, field.attname)):
                    setattr(record, field.name, other)

    def with_those_above(self, field, ids):
        """The parents with these ids, each with its own parent, and so on."""
        while unknown := ids - self.above.keys():
            self.above |= dict.fromkeys(unknown) | field.related_model._base_manager.in_bulk(unknown)
            ids = {record.parent_id for pk in unknown if (record := self.above[pk]) and record.parent_id}
        for pk, record in self.above.items():
            if record:
                record.parent = self.above.get(self.moved.get(pk, record.parent_id))
        return self.above

    def detach(self, records):
        """Forget them again: a plan of ten thousand rows must not keep ten thousand records beside its own."""
        for record in records:
            for field in self.links:
                if field.is_cached(record):
                    field.delete_cached_value(record)
