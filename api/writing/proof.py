"""What a story proves: rows of evidence, each about one record, figure or promise."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.filters import nearest, refusal
from stories.models import Evidence
from stories.models.evidence import TARGETS

from .shape import Rows
from .values import LONGEST_WORD

# What has no address of its own is named by its number.
BY_NUMBER = ("measurement", "commitment")


class Target:
    """`{"type": "agreement", "slug": "unodc-fifa-mou"}`, or with the `id` of a measurement or commitment."""

    name = "target"
    fields = list(TARGETS)
    required = True
    default = None
    expected = _("Say what it proves, such as {“type”: “agreement”, “slug”: …}.")

    def read(self, raw, reader):
        kind = raw.get("type") if isinstance(raw, dict) else None
        if not isinstance(kind, str):
            raise refusal(self.expected)
        if kind not in TARGETS:
            message = _("“%(word)s” is not possible here. Possible are: %(values)s.")
            kind = kind[:LONGEST_WORD]
            raise refusal(message % {"word": kind, "values": ", ".join(TARGETS)}, nearest(kind, TARGETS))
        model = Evidence._meta.get_field(kind).related_model
        if kind not in BY_NUMBER:
            return kind, reader.record(model, raw)
        number = raw.get("id")
        found = model.objects.filter(pk=number).first() if type(number) is int and 0 < number < 10**18 else None
        if found is None:
            raise refusal(_("Name the %s by its id, as its record shows it.") % model._meta.verbose_name)
        return kind, found

    def put(self, instance, value):
        kind, record = value or (None, None)
        for name in TARGETS:
            setattr(instance, name, record if name == kind else None)

    def get(self, instance):
        return next(((name, pk) for name in TARGETS if (pk := getattr(instance, f"{name}_id")) is not None), None)

    def key(self, value):
        return value and (value[0], value[1].pk)

    def schema(self):
        return {
            "type": "object",
            "required": ["type"],
            "properties": {
                "type": {"type": "string", "enum": list(TARGETS)},
                "slug": {"type": "string", "maxLength": 120},
                "id": {"type": "integer"},
            },
            "description": str(self.__doc__),
        }


class Claims(Rows):
    """Whoever writes a claim vouches for it, as at the desk."""

    def __init__(self, name, model):
        super().__init__(name, model, ["claim", "excerpt", Target()], ["claim", "target"])

    def before_save(self, instance, reader):
        instance.confirmed_by, instance.confirmed_on = reader.user, timezone.localdate()
