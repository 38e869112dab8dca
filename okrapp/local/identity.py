"""As whom PostgreSQL runs: it refuses root, and machines differ in what they offer root instead."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from okrapp.local.checkout import Checkout
from okrapp.local.processes import Account, ServerError
from okrapp.local.wheels import PostgresFiles

CLONE_NEWUSER = 0x10000000
OWN_UIDS = range(59000, 60000)  # ordinary range, far above what machines give out


def _known_uid() -> int:
    """A user other than root that the machine knows by name: initdb looks its own name up."""
    known = {entry.pw_uid for entry in pwd.getpwall()}
    for uid in (1, *sorted(known)):  # 1 is "daemon" nearly everywhere
        if uid in known and 0 < uid < 65534:
            return uid
    raise ServerError("PostgreSQL refuses root, and this machine knows no other user: add one (useradd okrapp).")


def _enter_namespace(uid: int) -> Callable[[], None]:
    """In the child: the same user outside, `uid` inside, so that files of root stay reachable below /root."""
    outside_uid, outside_gid = os.geteuid(), os.getegid()
    unshare = ctypes.CDLL(None, use_errno=True).unshare

    def enter() -> None:
        if unshare(CLONE_NEWUSER):
            raise OSError(ctypes.get_errno(), "unshare")
        for file, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{uid} {outside_uid} 1"),
            ("gid_map", f"{uid} {outside_gid} 1"),
        ):
            descriptor = os.open(f"/proc/self/{file}", os.O_WRONLY)
            os.write(descriptor, text.encode())
            os.close(descriptor)

    return enter


def _namespace_works(account: Account, files: PostgresFiles, checkout: Checkout) -> bool:
    probe = ["/bin/sh", "-c", 'test -w "$1" && exec "$2" --version', "sh", str(checkout.var)]
    try:
        shown = subprocess.run(
            [*probe, str(files.programmes / "postgres")], capture_output=True, preexec_fn=account.prepare
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return shown.returncode == 0


def _own_uid(checkout: Checkout) -> int:
    """A user id nobody on this machine has, the same for this checkout every time."""
    start = int(checkout.elsewhere.name, 16) % len(OWN_UIDS)
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    return next(uid for uid in (*OWN_UIDS[start:], *OWN_UIDS[:start]) if uid not in taken)


class Place:
    """Where PostgreSQL's data and programmes are and who runs them."""

    def __init__(self, folder: Path, files: PostgresFiles, server: Account, maker: Account) -> None:
        """`maker` runs initdb, (by name), `server` the server. They differ outside a namespace only."""
        self.folder = folder
        self.files = files
        self.server = server
        self.maker = maker

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.folder / "data"

    def give_to(self, account: Account, *paths: Path) -> None:
        """Make files and folders with their contents belong to the account, if it is another user."""
        if account.uid is None:
            return
        for path in paths:
            for inside in [path, *path.rglob("*")]:
                os.chown(inside, account.uid, account.gid or account.uid, follow_symlinks=False)


def place_for(checkout: Checkout, files: PostgresFiles, way: str = "") -> Place:
    """Decide as whom PostgreSQL runs in this checkout, and prepare the folders.

    `way` forces "namespace" or "user"; otherwise the place that holds data is kept, else the namespace tried.
    Side effects: makes the folder; for another user copies the programmes and moves data once.
    Raises ServerError if none works.
    """
    inside = checkout.var / "postgres"
    if os.geteuid() != 0:
        inside.mkdir(parents=True, exist_ok=True)
        if inside.stat().st_uid != os.geteuid():
            owner = inside.stat().st_uid
            raise ServerError(f"{inside} belongs to user {owner}: run this as that user, or give it to yours.")
        return Place(inside, files, Account(), Account())
    checkout.var.mkdir(parents=True, exist_ok=True)
    if inside.exists() and inside.stat().st_uid != 0:
        owner = inside.stat().st_uid
        raise ServerError(f"{inside} belongs to user {owner}: run this as that user instead of root.")
    if way != "user" and not (checkout.elsewhere / "data").exists():
        uid = _known_uid()
        account = Account(prepare=_enter_namespace(uid))
        if _namespace_works(account, files, checkout):
            inside.mkdir(exist_ok=True)
            return Place(inside, files, account, account)
    if way == "namespace":
        raise ServerError("This machine does not let root make a user namespace.")
    try:
        return _as_other_user(checkout, files, inside)
    except (OSError, subprocess.SubprocessError) as error:
        raise ServerError(
            "PostgreSQL refuses to run as root, and this machine allows neither a user namespace nor another "
            f"user id ({error}). Run this as an ordinary user, or set DATABASE_URL to a server of your own."
        ) from error


def _as_other_user(checkout: Checkout, files: PostgresFiles, inside: Path) -> Place:
    """Data and a copy of the programmes below `elsewhere`, run by a user id of the checkout's own."""
    folder = checkout.elsewhere
    folder.mkdir(parents=True, exist_ok=True)
    for level in (folder.parent, folder):
        level.chmod(0o755)  # made under a strict umask the other user could not pass
    uid, maker_uid = _own_uid(checkout), _known_uid()
    server, maker = Account(uid, uid), Account(maker_uid, maker_uid)
    copy = files.moved_to(folder / "programmes")
    mark = folder / "programmes" / "made-from"
    stat = (files.programmes / "postgres").stat()
    source = f"{files.base} {stat.st_mtime_ns} {stat.st_size}"
    if not mark.exists() or mark.read_text() != source:
        shutil.rmtree(copy.base, ignore_errors=True)
        for tree in files.trees:
            shutil.copytree(files.base / tree, copy.base / tree, symlinks=True)
        for path in [copy.base, *copy.base.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        mark.write_text(source)
    # A root that may not become others (a container without that capability) is found out here.
    probe = [str(copy.programmes / "postgres"), "--version"]
    subprocess.run(probe, check=True, capture_output=True, user=uid, group=uid, extra_groups=[])
    place = Place(folder, copy, server, maker)
    if (inside / "data").exists() and not place.data.exists():
        for item in list(inside.iterdir()):  # the machine allowed a namespace earlier and does no more
            shutil.move(item, folder / item.name)
        place.give_to(server, place.data)
    return place
