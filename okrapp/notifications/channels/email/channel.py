"""Composing and sending mails of notifications."""

from dataclasses import dataclass
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy, ngettext

from okrapp.notifications.links import absolute, unsubscribe_url
from okrapp.notifications.parcels import Parcel
from okrapp.notifications.registry import NotSent
from organizations.mail import mail_goes_out


@dataclass(frozen=True, slots=True)
class NotificationMail:
    """A finished mail; `message_id` is the same in every attempt, `unsubscribe` empty if there is nothing to stop."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    unsubscribe: str


class EmailChannel:
    """Mail through the mail server of this installation."""

    code = "email"
    label = gettext_lazy("E-mail")
    needs_endpoint = False

    def is_available(self) -> bool:
        """Return whether a mail server is set up."""
        return mail_goes_out()

    def compose(self, parcel: Parcel) -> NotificationMail:
        """Return the mail in the reader's language and on their clock."""
        reader = parcel.reader
        assert reader is not None, "mail goes to members"
        with translation.override(reader.language), timezone.override(reader.clock.zone):
            items = parcel.items()
            slug = parcel.organization.slug
            if len(items) == 1:
                subject = items[0].sentence
            else:
                subject = ngettext("%(count)d news", "%(count)d news", len(items)) % {"count": len(items)}
                subject = f"{parcel.organization.name}: {subject}"
            kinds = sorted({item.kind.code for item in items if item.kind.is_offered})
            unsubscribe = unsubscribe_url(parcel.organization, reader.member, kinds) if kinds else ""
            context = {
                "organization": parcel.organization,
                "items": [(item, absolute(slug, item.mail_path)) for item in items],
                "is_summary": len(items) > 1,
                "reader": reader,
                "settings_url": absolute(slug, "inbox/settings/"),
                "unsubscribe_url": unsubscribe,
                "action": items[0].kind.action if len(items) == 1 and items[0].kind.action else gettext("Open"),
            }
            return NotificationMail(
                to=formataddr((reader.member.display_name, reader.email)),
                subject=" ".join(subject.split()),
                text=render_to_string("notifications/mail/message.txt", context).strip() + "\n",
                html=render_to_string("notifications/mail/message.html", context),
                message_id=f"<{parcel.id}@{urlsplit(settings.OKRAPP_URL).hostname or 'localhost'}>",
                unsubscribe=unsubscribe,
            )

    def send(self, message: NotificationMail) -> None:
        """Hand it to the mail server; raises NotSent, for good when the server refuses the address."""
        import smtplib  # only here: nothing else speaks to mail servers

        headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
        if message.unsubscribe:
            headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail = EmailMultiAlternatives(
            message.subject,
            message.text,
            settings.DEFAULT_FROM_EMAIL,
            [message.to],
            headers=headers,
        )
        mail.attach_alternative(message.html, "text/html")
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _why in error.recipients.values()]
            for_good = all(code >= PERMANENT for code in codes)
            raise NotSent(f"The mail server refuses the address ({codes[0]}).", for_good=for_good) from error


# Answers of a mail server from this number on are final (RFC 5321, 4.2.1).
PERMANENT = 500
