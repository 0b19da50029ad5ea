"""Pages in a browser, each looked at by axe and for what sticks out, with rows that a test has made."""

from collections.abc import Iterator

from django.test import Client
from playwright.sync_api import Page

from clickcall.models import Member

from .browser import axe_violations, overflow, shoot
from .world import World, patterns

WIDE, NARROW, NARROWEST = 1280, 390, 320


def let_in(page: Page, url: str, member: Member, *, theme: str, width: int) -> None:
    """Signs the browser in without the form; narrow pages are in Russian, whose words are the longer ones."""
    member.user.theme, member.user.language = theme, "ru" if width == NARROW else "en"
    member.user.save()
    client = Client()
    client.force_login(member.user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def addresses(world: World, member: Member) -> Iterator[tuple[str, str]]:
    """Name and address of every page of the project that this member gets to see."""
    client = Client()
    client.force_login(member.user)
    for name, _pattern in patterns():
        path = world.address(name)
        answer = client.get(path)
        if answer.status_code == 200 and not answer.streaming and b"<html" in answer.content:
            yield name, path


def faults(page: Page, name: str, *, width: int, theme: str) -> list[str]:
    """What is wrong with the page as it stands, one line each."""
    found = [f"{name}: {line}" for line in axe_violations(page)]
    shoot(page, f"{name.replace(':', '-')}-{theme}-{width}")
    widths = (width, NARROWEST) if width == NARROW else (width,)
    for wide in widths:
        page.set_viewport_size({"width": wide, "height": 800})
        if too_wide := overflow(page):
            found.append(f"{name}: {too_wide} pixels too wide at {wide}")
            shoot(page, f"{name.replace(':', '-')}-{theme}-{wide}")
    page.set_viewport_size({"width": width, "height": 800})
    return found
