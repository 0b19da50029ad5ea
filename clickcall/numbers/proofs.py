"""Whether a number rings the phones of its people. Nothing but a phone check tells: "Did YOUR phone ring?"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Member, PhoneAnswer, PhoneCheck, VirtualNumber
from .shown import Pill


@dataclass(frozen=True, slots=True)
class Answer:
    """What a member said last about a number; `other` is who picked up instead, where that is known."""

    answer: str
    at: datetime
    other: str = ""

    @property
    def is_proof(self) -> bool:
        return self.answer == PhoneAnswer.MINE


Answers = dict[tuple[int, int], Answer]


def answers(numbers: Iterable[VirtualNumber]) -> Answers:
    """By number and member, the newest check that was answered."""
    given = PhoneCheck.objects.exclude(answer=PhoneAnswer.NONE)
    later = Q(asked_at__gt=OuterRef("asked_at")) | Q(asked_at=OuterRef("asked_at"), pk__gt=OuterRef("pk"))
    newer = given.filter(later, member=OuterRef("member"), number=OuterRef("number"))
    rows = given.filter(~Exists(newer), number__in=[number.pk for number in numbers])
    return {
        (number, member): Answer(answer, answered_at or asked_at, other or "")
        for number, member, answer, answered_at, asked_at, other in rows.values_list(
            "number_id", "member_id", "answer", "answered_at", "asked_at", "call__answered_by"
        )
    }


def pill(number: VirtualNumber, people: list[Member], said: Answers) -> Pill:
    """The phone check of a number with these people: the first bad news, else how far it is proved."""
    if not people:
        return Pill(_("Nobody to check"), "user-x")
    told = [(person, said.get((number.pk, person.pk))) for person in people]
    for person, answer in told:
        if answer and not answer.is_proof:
            return of_member(person, answer)
    proofs = [answer for _person, answer in told if answer]
    if not proofs:
        return of_member(people[0], None)
    if len(proofs) < len(people):
        counts = {"proved": len(proofs), "all": len(people)}
        return Pill(_("Proved for %(proved)s of %(all)s") % counts, "circle-question-mark", "is-attn")
    return of_member(people[0], min(proofs, key=lambda answer: answer.at))


def of_member(person: Member, answer: Answer | None) -> Pill:
    """The phone check of one member."""
    if answer is None:
        return Pill(_("Not checked yet"), "circle-question-mark", "is-attn")
    if answer.is_proof:
        day = date_format(localtime(answer.at), _("j M"))
        return Pill(pgettext("phone check", "Proved %(day)s") % {"day": day}, "badge-check", "is-good")
    names = {"other": _first_name(answer.other), "name": _first_name(person.name)}
    if answer.answer == PhoneAnswer.NOTHING:
        return Pill(_("%(name)s: nothing rang") % names, "phone-off", "is-attn")
    if answer.other:
        return Pill(_("%(other)s picked up, not %(name)s") % names, "users", "is-attn")
    return Pill(_("%(name)s: another phone") % names, "users", "is-attn")


def _first_name(name: str) -> str:
    """A pill is kept short: the first word of a name."""
    return name.split(maxsplit=1)[0] if name.strip() else name
