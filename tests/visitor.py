"""Somebody with a browser: reads pages, follows links and presses buttons by the words on them.

What a page does not offer cannot be done here: links must be there to be followed, and a form sends the fields it has.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin

from django.http.response import HttpResponseBase
from django.test import Client

from organizations.models import Membership
from tests.factories.worlds import user_of

HOST = "http://testserver"
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
UNSEEN = frozenset(("script", "style", "template", "noscript", "title"))


class Node:
    """An element of a page."""

    def __init__(self, tag: str = "", attrs: dict[str, str] | None = None, parent: "Node | None" = None) -> None:
        self.tag, self.attrs, self.parent = tag, attrs or {}, parent
        self.children: list[Node | str] = []

    def all(self, *tags: str) -> Iterator["Node"]:
        """Every element below with one of the tags, in order."""
        for child in self.children:
            if isinstance(child, Node) and child.tag not in UNSEEN:
                if child.tag in tags or not tags:
                    yield child
                yield from child.all(*tags)

    @property
    def text(self) -> str:
        """What one can read of it, on one line."""
        return " ".join(" ".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        if self.tag in ("a", "button") and self.attrs.get("aria-label"):
            yield self.attrs["aria-label"]
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNSEEN:
                yield from child._words()

    def up(self) -> Iterator["Node"]:
        """The element itself and whatever it stands in, from inside out."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


class _Reader(HTMLParser):
    def __init__(self, root: Node) -> None:
        super().__init__()
        self.at = root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        opened = next((node for node in self.at.up() if node.tag == tag), None)
        if opened is not None and opened.parent is not None:
            self.at = opened.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def read(html: str) -> Node:
    """Return a page, or a part of one, as its elements."""
    root = Node()
    _Reader(root).feed(html)
    return root


def fields_of(form: Node) -> dict[str, list[str]]:
    """Return what a form would send as it stands."""
    values: dict[str, list[str]] = {}
    for node in form.all("input", "select", "textarea"):
        name, kind = node.attrs.get("name", ""), node.attrs.get("type", "text")
        if not name or "disabled" in node.attrs or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio"):
            if "checked" in node.attrs:
                values.setdefault(name, []).append(node.attrs.get("value", "on"))
        elif node.tag == "select":
            options = list(node.all("option"))
            chosen = [one for one in options if "selected" in one.attrs] or options[:1]
            values[name] = [one.attrs.get("value", one.text) for one in chosen]
        elif node.tag == "textarea":
            values[name] = ["".join(str(part) for part in node.children).removeprefix("\n")]
        else:
            values.setdefault(name, []).append(node.attrs.get("value", ""))
    return values


def _choice(form: Node, name: str, words: str) -> list[str]:
    """Return what is sent for a field when somebody chooses or types words in it."""
    named = [node for node in form.all("input", "select", "textarea") if node.attrs.get("name") == name]
    assert named, f"There is no field {name} in: {form.text}"
    options = [(one.text, one.attrs.get("value", one.text)) for node in named for one in node.all("option")]
    for node in named:
        if node.attrs.get("type") in ("checkbox", "radio"):
            label = next((one for one in node.up() if one.tag == "label"), node)
            labels = [label, *(one for one in form.all("label") if one.attrs.get("for") == node.attrs.get("id", "-"))]
            options += [(one.text, node.attrs.get("value", "on")) for one in labels]
    if not options:
        return [words]
    found = [value for text, value in options if text.startswith(words)] or [v for _, v in options if v == words]
    assert found, f"{words!r} cannot be chosen for {name}: {options}"
    return found[:1]


