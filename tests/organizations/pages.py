"""What a browser would send back from a page: the values of its forms."""

from html.parser import HTMLParser

from django.http.response import HttpResponseBase


class _Forms(HTMLParser):
    """Collects the fields of every posting form."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._inside = False
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._inside = given.get("method") == "post"
            if self._inside:
                self.forms.append({})
        elif not self._inside or "disabled" in given:
            return
        elif tag == "input" and name:
            if given.get("type") not in ("checkbox", "radio"):
                self.forms[-1][name] = given.get("value", "")
            elif "checked" in given:
                self.forms[-1][name] = given.get("value", "on")
        elif tag == "select":
            self._select = name
            self.forms[-1].setdefault(name, "")
        elif tag == "option" and self._select and "selected" in given:
            self.forms[-1][self._select] = given.get("value", "")
        elif tag == "textarea":
            self._textarea = name
            self.forms[-1][name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1][self._textarea] += data.removeprefix("\n")


def form_with(response: HttpResponseBase, field: str) -> dict[str, str]:
    """Return the values of the first posting form of a page that has a field, as a browser would send them."""
    parser = _Forms()
    parser.feed(response.content.decode())
    return next(form for form in parser.forms if field in form)
