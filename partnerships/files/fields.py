"""The column of a file that is kept as it was given."""

import secrets
from hashlib import sha256

from django.db import models
from django.db.models.fields.files import FieldFile
from django.urls import reverse


def random_name():
    """32 letters that nobody guesses, and that no other file has."""
    return secrets.token_hex(16)


def digest(file):
    """The SHA-256 of an open file, as 64 hexadecimal digits. Reads it in pieces, from its start."""
    file.seek(0)
    found = sha256()
    while piece := file.read(1 << 20):
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


class KeptFile(FieldFile):
    @property
    def base_name(self):
        """The name without its folder, as addresses have it."""
        return self.name.rpartition("/")[2]

    @property
    def url(self):
        """Where it is shown to whoever may see it. There is no way past that view."""
        return reverse(f"{self.field.model._meta.model_name}-file", args=[self.base_name])


class KeptFileField(models.FileField):
    """Writes the columns `sha256` and `size` (bytes) of its row together with the file."""

    attr_class = KeptFile

    def pre_save(self, instance, add):
        file = getattr(instance, self.attname)
        if file and not file._committed:
            instance.sha256, instance.size = digest(file.file), file.size
        return super().pre_save(instance, add)
