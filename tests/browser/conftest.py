"""The product and the people who walk through it."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from support.browser import browser_type_launch_args, open_browser, sign_in, watch
from support.live import PASSWORD, Live, Seller, running

__all__ = ["browser_type_launch_args", "open_browser", "watch"]

Enter = Callable[..., Page]


@pytest.fixture(scope="session", autouse=True)
def _rows_beside_a_browser() -> None:
    """Playwright keeps an event loop in the test's thread; Django would refuse to touch a row there."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The product with calls that run as fast as real ones."""
    with running(tmp_path_factory.mktemp("live"), speed=1, sellers=40) as product:
        yield product


@pytest.fixture
def seller(live: Live) -> Seller:
    return live.seller()


@pytest.fixture
def enter(live: Live, open_browser: Enter) -> Enter:
    """enter(username, password=…, **options of the browser) -> their first page."""

    def start(username: str, password: str = PASSWORD, **options: object) -> Page:
        return sign_in(open_browser(**options), live.url, username, password)

    return start
