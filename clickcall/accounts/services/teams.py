"""Creating and renaming teams."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...models import Account, Team
from ...models.saving import save_changes
from .rules import check_fields, unique

TAKEN = _("There is a team of this name. Choose another one.")


def create_team(*, account: Account, name: str) -> Team:
    team = Team(account=account)
    team.name = _free_name(team, name)
    with unique("name", TAKEN):
        team.save(force_insert=True)
    return team


def rename_team(team: Team, *, name: str) -> bool:
    """True when the name is another one than before."""
    name = _free_name(team, name)
    with unique("name", TAKEN):
        return save_changes(team, name=name)


def _free_name(team: Team, name: str) -> str:
    """The name without blanks around it. Compared here as well: SQLite's LOWER knows no Cyrillic."""
    name = name.strip()
    check_fields(team, {"name": name})
    others = Team.objects.filter(account=team.account).exclude(pk=team.pk).values_list("name", flat=True)
    if name.casefold() in {other.casefold() for other in others}:
        raise ValidationError({"name": [TAKEN]})
    return name
