"""Tags and filters every screen uses: `{% load ui %}`. docs/interface.md shows each with an example."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from html import unescape
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okrapp.web import fields, icons, markdown, moments, numbers, people, widgets, wording
from okrapp.web.htmx import render_toast, toast_context

register = template.Library()

# Languages that write days with a capital letter inside a sentence too.
CAPITAL_WEEKDAYS = {"en", "de"}
PILL_ICONS = {
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "octagon-alert",
    "info": "info",
    "primary": "circle-dot",
    "neutral": "circle-dashed",
}


@register.simple_tag
def icon(name: str, size: int = 16, **attributes: str) -> SafeString:
    """`{% icon "house" size=20 class="text-muted" %}`: a decorative icon."""
    return icons.icon(str(name), size, attributes.get("class", ""))


@register.filter
def own_words(text: object) -> str:
    """`{{ why_not|own_words }}`: a sentence that names roles, with what they are called in this organization."""
    return _rewritten(text, wording.in_own_words)


@register.filter
def own_label(text: object) -> str:
    """`{{ _("Coaches")|own_label }}`: a label of ours, with what roles are called in this organization."""
    return _rewritten(text, wording.in_own_label)


def _rewritten(text: object, rewrite: Callable[[object], str]) -> str:
    """Exchange words in plain text, or in text made safe for HTML, which it then still is: names are typed."""
    return escape(rewrite(unescape(text))) if isinstance(text, SafeString) else rewrite(text)


@register.simple_tag
def select_options(choices: Iterable[Any], value: Any) -> SafeString:
    """`{% select_options options value %}`: the inside of a select, its pairs of value and label; also thousands."""
    return widgets.options(choices, {str(value)})


@register.simple_tag
def avatar(name: str, size: str = "", label: str | None = None, **attributes: str) -> SafeString:
    """`{% avatar person.display_name %}`: initials; size "lg" or "xl"; label="" when the name stands beside it."""
    name = str(name or "")
    css_class = f"av av-{people.hue(name)} {size} {attributes.get('class', '')}".strip()
    letters = people.initials(name)
    if label == "":
        return format_html('<span class="{}" aria-hidden="true">{}</span>', css_class, letters)
    return format_html(
        '<span class="{}" title="{}"><span aria-hidden="true">{}</span><span class="sr-only">{}</span></span>',
        css_class,
        label or name,
        letters,
        label or name,
    )


@register.simple_tag
def pill(tone: str, label: str, icon: str = "") -> SafeString:
    """`{% pill "warn" _("At risk") %}`: a status as icon, word and colour; tone ok|warn|bad|info|primary|neutral."""
    drawn = icons.icon(icon or PILL_ICONS.get(tone, "circle-dashed"), 12)
    return format_html('<span class="pill tone-{}">{}{}</span>', tone, drawn, label)


# Addresses the frame of the app needs, by view name; those of an organization take its slug.
_OF_ORGANIZATION = {
    "week": "okrs:week",
    "palette": "okrs:palette",
    "queue": "okrs:check_in_queue",
    "map": "okrs:alignment",
    "told": "notifications:preferences",
}
_OF_SITE = {
    "home": "home",
    "profile": "profile",
    "sign_out": "account_logout",
    "organizations": "organization_list",
    "switcher": "organization_switcher",
    "create": "organization_create",
    "operations": "operations",
}


@register.simple_tag(takes_context=True)
def frame_addresses(context: Context) -> dict[str, str]:
    """Where the sidebar and the phone bar lead; a page without an organization lacks some. `addresses` replaces it."""
    if given := context.get("addresses"):
        return dict(given)
    names: list[tuple[str, str, list[str]]] = [(key, name, []) for key, name in _OF_SITE.items()]
    if organization := getattr(context.get("request"), "organization", None):
        names += [(key, name, [organization.slug]) for key, name in _OF_ORGANIZATION.items()]
    found = {}
    for key, name, arguments in names:
        # Apps above this one own these addresses; a site without one of them lacks only the link.
        with suppress(NoReverseMatch):
            found[key] = reverse(name, args=arguments)
    return found


@register.simple_tag(takes_context=True)
def mod_key(context: Context) -> str:
    """The name of the modifier key on the reader's machine: ⌘ on Apple's, Ctrl elsewhere."""
    request = context.get("request")
    agent = request.headers.get("User-Agent", "") if request else ""
    return "⌘" if any(name in agent for name in ("Mac OS", "iPhone", "iPad")) else "Ctrl"


@register.simple_tag(takes_context=True)
def toast_item(context: Context, message: Message) -> SafeString:
    """A toast for a message of Django's messages framework."""
    return mark_safe(render_toast(context.get("request"), **toast_context(message)))  # noqa: S308 - from a template


