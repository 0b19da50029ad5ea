"""A call: what was asked, and its state as a function of the time. Nothing ticks."""

from dataclasses import dataclass, field
from typing import Any

from clickcall.simulator.config import Account, Employee, Tag
from clickcall.simulator.plans import Plan, Step

COLLEAGUE = Employee(9_999_999, "Duty Operator", ("0999999",))
"""Answers in an account that has nobody else."""

TALKING = ("Conversation", "Conversation", "Talking")
"""The list of states says Conversation, the documentation's sample says Talking: both occur."""


@dataclass(slots=True)
class Call:
    """`placed_at` and `released_at` are Unix times; `speed` divides every duration of the plan."""

    id: int
    communication_id: int
    account: Account
    contact: str
    virtual_number: str
    direction: str
    employee: Employee | None
    plan: Plan
    placed_at: float
    speed: float
    external_id: str | None = None
    request_id: str | None = None
    dtmf: str = ""
    tags: list[Tag] = field(default_factory=list)
    released_at: float | None = None
    row: dict[str, Any] | None = None

    @property
    def ends_at(self) -> float:
        """When the call ends, or ended, as a Unix time."""
        planned = self.placed_at + self.plan.total / self.speed
        return planned if self.released_at is None else min(planned, self.released_at)

    def is_live(self, now: float) -> bool:
        """Whether the call is running at `now`."""
        return now < self.ends_at

    def elapsed(self, now: float) -> float:
        """Seconds of the plan that have passed at `now`."""
        return min(max(0.0, now - self.placed_at) * self.speed, self.plan.total)

    def durations(self, now: float) -> tuple[int, int]:
        """Whole seconds waited and talked by `now`, as at speed 1."""
        elapsed = self.elapsed(min(now, self.ends_at))
        talked = max(0.0, elapsed - self.plan.wait) if self.plan.connects else 0.0
        return round(elapsed - talked), round(talked)

    def is_talked(self, now: float) -> bool:
        """Whether both sides have been connected by `now`."""
        return self.plan.connects and self.elapsed(min(now, self.ends_at)) > self.plan.wait

    @property
    def finish_reason(self) -> str:
        """What the report says when the call is over."""
        cut_short = self.released_at is not None and self.released_at == self.ends_at
        return "operator_disconnects" if cut_short else self.plan.reason

    @property
    def answerer(self) -> Employee | None:
        """Who picks up on our side; before that, who is rung."""
        return self.colleague if any(step.colleague for step in self.plan.steps) else self.employee

    @property
    def scenario_name(self) -> str:
        """The scenario that the call runs through."""
        number = self.account.number(self.virtual_number)
        return next((one.name for one in number.all_scenarios if one.is_active), "") if number else ""

    @property
    def colleague(self) -> Employee:
        """Who picks up in the employee's stead."""
        others = (one for one in self.account.employees if one != self.employee)
        return next(others, COLLEAGUE)

    def answered(self, step: Step, now: float) -> bool:
        """Whether the party of this step has picked up by `now`."""
        steps = self.plan.steps
        until = sum(one.ring for one in steps[: steps.index(step) + 1])
        return step.answered and self.elapsed(min(now, self.ends_at)) >= until

    def legs(self, now: float) -> list[dict[str, Any]]:
        """The `legs` of `list.calls` at `now`."""
        legs: list[dict[str, Any]] = []
        for position, step in enumerate(self.plan.steps):
            answered = self.answered(step, now)
            legs.extend(
                self._leg(step, employee, answered, self.leg_id(position, employee))
                for employee in self.rung(step, answered)
            )
            if not answered:
                break
        return legs

    def leg_id(self, position: int, employee: Employee | None) -> int:
        """The leg of the plan's step at `position`; a colleague rung beside the employee has one of their own."""
        step = self.plan.steps[position]
        beside = step.colleague and employee == self.colleague
        return self.id % 10**9 * 10 + position * 2 + beside

    def rung(self, step: Step, answered: bool) -> list[Employee | None]:
        """Who is rung in a step, and who is left when somebody has answered; None is the contact."""
        if step.party == "contact":
            return [None]
        if not step.colleague:
            return [self.employee]
        return [self.colleague] if answered else [self.employee, self.colleague]

    def _leg(self, step: Step, employee: Employee | None, answered: bool, leg_id: int) -> dict[str, Any]:
        inward = self.request_id is None
        calling, called = self.virtual_number, self.contact + self.dtmf
        if step.party == "employee":
            calling = self.contact if inward else self.virtual_number
            called = employee.phones[0] if employee and employee.phones else ""
        elif inward:
            calling, called = self.contact, self.virtual_number
        return {
            "leg_id": leg_id,
            "calling_phone_number": calling,
            "called_phone_number": called,
            "is_operator": step.party == "employee",
            "employee_id": employee.id if employee else None,
            "employee_full_name": employee.name if employee else None,
            "record_call_enabled": answered,
            "state": TALKING[self.id % 3] if answered else "Dial",
        }
