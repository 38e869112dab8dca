"""A real browser for the behaviour of the pages; skipped by name where the machine has none."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

# Playwright's synchronous interface runs an event loop in this thread, which Django would take for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How long a page may take on a busy machine before a test gives it up, in milliseconds.
PATIENCE = 30_000

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium found on the machine."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "no Chromium on this machine"
        pytest.fail(reason) if os.environ.get("OKRAPP_CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, settings: Any) -> Iterator[Any]:
    """Opens a path in a browser window of its own; at the end, nothing may have been said on its console."""
    settings.DEMO = True
    contexts = []
    said: list[str] = []

    def open_page(path: str = "/styleguide/", *, width: int = 1440, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(live_server.url + path)
        page.wait_for_selector('html[data-ready="1"]')
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A refused request is told by the browser itself; tests that provoke one look at the toast.
    assert [text for text in said if "Failed to load resource" not in text and "htmx:response:error" not in text] == []
