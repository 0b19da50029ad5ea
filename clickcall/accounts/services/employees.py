"""Who a member is at the provider: an admin confirms the link, ClickCall only suggests it."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ...models import Account, Employee, Member
from ...models.directory import PresentQuerySet
from ...models.saving import save_changes

TAKEN = _("This employee is linked to somebody else already.")


@transaction.atomic
def link_employee(member: Member, employee: Employee | None) -> bool:
    """Says who the member is at the provider; None takes the link away. True when something changed.

    Raises `ValidationError` at `employee` for one of another account, one that is gone there, or one who is linked to
    another active member.
    """
    Account.objects.select_for_update(no_key=True).get(pk=member.account_id)
    if employee is not None and employee.pk != member.employee_id:
        if employee.account_id != member.account_id or employee.gone_at:
            raise ValidationError({"employee": [_("Choose an employee of this account.")]})
        if _is_taken(member, employee.pk):
            raise ValidationError({"employee": [TAKEN]})
    return save_changes(member, employee=employee)


def drop_taken_link(member: Member) -> bool:
    """For somebody who comes back: their employee may be linked to a successor by now."""
    return bool(member.employee_id and _is_taken(member, member.employee_id)) and save_changes(member, employee=None)


def free_employees(account: Account, *, beside: Member | None = None) -> PresentQuerySet:
    """Employees at the provider whom no active member is linked to; the one of `beside` is among them."""
    linked = Member.objects.active().filter(account=account).exclude(employee=None)
    if beside is not None:
        linked = linked.exclude(pk=beside.pk)
    present = Employee.objects.filter(account=account, gone_at=None)
    return present.exclude(pk__in=linked.values("employee"))


def suggestions(account: Account, free: "list[Employee] | None" = None) -> dict[int, Employee]:
    """Who the active members without a link seem to be: {key of the member: employee}. `free`: if read already.

    The user name is the employee's e-mail, or both have the same name, whatever the order of its words. A name that two
    people share suggests nobody.
    """
    employees: list[Any] = list(free_employees(account)) if free is None else free
    if not employees:
        return {}
    members = list(Member.objects.active().filter(account=account, employee=None).select_related("user"))
    found = _pairs(
        [(member.user.username.casefold(), member.pk) for member in members if "@" in member.user.username],
        [(employee.email.casefold(), employee) for employee in employees if employee.email],
    )
    used = {employee.pk for employee in found.values()}
    by_name = _pairs(
        [(_name_key(member.name), member.pk) for member in members if member.pk not in found],
        [(_name_key(employee.name), employee) for employee in employees if employee.pk not in used],
    )
    return by_name | found


def _pairs(members: list[tuple[str, int]], employees: list[tuple[str, Employee]]) -> dict[int, Employee]:
    """Those who share a key that nobody else has."""
    known = dict(employees)
    unique = _once(key for key, _row in employees) & _once(key for key, _pk in members)
    return {pk: known[key] for key, pk in members if key in unique}


def _once(keys: Iterable[str]) -> set[str]:
    return {key for key, count in Counter(keys).items() if key and count == 1}


def _name_key(name: str) -> str:
    """The words of a name in small letters, in the order of the alphabet."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(sorted(plain.split()))


def _is_taken(member: Member, employee: int) -> bool:
    others = Member.objects.active().filter(account_id=member.account_id, employee_id=employee)
    return others.exclude(pk=member.pk).exists()