@register.simple_tag(takes_context=True)
def toast_text(context: Context, text: str, tone: str = "info", undo_url: str = "") -> SafeString:
    """A toast with this text: `{% toast_text _("Copied") tone="ok" %}`."""
    rendered = render_toast(context.get("request"), text=str(text), tone=tone, undo_url=undo_url)
    return mark_safe(rendered)  # noqa: S308 - rendered by a template that escapes


@register.inclusion_tag("components/_field.html")
def field(
    bound: BoundField,
    label: str | None = None,
    help: str | None = None,
    switch: bool = False,
    hide_label: bool = False,
    **attributes: Any,
) -> dict[str, Any]:
    """`{% field form.title placeholder=_("…") autofocus=True %}`: the whole field, for every kind of widget."""
    css_class = attributes.pop("class", "")
    view = fields.describe(
        bound, label=label, help_text=help, switch=switch, hide_label=hide_label, attributes=attributes
    )
    return {"view": view, "css_class": css_class}


@register.inclusion_tag("components/_choice_buttons.html")
def choice_buttons(bound: BoundField, tones: str = "", icons: str = "", label: str | None = None) -> dict[str, Any]:
    """`{% choice_buttons form.confidence tones="ok warn bad" %}`: radio buttons in one row, each with its tone.

    `icons` names other icons than those of the tones, in the same order.
    """
    view = fields.describe(bound, label=label, css_class="sr-only")
    named = icons.split()
    chosen = [
        (choice, tone, named[place] if place < len(named) else PILL_ICONS.get(tone, "circle-dashed"))
        for place, (choice, tone) in enumerate(
            fields.paired([c for c in view.choices if c.data["value"] != ""], tones.split())
        )
    ]
    return {"view": view, "choices": chosen}


@register.inclusion_tag("components/_stepper.html")
def stepper(
    bound: BoundField,
    step: float = 1,
    unit: str = "",
    hint: str = "",
    label: str | None = None,
    **attributes: Any,
) -> dict[str, Any]:
    """`{% stepper form.value step=1 unit="%" hint=_("was 57, target 70") %}`: a number with minus and plus."""
    extra = {"data-stepper": step, "data-select": "", **attributes}
    view = fields.describe(bound, label=label, css_class="stepper-input input", attributes=extra)
    return {"view": view, "step": step, "back": -step, "unit": unit, "hint": hint}


@register.inclusion_tag("components/_form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """`{% form_errors form %}`: what is wrong with the form as a whole, and a list when several fields are."""
    own, wrong = fields.error_summary(form) if form.is_bound else ([], [])
    return {"own": own, "wrong": wrong if len(wrong) > 1 else []}


@register.filter(expects_localtime=True)
def weekday(day: date | None) -> str:
    """`{{ day|weekday }}`: the name of its day as it stands inside a sentence: Friday, Freitag, fredag."""
    name = formats.date_format(day, "l") if day else ""
    return name if (get_language() or "").partition("-")[0] in CAPITAL_WEEKDAYS else name.lower()


@register.filter
def number(value: object, unit: str = "") -> str:
    """`{{ value|number:"%" }}`: in the reader's language, no useless decimals, "–" when missing."""
    return numbers.format_number(value, str(unit or ""))


@register.filter
def short_number(value: object, unit: str = "") -> str:
    """`{{ 1234567|short_number:"€" }}`: like `number`, with large ones abbreviated, for narrow places."""
    return numbers.format_short(value, str(unit or ""))


@register.filter
def percent(share: object, places: int = 0) -> str:
    """`{{ 0.674|percent }}`: 67%."""
    return numbers.format_percent(share, places)


@register.filter
def ago(moment: datetime | date | None) -> str:
    """`{{ check_in.created_at|ago }}`: 2 d ago."""
    return moments.ago(moment or None)


@register.simple_tag
def time_ago(moment: datetime | None) -> SafeString:
    """`{% time_ago check_in.created_at %}`: the short distance, with the exact time for machines and on hover."""
    if moment is None:
        return SafeString("")
    exact = formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, moments.ago(moment))


@register.filter
def initials(name: str) -> str:
    """Up to two letters for a name."""
    return people.initials(str(name or ""))


@register.filter
def hue(name: str) -> int:
    """0 to 5 for a name, for the class `av-<number>`."""
    return people.hue(str(name or ""))


@register.filter(name="plain")
def plain_filter(text: str | None) -> str:
    """`{{ text|plain|truncatechars:220 }}`: the words of a Markdown text, without its marks."""
    return markdown.plain(text)


@register.filter(name="markdown")
def markdown_filter(text: str | None) -> SafeString:
    """`<div class="prose-text">{{ text|markdown }}</div>`: Markdown as safe HTML."""
    return markdown.render(text)


@register.filter
def join_words(words: Sequence[str]) -> str:
    """`{{ names|join_words }}`: "Maja, Elin and Jonas"."""
    items = [str(word) for word in words]
    if len(items) < 2:
        return "".join(items)
    # Translators: joins the last two of a list.
    return _("{first} and {last}").format(first=", ".join(items[:-1]), last=items[-1])
