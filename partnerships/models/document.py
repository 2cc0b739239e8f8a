"""Documents that the register keeps: the signed text of an agreement, a project's report, the minutes of a meeting."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.dates import Dated, DatedModel, precision_field
from partnerships.files import follow
from partnerships.files.fields import KeptFileField, random_name
from partnerships.files.pdf import OnlyPDF

from .agreement import Agreement
from .event import Event
from .project import Project
from .record import GatedQuerySet, PublicationState

OWNERS = ("agreement", "project", "event")
FOLDER = "documents"


class DocumentCategory(models.TextChoices):
    """IATI 2.03, codelist DocumentCategory."""

    A01 = "A01", _("Pre- and post-project impact appraisal")
    A02 = "A02", _("Objectives or purpose of activity")
    A03 = "A03", _("Intended ultimate beneficiaries")
    A04 = "A04", _("Conditions")
    A05 = "A05", _("Budget")
    A06 = "A06", _("Summary information about contract")
    A07 = "A07", _("Review of project performance and evaluation")
    A08 = "A08", _("Results, outcomes and outputs")
    A09 = "A09", _("Memorandum of understanding, agreed by all parties")
    A10 = "A10", _("Tender")
    A11 = "A11", _("Contract")
    A12 = "A12", _("Activity web page")
    B01 = "B01", _("Annual report")
    B02 = "B02", _("Institutional strategy paper")
    B03 = "B03", _("Country strategy paper")
    B04 = "B04", _("Aid allocation policy")
    B05 = "B05", _("Procurement policy and procedure")
    B06 = "B06", _("Institutional audit report")
    B07 = "B07", _("Country audit report")
    B08 = "B08", _("Exclusions policy")
    B09 = "B09", _("Institutional evaluation report")
    B10 = "B10", _("Country evaluation report")
    B11 = "B11", _("Sector strategy")
    B12 = "B12", _("Thematic strategy")
    B13 = "B13", _("Country-level memorandum of understanding")
    B14 = "B14", _("Evaluations policy")
    B15 = "B15", _("General terms and conditions")
    B16 = "B16", _("Organization web page")
    B17 = "B17", _("Country or region web page")
    B18 = "B18", _("Sector web page")


def only(owner):
    """The condition that a document belongs to this owner and to no other."""
    return Q(**{f"{name}__isnull": name != owner for name in OWNERS})


class DocumentQuerySet(GatedQuerySet):
    def published(self):
        """Those that may go out, of records that have."""
        out = Q()
        for owner in OWNERS:
            out |= Q(**{f"{owner}__state": PublicationState.PUBLISHED})
        return self.filter(out, public=True)

    def known_by(self, on):
        """On a day: those not known to be of a later one."""
        return self.exclude(dated_on__gt=on) if on else self


def place_of(document, file_name):
    """Where a given file is kept. Of the name that it was given with, nothing is taken."""
    return f"{FOLDER}/{random_name()}.pdf"


class Document(DatedModel):
    """A PDF, byte by byte as it was given: whoever signed it must find it so."""

    MOVE_TOGETHER = {"sha256": ["file", "sha256", "size"]}  # by the one that is shown where two versions differ
    has_one_owner = True  # though it could be one of several kinds; see partnerships.versions.parts

    title = models.CharField(_("title"), max_length=200)
    file = KeptFileField(
        _("file"), upload_to=place_of, max_length=255, validators=[OnlyPDF()], help_text=_("A PDF of 25 MB at most.")
    )
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), default=0, editable=False)
    category = models.CharField(_("category"), max_length=3, choices=DocumentCategory)
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("ISO 639 code, such as en or fr.")
    )
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    dated_on_precision = precision_field()
    public = models.BooleanField(
        _("public"), default=False, help_text=_("Visitors may read it, as long as the record is published.")
    )
    description = models.TextField(_("description"), blank=True)
    agreement = models.ForeignKey(
        Agreement, models.CASCADE, null=True, blank=True, related_name="files", verbose_name=_("agreement")
    )
    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="files", verbose_name=_("project")
    )
    event = models.ForeignKey(
        Event, models.CASCADE, null=True, blank=True, related_name="files", verbose_name=_("event")
    )
    history = HistoricalRecords()

    dated = Dated()
    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = [F("dated_on").desc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["file"], name="document_file")]
        constraints = [
            models.CheckConstraint(
                condition=only("agreement") | only("project") | only("event"),
                name="document_of_one_record",
                violation_error_message=_("A document belongs to one agreement, project or event."),
            )
        ]

    def __str__(self):
        return self.title


follow(Document, FOLDER, lambda document: {document.file.name: document.sha256}, column="file")
