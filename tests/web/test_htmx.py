import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from okrapp.web import views
from okrapp.web.htmx import Part, go_to, invalid, is_fragment, partials, respond, selector, toast

FULL, FRAGMENT = "422.html", "components/_form_errors.html"


def make_request(
    method: str = "GET", path: str = "/", *, data: dict[str, str] | None = None, **headers: str
) -> HttpRequest:
    """A request as it is behind the middleware, without a server."""
    factory = RequestFactory()
    make = factory.post if method == "POST" else factory.get
    request: Any = make(path, data or {}, headers=headers)
    request.htmx = HtmxDetails(request)
    request.user = AnonymousUser()
    request.organization = request.membership = request.actor = None
    request.LANGUAGE_CODE = "en"
    request._messages = CookieStorage(request)
    return request


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> Any:
    settings.DEMO = True
    with translation.override("en"):
        yield


def test_htmx_gets_the_part_and_others_the_page() -> None:
    page = respond(make_request(), FULL, FRAGMENT, {"own": ["Nothing fits"]})
    part = respond(make_request(HX_Request="true"), FULL, FRAGMENT, {"own": ["Nothing fits"]})
    assert "<!doctype html>" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert "Nothing fits" in part.content.decode()
    assert page["Vary"] == part["Vary"] == "HX-Request"


def test_a_page_from_the_history_is_a_whole_one() -> None:
    request = make_request(HX_Request="true", HX_History_Restore_Request="true")
    assert not is_fragment(request)
    assert not is_fragment(HttpRequest())


def test_wrong_input_is_422_for_both() -> None:
    for request in (make_request(), make_request(HX_Request="true")):
        assert invalid(request, FULL, FRAGMENT).status_code == 422


def test_partials_update_several_places_at_once() -> None:
    request = make_request("POST", HX_Request="true")
    toast(request, "Saved <b>", undo_url="/undo/")
    response = partials(
        request,
        Part("#summary", FRAGMENT, {"own": ["One"]}),
        Part("#gone", swap="delete"),
        body=FRAGMENT,
        context={"own": ["Next"]},
        close_drawer=True,
        focus=selector("kr", 12),
    )
    html = response.content.decode()
    targets = re.findall(r'<hx-partial hx-target="([^"]+)" hx-swap="([^"]+)">', html)
    assert targets == [("#summary", "outerMorph"), ("#gone", "delete"), ("#toasts", "beforeend")]
    assert html.index("Next") < html.index("<hx-partial")
    assert "Saved &lt;b&gt;" in html
    assert 'hx-post="/undo/"' in html
    assert json.loads(response["HX-Trigger"]) == {"drawer:close": {"focus": "#kr-12"}}


def test_focus_alone_leaves_the_drawer_as_it_is() -> None:
    response = partials(make_request("POST", HX_Request="true"), focus="#kr-12")
    assert json.loads(response["HX-Trigger"]) == {"row:changed": {"focus": "#kr-12"}}
    assert not partials(make_request("POST", HX_Request="true")).has_header("HX-Trigger")


def test_a_toast_is_shown_once() -> None:
    request = make_request("POST", HX_Request="true")
    toast(request, "Saved")
    response = partials(request)
    assert "Saved" in response.content.decode()
    request._messages.update(response)
    following = make_request("POST", HX_Request="true", Cookie=f"messages={response.cookies['messages'].value}")
    assert "Saved" not in partials(following).content.decode()


def test_a_page_nobody_sees_does_not_use_the_toasts_up() -> None:
    """After a redirect inside an htmx request the browser throws the page away and loads it again."""
    request = make_request(HX_Request="true", HX_History_Restore_Request="true")
    toast(request, "Saved")
    page = respond(request, FULL, FRAGMENT)
    assert "Saved" not in page.content.decode()
    later = make_request()
    later._messages = request._messages
    assert "Saved" in respond(later, FULL, FRAGMENT).content.decode()


def test_leaving() -> None:
    assert go_to(make_request("POST"), "/x/").status_code == 302
    response = go_to(make_request("POST", HX_Request="true"), "/x/")
    assert (response.status_code, response["HX-Redirect"]) == (200, "/x/")


def test_saving_in_the_drawer_updates_the_row_and_closes() -> None:
    data = {"value": "60", "confidence": "on_track"}
    request = make_request("POST", "/styleguide/drawer/", data=data, HX_Request="true")
    response = views.styleguide_drawer(request)
    html = response.content.decode()
    assert 'hx-target="#kr-12"' in html
    assert 'id="kr-12"' in html
    assert "Check-in saved" in html


def test_a_wrong_value_comes_back_with_the_form() -> None:
    request = make_request("POST", "/styleguide/drawer/", data={"value": "many"}, HX_Request="true")
    response = views.styleguide_drawer(request)
    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="many"' in html
    assert "Enter a number, such as 41.5." in html
    assert "<html" not in html
