"""Pages for requests that cannot be served."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from clickcall.models import Member


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_link_to_where_only_buttons_send_leads_to_a_page_that_says_so(
    client: Client, as_: Callable[[Member], Client], anna: Member, is_signed_in: bool
) -> None:
    answer = (as_(anna) if is_signed_in else client).get(reverse("calls:press"))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Nobody was called" in answer.content.decode()


def test_a_part_of_a_page_is_not_answered_with_a_whole_one(as_: Callable[[Member], Client], anna: Member) -> None:
    answer = as_(anna).get(reverse("calls:press"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (405, b"")
