"""Whom not to call, and when: an account's company rules, asked before every press and by every button.

`verdict` judges one press, `verdicts` all of a page's contacts; both say the same of the same phone. A verdict blocks,
or asks (a person may go on, mostly with a reason that is recorded), or is empty.
"""

from .findings import Code, Finding, Kind, Verdict
from .weighing import known, verdict, verdicts, weigh
from .words import Words

__all__ = ["Code", "Finding", "Kind", "Verdict", "Words", "known", "verdict", "verdicts", "weigh"]
