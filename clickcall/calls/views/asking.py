"""A question about a press, drawn where its button stands. The answer is a press with the same ID."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from ...web.http import MemberRequest, wants_fragment
from .. import buttons


def ask_beside(
    request: MemberRequest, template: str, context: dict[str, Any], *, anew: Collection[str]
) -> HttpResponse:
    """Under the button's row, or above the page; a page of its own without htmx. All that was said goes on, but what
    the question asks for `anew`.
    """
    button = buttons.again(request.POST, request.member)
    context |= {
        "button": button,
        "state_url": replace(button, external_id=request.POST.get("external_id", "")).state_url,
        "fields": {name: value for name, value in request.POST.items() if name not in anew},
    }
    if not wants_fragment(request):
        return render(request, template, context, status=409)
    in_row = button.place == "row"
    response = render(request, f"{template}#{'row' if in_row else 'panel'}", context)
    response["HX-Retarget"] = f"#row-{button.contact_id}" if in_row else "#press-question"
    response["HX-Reswap"] = "afterend" if in_row else "innerHTML"
    response["X-Replaces"] = f"#guard-{button.contact_id}"
    return response
