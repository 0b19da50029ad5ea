"""Which tests a plain `pytest` runs: everything that carries none of the four marks.

`-m` is a choice of one's own; then nothing is added to it.
"""

import pytest

APART = ("browser", "postgres", "storm", "full")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects what is marked, unless `-m` was given."""
    if config.option.markexpr:
        return
    apart = [item for item in items if any(item.get_closest_marker(name) for name in APART)]
    if apart:
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if item not in set(apart)]
