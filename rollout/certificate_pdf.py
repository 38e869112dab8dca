"""The certificate of a course as PDF: what stands on it, in whose language."""

from dataclasses import dataclass

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rollout.lengths import length_in_words
from rollout.models import CourseCertificate


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on a certificate, in words."""

    language: str
    organization: str
    heading: str
    certifies: str
    name: str
    took_part: str
    title: str
    # Pairs of a label and what stands below it.
    details: tuple[tuple[str, str], ...]

    @property
    def everything(self) -> str:
        """All of it in a row: the letters that are needed."""
        texts = (self.organization, self.heading.upper(), self.certifies, self.name, self.took_part, self.title)
        return " ".join([*texts, *(text for pair in self.details for text in pair)])


def printed(certificate: CourseCertificate, organization: str) -> Printed:
    """Return what stands on a certificate, in the language of whoever it belongs to.

    Its enrolment with course, member and user must be loaded.
    """
    enrolment = certificate.enrolment
    user = enrolment.member.user
    language = (user.language if user is not None else "") or translation.get_language() or "en"
    with translation.override(language):
        details = [(_("Issued on"), formats.date_format(certificate.issued_on, "DATE_FORMAT"))]
        if certificate.expires_on is not None:
            details.append((_("Valid until"), formats.date_format(certificate.expires_on, "DATE_FORMAT")))
        if enrolment.course.minutes:
            details.append((_("Length"), length_in_words(enrolment.course.minutes)))
        details.append((pgettext("certificate", "Number"), certificate.number))
        return Printed(
            language=language,
            organization=organization,
            heading=_("Certificate"),
            certifies=_("This certifies that"),
            name=enrolment.member.display_name,
            took_part=_("took part in the course"),
            title=certificate.title,
            details=tuple(details),
        )


def certificate_pdf(words: Printed) -> bytes:
    """Return a certificate as the bytes of a PDF file."""
    # Only here: every process would load for seconds what few of them ever need.
    from rollout.certificate_page import drawn

    return drawn(words)
