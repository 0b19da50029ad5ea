"""The set-up as a whole: the steps, which one is next, and whether calls can be made."""

from dataclasses import dataclass, replace

from .known import Known
from .step import State, Step
from .steps import STEPS

_NEEDED = ("brand", "key", "address", "numbers", "people")


@dataclass(frozen=True, slots=True)
class Survey:
    """`is_ready`: nothing keeps people from calling, and one phone at least was proved to ring."""

    steps: list[Step]
    is_ready: bool

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def is_over(self) -> bool:
        return self.done == len(self.steps)


def survey(known: Known) -> Survey:
    """How every step stands; the first one to be done is marked."""
    steps = [look(known) for look in STEPS]
    first = next((place for place, step in enumerate(steps) if step.state in (State.OPEN, State.BAD)), None)
    if first is not None and steps[first].state == State.OPEN:
        steps[first] = replace(steps[first], state=State.NOW)
    needed = all(step.is_done for step in steps if step.slug in _NEEDED)
    return Survey(steps, needed and any(known.is_proved(member) for member in known.callers))
