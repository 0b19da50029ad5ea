"""How a call is going to run: who is rung, for how long, who answers, and how it ends. Seconds at speed 1."""

from dataclasses import dataclass
from typing import Literal

from clickcall.simulator.fates import Fate

Party = Literal["employee", "contact"]


@dataclass(frozen=True, slots=True)
class Step:
    """One party is rung for `ring` seconds; `colleague` picks up in the employee's stead."""

    party: Party
    ring: float
    answered: bool = True
    colleague: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps one after the other, then the talk if all were answered."""

    steps: tuple[Step, ...]
    talk: float
    reason: str

    @property
    def wait(self) -> float:
        """Seconds from the beginning until the talk, or until the call is given up."""
        return sum(step.ring for step in self.steps)

    @property
    def connects(self) -> bool:
        """Whether both sides get to talk."""
        return all(step.answered for step in self.steps)

    @property
    def total(self) -> float:
        """Seconds until the call ends by itself."""
        return self.wait + (self.talk if self.connects else 0.0)


FAILURES: dict[Fate, tuple[Party, float, str]] = {
    Fate.BUSY: ("contact", 1.0, "caller_busy"),
    Fate.NO_ANSWER: ("contact", 25.0, "caller_not_responsive"),
    Fate.CONTACT_UNAVAILABLE: ("contact", 2.0, "no_success_caller_call"),
    Fate.EMPLOYEE_NO_ANSWER: ("employee", 20.0, "operator_not_responsive"),
    Fate.PHONE_OFFLINE: ("employee", 0.5, "sip_offline"),
}
"""Who does not answer, after how many seconds, and what the report calls it."""

REASONS = {
    Fate.COLLEAGUE_ANSWERS: "another_operator_answer",
    Fate.UNKNOWN_REASON: "line_quality_disconnects",
}


BLOCKED = Plan((Step("contact", 0.0, answered=False),), 0.0, "numa_in_black_list")
"""A caller on the blacklist gets nowhere: nobody is rung."""


def plan_press(fate: Fate, contact: str, first_call: str) -> Plan:
    """The plan of a call that a request started; varies a little with the last digits of `contact`."""
    employee, client = _steps(fate, int(contact[-4:]))
    steps: list[Step] = []
    for step in (client, employee) if first_call == "contact" else (employee, client):
        steps.append(step)
        if not step.answered:
            return Plan(tuple(steps), 0.0, FAILURES[fate][2])
    variation = int(contact[-4:])
    talk = 600.0 if fate is Fate.LONG_TALK else 12.0 + variation % 11
    usual = "operator_disconnects" if variation % 2 else "caller_disconnects"
    return Plan(tuple(steps), talk, REASONS.get(fate, usual))


def plan_inbound(missed: bool, number_of_call: int) -> Plan:
    """The plan of a call from outside: the caller is on the line from the beginning, the employee is rung."""
    caller = Step("contact", 0.0)
    if missed:
        return Plan((caller, Step("employee", 15.0, answered=False)), 0.0, "operator_not_responsive")
    return Plan((caller, Step("employee", 4.0)), 15.0 + number_of_call % 13, "caller_disconnects")


def _steps(fate: Fate, variation: int) -> tuple[Step, Step]:
    party, ring, _ = FAILURES.get(fate, ("", 0.0, ""))
    employee = Step("employee", 3.0 + variation % 5 * 0.2, colleague=fate is Fate.COLLEAGUE_ANSWERS)
    contact = Step("contact", 5.0 + variation % 7 * 0.4)
    if party == "employee":
        employee = Step("employee", ring, answered=False)
    if party == "contact":
        contact = Step("contact", ring, answered=False)
    return employee, contact
