"""Say whether a member may do something, and why; for whoever operates the installation."""

import json
import os
from argparse import ArgumentParser
from difflib import get_close_matches
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model

from okrapp.tenancy.context import tenant_context
from okrapp.web.decisions import Denied, who_could
from okrapp.web.wording import in_own_words
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import Membership, Organization
from organizations.queries.rights import explain, find_unseen, sight
from organizations.rights import Action, directory


class Command(BaseCommand):
    """Prints yes or no, the sentence that the member would read, and some who could.

    Also about what the member does not see and would never be told of: whoever operates may know.
    """

    help = "Say whether a member may do something, and because of what or why not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--organization", metavar="SLUG", help="short name in the address")
        parser.add_argument("--member", metavar="EMAIL", help="e-mail address of the member")
        parser.add_argument(
            "--action", required=True, metavar="ACTION", help="such as okrs.edit_objective; “list” prints all there are"
        )
        parser.add_argument("--object", metavar="TYPE:ID", help="such as objective:0190…, team:marketing")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer; CommandError says what does not fit. Ends quietly where `| head` has read enough."""
        try:
            if options["action"] == "list":
                self._list()
            else:
                self._answer(options)
            self.stdout.flush()
        except BrokenPipeError:
            # Python would try once more to write the rest when it ends, and complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stdout.fileno())

    def _list(self) -> None:
        for action in sorted(directory.actions.values(), key=lambda action: action.code):
            self.stdout.write(f"{action.code:40} {_type_of(action):20} {action.label}")

    def _answer(self, options: dict[str, Any]) -> None:
        for name in ("organization", "member"):
            if not options[name]:
                raise CommandError(f"Give --{name}; only --action list needs none.")
        organization = Organization.objects.filter(slug=options["organization"]).first()
        if organization is None:
            raise CommandError(f"There is no organization with the short name {options['organization']!r}.")
        action = _action(options["action"])
        with tenant_context(organization.pk):
            member = Membership.objects.filter(email__iexact=options["member"]).order_by("deactivated_at").first()
            if member is None:
                raise CommandError(f"Nobody in {organization.name} has the e-mail address {options['member']!r}.")
            actor = Actor(member, via=Via.COMMAND)
            about = _thing(action, options["object"])
            if about is not None and isinstance(hidden := sight(actor, about), Denied):
                kind = about._meta.verbose_name
                allowed, sentence = False, f"{member.display_name} does not see this {kind}: {hidden.reason}"
                people = who_could(hidden)
            else:
                answer = explain(actor, action, about)
                allowed, sentence = bool(answer.decision), str(answer.sentence)
                people = who_could(answer.decision)
            could, names = [one.told() for one in people], [in_own_words(one) for one in people]
        if options["json"]:
            told = {"allowed": allowed, "sentence": sentence, "who_could": could}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"{'Yes' if allowed else 'No'}. {sentence}")
        if names:
            self.stdout.write("They could: " + ", ".join(names))


def _type_of(action: Action) -> str:
    return action.about._meta.model_name or "" if action.about is not None else "-"


def _action(code: str) -> Action:
    action = directory.actions.get(code)
    if action is None:
        near = get_close_matches(code, directory.actions, n=3)
        advice = f" Did you mean {', '.join(near)}?" if near else " --action list prints all there are."
        raise CommandError(f"There is no action {code!r}.{advice}")
    return action


def _thing(action: Action, named: str | None) -> Model | None:
    if action.about is None:
        if named:
            raise CommandError(f"{action.code} is about the whole organization: leave --object out.")
        return None
    wanted = _type_of(action)
    if not named:
        raise CommandError(f"{action.code} is about one thing: give --object {wanted}:ID.")
    kind, _colon, key = named.partition(":")
    if kind.lower() != wanted:
        raise CommandError(f"{action.code} is about a {wanted}, not a {kind!r}.")
    about = find_unseen(kind, key)
    if about is None:
        raise CommandError(f"There is no {named!r} in this organization.")
    return about
