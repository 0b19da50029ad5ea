"""What the steps look at, read once for a page. Nobody is asked: that is what the buttons are for."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from ..accounts import doctor
from ..accounts.services import free_employees, suggestions
from ..calls import webhooks
from ..calls.phone_checks import Proof, offline, proofs
from ..models import Account, Employee, Member, Token, VirtualNumber
from ..numbers import sync


@dataclass(frozen=True)
class Known:
    """An account as one of its admins sees it."""

    admin: Member

    @property
    def account(self) -> Account:
        return self.admin.account

    @property
    def brand(self) -> str:
        return str(self.account.brand_name)

    @cached_property
    def tokens(self) -> list[Token]:
        """In their order of use."""
        return list(self.account.tokens.usable())

    @cached_property
    def diagnosis(self) -> doctor.Diagnosis | None:
        """The newest examination; None before the first one."""
        return doctor.latest(self.account)

    @cached_property
    def sync(self) -> sync.State:
        return sync.state(self.account)

    @cached_property
    def numbers(self) -> list[VirtualNumber]:
        """All that the provider has told or an admin has added; those that are gone are left out."""
        return list(VirtualNumber.objects.filter(account=self.account, gone_at=None))

    @cached_property
    def members(self) -> list[Member]:
        """Everybody who may sign in, with number and employee."""
        found = Member.objects.active().filter(account=self.account)
        return list(found.select_related("user", "default_number", "employee"))

    @cached_property
    def proofs(self) -> dict[tuple[int, int], Proof]:
        return proofs(self.account)

    @cached_property
    def offline(self) -> dict[int, datetime]:
        return offline(self.account)

    @cached_property
    def notifications(self) -> dict[str, datetime]:
        """When each event last came."""
        return webhooks.last_seen(self.account)

    @cached_property
    def employees(self) -> list[Any]:
        """Those at the provider whom nobody is linked to."""
        return list(free_employees(self.account))

    @cached_property
    def suggestions(self) -> dict[int, Employee]:
        return suggestions(self.account, self.employees)

    @property
    def callers(self) -> list[Member]:
        """Members whose own number can be called from."""
        return [member for member in self.members if member.default_number and not member.default_number.trouble]

    def is_proved(self, member: Member) -> bool:
        """Whether the member's number was proved to ring the member's phone."""
        proof = self.proofs.get((member.pk, member.default_number_id or 0))
        return proof is not None and proof.is_mine
