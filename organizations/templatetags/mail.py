"""What pages say about mail: `{% load mail %}`."""

from django import template

from organizations import mail

register = template.Library()


@register.simple_tag
def mail_goes_out() -> bool:
    """`{% mail_goes_out as mails %}`: whether this installation has a mail server."""
    return mail.mail_goes_out()
