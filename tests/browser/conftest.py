"""The browser of tests/web, and the invented company in it."""

from tests.web.conftest import chromium, open_page

__all__ = ["chromium", "open_page"]
