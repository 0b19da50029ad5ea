"""Presses that a company rule stopped are written down, wherever they came from."""

from ...contacts.rules import Kind, stopped
from ..forms import CallForm


def note_forbidden(form: CallForm) -> None:
    """Of a form that was refused: only what a rule forbids is a rule's doing."""
    if form.verdict.kind == Kind.BLOCK:
        note_stopped(form)


def note_stopped(form: CallForm) -> None:
    """Of a press that is asked about: what the rules found, if they found anything."""
    if form.verdict.findings:
        stopped.note_stopped(form.verdict, member=form.member, contact=form.person, digits=form.digits)
