"""The seven steps in their order: each looks at what is known and says how it stands."""

from collections.abc import Callable

from ..known import Known
from ..step import Step
from . import address, brand, key, notifications, numbers, people, phones

STEPS: tuple[Callable[[Known], Step], ...] = (
    brand.step,
    key.step,
    address.step,
    numbers.step,
    people.step,
    phones.step,
    notifications.step,
)
