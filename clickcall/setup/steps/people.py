"""Step 5: people, who they are at the provider, and the number that each calls from."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..known import Known
from ..people_form import PeopleForm
from ..step import State, Step


def step(known: Known) -> Step:
    """Done once somebody can call; who cannot yet is named beside."""
    people, callers = len(known.members), len(known.callers)
    parts = [ngettext("%(count)d person", "%(count)d people", people) % {"count": people}]
    if missing := people - callers:
        parts.append(ngettext("%(count)d has no number", "%(count)d have no number", missing) % {"count": missing})
    return Step(
        "people",
        _("People and their numbers"),
        ", ".join(parts),
        State.DONE if callers else State.OPEN,
        extra={"form": PeopleForm(known=known)},
    )
