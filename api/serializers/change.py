"""What happened to the register."""

from rest_framework import serializers

from api.links import WORDS
from partnerships.models import LedgerLine


class ChangeSerializer(serializers.Serializer):
    """One change of one record."""

    number = serializers.IntegerField(help_text="Its number: changes are numbered in their order, without gaps.")
    at = serializers.DateTimeField(help_text="When it was made.")
    noun = serializers.ChoiceField(choices=WORDS, help_text="The kind of record.")
    id = serializers.IntegerField(help_text="The record's number.")
    slug = serializers.CharField(help_text="The last part of its address, as it was then.")
    url = serializers.URLField(allow_null=True, help_text="The record's address in the API; null when it is gone.")
    verb = serializers.ChoiceField(
        choices=LedgerLine.Verb.choices,
        help_text="`published`: it can be read from now on. `changed`: fetch it again. `removed`: it can no longer be "
        "read. `created` (a draft) is for those who work at the desk.",
    )


class ChangesSerializer(serializers.Serializer):
    """A page of changes, the oldest first."""

    next = serializers.URLField(
        help_text="Where to go on, also after the last change: ask there later for what has happened since."
    )
    data_version = serializers.CharField(help_text="The number of the last change there is.")
    changed_at = serializers.DateTimeField(allow_null=True, help_text="When that change was made.")
    results = ChangeSerializer(many=True)
