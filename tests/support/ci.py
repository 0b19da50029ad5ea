"""Where everything is installed a skipped test is a failed one: `CLICKCALL_CI=1`, set by `.ci/run`."""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def nothing_skipped(report: Report) -> Report:
    """The report, failed if it was a skip. An expected failure (`xfail`) is none."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped here. {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    return nothing_skipped(report) if os.environ.get("CLICKCALL_CI") else report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    return nothing_skipped(report) if os.environ.get("CLICKCALL_CI") else report
