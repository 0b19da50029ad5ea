"""Which tests a plain `pytest` runs: everything that carries none of the four marks.

`-m` is a choice of one's own; then nothing is added to it. What is about one database is not run on another.
"""

import pytest
from django.db import connection

APART = ("browser", "postgres", "storm", "full")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects what is about another database, and what is marked, unless `-m` was given."""
    _leave_out(config, items, [item for item in items if _is_elsewhere(item)])
    if not config.option.markexpr:
        _leave_out(config, items, [item for item in items if any(item.get_closest_marker(name) for name in APART)])


def _is_elsewhere(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("only_on")
    return mark is not None and connection.vendor not in mark.args


def _leave_out(config: pytest.Config, items: list[pytest.Item], left_out: list[pytest.Item]) -> None:
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
