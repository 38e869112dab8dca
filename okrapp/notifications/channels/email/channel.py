"""Composing and sending mails of notifications."""

import socket
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy, ngettext

from okrapp.notifications.links import absolute, unsubscribe_url
from okrapp.notifications.parcels import Item, Parcel
from okrapp.notifications.problems import problem
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
            subject = items[0].sentence
            if more := len(items) - 1:
                words = ngettext(
                    "%(sentence)s, and %(count)d more message", "%(sentence)s, and %(count)d more messages", more
                )
                subject = words % {"sentence": subject, "count": more}
            kinds = sorted({item.kind.code for item in items if item.kind.is_offered})
            unsubscribe = unsubscribe_url(parcel.organization, reader.member, kinds) if kinds else ""
            context = {
                "organization": parcel.organization,
                "items": [_shown(item, slug, is_only=not more) for item in items],
                "reader": reader,
                "settings_url": absolute(slug, "inbox/settings/"),
                "unsubscribe_url": unsubscribe,
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
        except (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected, *_SILENCE) as error:
            raise NotSent(problem("no_answer", type(error).__name__), is_silent=True) from error


def _shown(item: Item, slug: str, *, is_only: bool) -> dict[str, Any]:
    """Return an item as templates show it: addresses, and its button, without one for news among others."""
    return {
        "sentence": item.sentence,
        "lines": [(text, absolute(slug, path) if path else "") for text, path in item.places],
        "url": absolute(slug, item.mail_path),
        "action": str(item.kind.action) or (gettext("Open") if is_only else ""),
    }


# What a connection to a server that is not there ends with.
_SILENCE = (TimeoutError, ConnectionError, socket.gaierror)
# Answers of a mail server from this number on are final (RFC 5321, 4.2.1).
PERMANENT = 500
