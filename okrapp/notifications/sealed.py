"""Keeping secrets that must be used again: sealed with a key derived from the installation's secret.

A copy of the database alone tells nobody the addresses and signing secrets in it. SECRET_KEY_FALLBACKS still open what
was sealed before the secret was changed.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"okrapp.notifications.sealed"


class CannotOpen(Exception):
    """Something was sealed with a secret that this installation no longer has."""


def seal(text: str) -> str:
    """Return a text so that only this installation can read it; nothing stays nothing."""
    return _box(_secrets()).encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Return the text that was sealed. Raises CannotOpen."""
    if not sealed:
        return ""
    try:
        return _box(_secrets()).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen("The secret of this installation has changed since; enter it anew.") from error


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


@cache
def _box(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
