"""Posting to addresses that members enter, which must not lead into the operator's own network.

The name is looked up once, every answer is checked, and the connection goes to what was checked (ssrfguard); redirects
are not followed, proxies of the environment not used. Operators open networks of their own by OKRAPP_WEBHOOK_NETWORKS.
"""

import contextlib
import email.utils
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from ipaddress import ip_network
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from ssrfguard import DEFAULT_DENIED, AddressTable, Block, BlockedAddressError, Policy, Reach, SSRFGuardError, resolve
from ssrfguard.httpx import Client
from ssrfguard.resolvers import UdpResolver

from okrapp.notifications.problems import problem
from okrapp.notifications.registry import NotSent
from organizations.errors import Refused

Result = TypeVar("Result")

# Seconds for each step of a connection, and for all of a message: the other side may let single bytes drip.
STEP, ALL = 5.0, 12.0
# As much of an answer as is read and kept.
ANSWER_BYTES = 300
GONE = 410
_SUCCESS = range(200, 300)
_LONGEST_WAIT = timedelta(days=1)
_LONGEST_ADDRESS = 2000
# What the library denies, and the addresses that a translator (SIIT, RFC 2765) turns into those of IPv4, also inside.
_INSIDE = AddressTable(
    (*DEFAULT_DENIED.blocks, Block(ip_network("::ffff:0:0:0/96"), "Translated IPv4", "RFC 2765", Reach.DENIED))
)
# Where https is spoken.
_PORTS = frozenset({443})


def look_up(*args: Any, **kwargs: Any) -> Iterable[Any]:
    """Find the addresses of a name, as socket.getaddrinfo does, but within seconds; tests put another one here."""
    return UdpResolver(timeout=STEP)(*args, **kwargs)


def check_address(address: str) -> str:
    """Return the host of an address that messages may be posted to; one lookup of its name, before any write.

    Raises Refused, for the field `address`, with what is wrong with it.
    """

    def check(policy: Policy) -> str:
        target = policy.check_url(address)
        resolve(target, policy=policy, resolver=look_up)
        return str(target.host)

    try:
        return _by_policies(check)
    except SSRFGuardError as error:
        raise Refused({"address": _why(address, error)}) from error
    except (OSError, ValueError) as error:
        text = _("This host cannot be found. Copy the address once more, or try again in a minute.")
        raise Refused({"address": text}) from error


@dataclass(frozen=True, slots=True)
class Posting:
    """A finished message to an address. `gone` are the answers that say nobody listens there any more."""

    address: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[int] = frozenset({GONE})


def post(posting: Posting) -> int:
    """Post a message; returns the status of an answer that says it was taken.

    Raises NotSent with the answer: `is_gone` for one that says the other side wants no more, `wait` when it says how
    long to leave it alone. Takes ALL seconds at most, and a little for the step it is in.
    """
    try:
        answer = _by_policies(lambda policy: _exchange(policy, posting))
    except SSRFGuardError as error:
        raise NotSent(problem("not_allowed")) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise NotSent(problem("no_answer", type(error).__name__)) from error
    if answer.status in _SUCCESS:
        return answer.status
    raise NotSent(
        problem("answer", answer.status, answer.text),
        answer=answer.status,
        is_gone=answer.status in posting.gone,
        wait=_wait(answer.retry_after),
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    text: str
    retry_after: str


def _by_policies(ask: Callable[[Policy], Result]) -> Result:
    """Ask under the operator's own networks first, if any are open, and then as everybody else."""
    own, everybody = _policies(tuple(settings.OKRAPP_WEBHOOK_NETWORKS))
    if own is not None:
        with contextlib.suppress(SSRFGuardError):
            return ask(own)
    return ask(everybody)


@cache
def _policies(networks: tuple[str, ...]) -> tuple[Policy | None, Policy]:
    """Return what may be reached of the operator's own networks, if anything, and of the internet.

    Inside one's own network ports are what they are, and not every receiver there speaks TLS.
    """
    everybody = Policy(
        denied_networks=_INSIDE,
        allowed_schemes=frozenset({"https"}),
        allowed_ports=_PORTS,
        max_url_length=_LONGEST_ADDRESS,
        max_connection_attempts=2,
    )
    if not networks:
        return None, everybody
    nothing_else = AddressTable(
        tuple(
            Block(ip_network(whole), "Not opened by the operator", "", Reach.DENIED) for whole in ("0.0.0.0/0", "::/0")
        )
    )
    own = Policy(
        allowed_ports=frozenset(range(1, 65536)),
        allowed_networks=tuple(ip_network(one) for one in networks),
        denied_networks=nothing_else,
        max_url_length=_LONGEST_ADDRESS,
        max_connection_attempts=2,
    )
    return own, everybody


def _exchange(policy: Policy, posting: Posting) -> _Answer:
    client = Client(policy=policy, resolver=look_up, timeout=STEP, trust_env=False, follow_redirects=False)
    # The client's limits are for each step; whoever lets an answer drip is cut off by this.
    guard = threading.Timer(ALL, client.close)
    guard.daemon = True
    guard.start()
    headers = {"Content-Type": "application/json", "User-Agent": "okrapp", **posting.headers}
    try:
        with client, client.stream("POST", posting.address, content=posting.body, headers=headers) as response:
            text = b""
            # A status is an answer, whatever becomes of the text behind it.
            with contextlib.suppress(httpx.HTTPError, httpx.StreamError, OSError):
                for chunk in response.iter_raw(ANSWER_BYTES):
                    text += chunk
                    if len(text) >= ANSWER_BYTES:
                        break
            shown = " ".join(text[:ANSWER_BYTES].decode("utf-8", "replace").replace("\x00", "").split())
            return _Answer(response.status_code, shown, response.headers.get("retry-after", ""))
    finally:
        guard.cancel()


def _wait(retry_after: str) -> timedelta | None:
    """Return how long the other side asks for (RFC 9110, 10.2.3: seconds or a date), a day at most."""
    if retry_after.isdecimal():
        return min(timedelta(seconds=int(retry_after[:9])), _LONGEST_WAIT)
    with contextlib.suppress(ValueError, TypeError):
        moment = email.utils.parsedate_to_datetime(retry_after)
        return min(max(moment - timezone.now(), timedelta(0)), _LONGEST_WAIT)
    return None


def _why(address: str, error: SSRFGuardError) -> str:
    """Say what is wrong with an address to whoever entered it."""
    if not address.lower().startswith("https://"):
        return _("Enter an address that begins with https://, so that nobody can read along.")
    # Of an address that is a number the policy refuses the URL, because of the number.
    if isinstance(error, BlockedAddressError) or isinstance(error.__cause__, BlockedAddressError):
        return _("This address leads into an internal network, where nothing may be sent.")
    with contextlib.suppress(ValueError):
        parts = urlsplit(address)
        if parts.username is not None:
            return _("Leave user name and password out of the address.")
        if parts.port not in (None, *_PORTS):
            return _("Leave the port out of the address: messages go to the usual one for https://, 443.")
    return _("This is no address that anything can be sent to. Copy it once more.")