class Visitor:
    """One person of the organization and their browser: a page, and the drawer over it."""

    def __init__(self, member: Membership, slug: str) -> None:
        self.home = f"/o/{slug}/"
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(user_of(member))
        self.url = self.home
        self.drawer: Node | None = None
        self._answer = Node()
        self.page = Node()

    @property
    def shown(self) -> Node:
        """What one looks at: the drawer while it is open, else the page."""
        return self.drawer or self.page

    def open(self, address: str = "", status: int = 200) -> "Visitor":
        """Go to an address, absolute or below the organization's own; none is My week."""
        self.url = urljoin(self.home, address)
        response = self.client.get(self.url, follow=True)
        self._land(response, status)
        return self

    def reload(self) -> "Visitor":
        """Look again: what others did meanwhile is on it now."""
        return self.open(self.url)

    def follow(self, words: str, beside: str = "") -> "Visitor":
        """Follow the link with these words; of several, the one that stands nearest to `beside`."""
        link = self._find(words, beside, "a")
        address = urljoin(self.url, link.attrs["href"])
        if "data-drawer" not in link.attrs:
            return self.open(address)
        self.drawer = read(self._content(self.client.get(address, headers=self._headers()), 200))
        self._answer = self.drawer
        return self

    def fill(self, name: str, words: str) -> "Visitor":
        """Type into a field that asks the server while one types, and let the answer appear where it belongs."""
        asked = next(node for node in self.shown.all("input", "textarea", "select") if node.attrs.get("name") == name)
        form = next(node for node in asked.up() if node.tag == "form")
        asked.attrs["value"] = words
        query = urlencode(fields_of(form), doseq=True)
        response = self.client.get(f"{asked.attrs['hx-get']}?{query}", headers=self._headers())
        part = read(self._content(response, 200))
        self._answer = part
        self._swap(self._place(asked.attrs["hx-target"]), part, asked.attrs["hx-swap"])
        return self

    def press(self, words: str, beside: str = "", status: int = 200, **values: str | bool | list[str]) -> "Visitor":
        """Press the button with these words after filling in its form.

        A choice is named by its words; True and False tick a box; a list ticks exactly those boxes.
        """
        button = self._find(words, beside, "button", having=tuple(values))
        form = next(node for node in button.up() if node.tag == "form")
        data: dict[str, Any] = fields_of(form)
        for name, value in values.items():
            if isinstance(value, bool):
                data[name] = _choice(form, name, "") if value else []
            elif isinstance(value, list):
                data[name] = [one for words in value for one in _choice(form, name, words)]
            else:
                data[name] = _choice(form, name, value)
        if button.attrs.get("name"):
            data[button.attrs["name"]] = [button.attrs.get("value", "")]
        self.send(form, button, data, status)
        return self

    def send(self, form: Node, button: Node, data: dict[str, Any], status: int = 200) -> None:
        """Send a form as its markup says: through htmx, or as a plain page that leads on to another."""
        address = button.attrs.get("hx-post") or form.attrs.get("hx-post")
        if not address:
            address = button.attrs.get("formaction") or form.attrs.get("action") or self.url
            response = self.client.post(urljoin(self.url, address), data, follow=True)
            self.url = response.redirect_chain[-1][0] if response.redirect_chain else self.url
            self._land(response, status)
            return
        response = self.client.post(urljoin(self.url, address), data, headers=self._headers())
        answer = read(self._content(response, status))
        self._answer = Node()
        self._answer.children = list(answer.children)
        if status in (403, 404):
            return  # htmx leaves the page as it is; a toast says why
        if "HX-Redirect" in response.headers:
            self.open(response.headers["HX-Redirect"])
            return
        parts = [node for node in answer.children if isinstance(node, Node) and node.tag == "hx-partial"]
        answer.children = [node for node in answer.children if node not in parts]
        if answer.text and form.attrs.get("hx-swap") != "none":
            target = form.attrs.get("hx-target", "")
            if target:
                self._swap(form if target == "this" else self._place(target), answer, form.attrs.get("hx-swap", ""))
            else:
                self.drawer = answer
        if "drawer:close" in response.headers.get("HX-Trigger", ""):
            self.drawer = None
        for part in parts:
            self._swap(self._place(part.attrs["hx-target"]), part, part.attrs["hx-swap"])

    def _place(self, target: str) -> Node | None:
        roots = (self.drawer, self.page)
        found = (
            node for root in roots if root for node in root.all() if node.attrs.get("id") == target.removeprefix("#")
        )
        return next(found, None)

    @staticmethod
    def _swap(place: Node | None, part: Node, how: str) -> None:
        """Put what the server sent where it belongs, as htmx does; a place that is not on the page stays away."""
        if place is None:
            return
        if how in ("innerHTML", "beforeend"):
            place.children = [*(place.children if how == "beforeend" else []), *part.children]
            holder = place
        else:
            assert place.parent is not None
            holder, at = place.parent, place.parent.children.index(place)
            holder.children[at : at + 1] = [] if how == "delete" else part.children
        for child in part.children:
            if isinstance(child, Node):
                child.parent = holder

    @property
    def text(self) -> str:
        """What one reads in the drawer or on the page, without what frames every page."""
        return next(iter(self.shown.all("main")), self.shown).text

    def sees(self, *words: str) -> "Visitor":
        """Fail unless all of the words stand in what one looks at."""
        text = self.text
        for one in words:
            assert one in text, f"{one!r} is not to be read in {self.url}: {text}"
        return self

    def misses(self, *words: str) -> "Visitor":
        """Fail if one of the words stands in what one looks at."""
        text = self.text
        for one in words:
            assert one not in text, f"{one!r} is to be read in {self.url}: {text}"
        return self

    def told(self, *words: str) -> "Visitor":
        """Fail unless the last answer said all of the words."""
        said = self._answer.text
        for one in words:
            assert one in said, f"{one!r} was not said: {said}"
        return self

    def close(self) -> "Visitor":
        """Close the drawer."""
        self.drawer = None
        return self

    def beside(self, words: str) -> str:
        """Return what the row or card says in which words stand: the smallest list item, article or section."""
        holders = [node for node in self.shown.all("li", "article", "section", "tr") if words in node.text]
        assert holders, f"No row says {words!r} in {self.url}: {self.shown.text}"
        return min(holders, key=lambda node: len(node.text)).text

    def _find(self, words: str, beside: str, tag: str, having: tuple[str, ...] = ()) -> Node:
        found = [node for node in self.shown.all(tag) if node.text.startswith(words) and "disabled" not in node.attrs]
        if having:
            forms = [next((one for one in node.up() if one.tag == "form"), node) for node in found]
            names = [{one.attrs.get("name") for one in form.all("input", "select", "textarea")} for form in forms]
            found = [node for node, known in zip(found, names, strict=True) if set(having) <= known]
        assert found, f"Nothing to press says {words!r} in {self.url}: {self.shown.text}"
        exact = [node for node in found if node.text == words]
        if not beside:
            return (exact or found)[0]
        assert beside in self.shown.text, f"Nothing says {beside!r} in {self.url}: {self.shown.text}"
        return min(found, key=lambda node: next(n for n, one in enumerate(node.up()) if beside in one.text))

    def _headers(self) -> dict[str, str]:
        return {"HX-Request": "true", "HX-Current-URL": HOST + self.url}

    def _land(self, response: HttpResponseBase, status: int) -> None:
        self.page, self.drawer = read(self._content(response, status)), None
        self._answer = self.page

    def _content(self, response: HttpResponseBase, status: int) -> str:
        content = response.content.decode()
        assert response.status_code == status, f"{response.status_code} from {self.url}: {read(content).text}"
        return content
