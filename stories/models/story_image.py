"""The pictures of a story. One that has a file is kept in a few widths, drawn anew from what was given."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.files import follow
from partnerships.files.fields import digest, random_name
from partnerships.files.pictures import renditions
from partnerships.models import PublicationState
from partnerships.models.record import GatedQuerySet

from .news_item import NewsItem

FOLDER = "pictures"


@dataclass(frozen=True)
class Picture:
    """One width of a picture: sides in pixels, size in bytes, and the SHA-256 of its file, a WebP."""

    key: str
    width: int
    height: int
    size: int
    sha256: str

    @property
    def base_name(self):
        return f"{self.key}-{self.width}.webp"

    @property
    def url(self):
        """Where it is shown to whoever may see its story."""
        return reverse("picture-file", args=[self.base_name])


class StoryImageQuerySet(GatedQuerySet):
    def published(self):
        return self.filter(story__state=PublicationState.PUBLISHED)


class StoryImage(models.Model):
    """A picture of the story: whose it is and what it shows, with its file or, without one, as its source gives it."""

    MOVE_TOGETHER = {"sha256": ["key", "sha256", "renditions"]}  # by the one that is shown where two versions differ

    story = models.ForeignKey(NewsItem, models.CASCADE, related_name="images", verbose_name=_("story"))
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Whose picture it is, such as © UNODC.")
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    alt_text = models.CharField(
        _("text alternative"),
        max_length=300,
        blank=True,
        help_text=_("What is to be seen, for those who cannot see it."),
    )
    source_url = models.URLField(_("address"), blank=True, max_length=500)
    key = models.CharField(max_length=32, null=True, blank=True, unique=True, editable=False)
    sha256 = models.CharField(_("SHA-256 of the given file"), max_length=64, blank=True, editable=False)
    # [{"width": 480, "height": 320, "size": 20480, "sha256": "…"}, …], narrowest first; [] for a picture that is not here.
    renditions = models.JSONField(_("sizes"), default=list, blank=True, editable=False)
    objects = StoryImageQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["pk"]

    def __str__(self):
        return self.caption or self.credit

    def clean(self):
        super().clean()
        # A row that is checked before its story is there has none to be shown on.
        if getattr(self, "story", None) and self.story.is_public and (words := self.lacking()):
            raise ValidationError(words)

    def lacking(self):
        """What a picture that is shown must have and this one has not, in words; "" if nothing."""
        if not self.renditions:
            return ""
        wanted = [field for field in ("credit", "alt_text") if not getattr(self, field).strip()]
        names = " · ".join(str(self._meta.get_field(name).verbose_name) for name in wanted)
        words = _("The picture “%(picture)s” lacks what must be said of it before the story goes out: %(names)s.")
        return words % {"picture": str(self) or self.pk or _("new"), "names": names} if wanted else ""

    def take(self, file):
        """Let this uploaded file be the picture; it is written when the row is saved. Raises ValidationError."""
        drawn = renditions(file)
        self.key, self.sha256 = random_name(), digest(file)
        made = {one: digest(ContentFile(one.content)) for one in drawn}
        self.renditions = [
            {"width": one.width, "height": one.height, "size": len(one.content), "sha256": sha256}
            for one, sha256 in made.items()
        ]
        self.unwritten = {
            f"{FOLDER}/{picture.base_name}": one.content for picture, one in zip(self.pictures, drawn, strict=True)
        }

    @property
    def pictures(self):
        """Its sizes as pictures.Picture, narrowest first."""
        return [Picture(self.key, **one) for one in self.renditions]


@receiver(pre_save, sender=StoryImage, dispatch_uid="write-pictures")
def write(sender, instance, **kwargs):
    """The files are there before the row that names them."""
    for name, content in instance.__dict__.pop("unwritten", {}).items():
        default_storage.save(name, ContentFile(content))


follow(
    StoryImage,
    FOLDER,
    lambda image: {f"{FOLDER}/{one.base_name}": one.sha256 for one in image.pictures},
    column="key",
    value=lambda name: name.rpartition("/")[2].partition("-")[0],
)
