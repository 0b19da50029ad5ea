"""A phone check is one real call that ends at one's own phone; its answer is stored once and ends the call."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from support import people
from support.presses import form_of, placed_at, requests_of

from clickcall.calls import services
from clickcall.calls.phone_checks import CheckForm, begin, hang_up_overdue, proofs, tell
from clickcall.models import Account, Call, ContactList, DoNotCall, Member, PhoneAnswer, PhoneCheck
from clickcall.simulator import Simulator

SIP = "0486101"


def begun(member: Member, *, external_id: str = "one", **data: str) -> PhoneCheck:
    form = CheckForm(data, member=member)
    assert form.is_valid(), form.errors
    check = begin(form, external_id=external_id).check
    assert check is not None
    return PhoneCheck.objects.select_related("call").get(pk=check.pk)


def released(simulator: Simulator) -> int:
    return len(requests_of(simulator, "release.call"))


def test_the_call_goes_to_the_members_own_sip_number_and_to_nobody_else(linked: Member, provider: Simulator) -> None:
    check = begun(linked)
    (placed,) = placed_at(provider)
    assert placed["contact"] == SIP
    (request,) = requests_of(provider)
    said = {name: request["params"].get(name) for name in ("first_call", "switch_at_once", "direction")}
    assert said == {"first_call": "employee", "switch_at_once": False, "direction": "out"}
    assert not request["params"].get("early_switching")
    assert (check.member, check.number, check.answer) == (linked, linked.default_number, PhoneAnswer.NONE)


def test_it_is_a_call_in_the_log_that_belongs_to_no_client(linked: Member, leads: ContactList) -> None:
    people.make_contact(leads, "Somebody", SIP)
    call = begun(linked).call
    assert call is not None
    assert (call.contact_name, call.contact, call.contact_phone) == ("Phone check", None, SIP)


def test_somebody_without_a_link_is_called_on_the_phone_they_type(mine: Simulator, anna: Member) -> None:
    begun(anna, phone="8 926 000-00-77")
    assert [line["contact"] for line in placed_at(mine)] == ["79260000077"]


def test_a_typed_phone_that_nobody_may_call_is_not_called_for_a_check(mine: Simulator, anna: Member) -> None:
    DoNotCall.objects.create(account=anna.account, digits="79260000077", member=anna)
    form = CheckForm({"phone": "8 926 000-00-77"}, member=anna)
    assert form.errors.as_data()["contact"][0].code == "do_not_call"
    assert placed_at(mine) == []


def test_a_linked_phone_is_not_overruled_by_what_is_sent(linked: Member, provider: Simulator) -> None:
    begun(linked, phone="+79260000077")
    assert [line["contact"] for line in placed_at(provider)] == [SIP]


@pytest.mark.parametrize("phone", ["", "12", "+74993720692"])
def test_a_phone_that_cannot_be_called_is_refused_in_words(mine: Simulator, anna: Member, phone: str) -> None:
    form = CheckForm({"phone": phone}, member=anna)
    assert not form.is_valid()
    assert list(form.errors) == ["contact"]


def test_nobody_without_a_number_begins_a_check(account: Account, anna: Member) -> None:
    form = CheckForm({"phone": "+79260000077"}, member=anna)
    assert "virtual_phone_number" in form.errors


def test_the_same_id_again_begins_nothing(linked: Member, provider: Simulator) -> None:
    assert begun(linked).pk == begun(linked).pk
    assert len(placed_at(provider)) == 1


def test_a_running_call_asks_first_like_any_press(linked: Member, provider: Simulator) -> None:
    services.place_call(form_of(linked), external_id="a-client")
    form = CheckForm({}, member=linked)
    assert form.is_valid()
    asked = begin(form, external_id="one")
    assert asked.check is None
    assert [question.code for question in asked.questions] == ["in_call"]
    assert begin(form, external_id="one", confirmed={"in_call"}).check is not None


@pytest.mark.parametrize("answer", ["mine", "other", "nothing"])
def test_the_answer_is_stored_once_and_ends_the_call(linked: Member, provider: Simulator, answer: str) -> None:
    check = begun(linked)
    assert tell(check, PhoneAnswer(answer), member=linked) is True
    assert tell(check, PhoneAnswer.MINE, member=linked) is False
    check.refresh_from_db()
    assert (check.answer, check.answered_at is not None) == (answer, True)
    assert released(provider) == 1
    assert Call.objects.get(pk=check.call_id).closed_at is not None
    assert proofs(linked.account)[linked.pk, linked.default_number_id or 0].is_mine is (answer == "mine")


def test_a_check_that_nobody_answers_ends_by_itself_once(linked: Member, provider: Simulator) -> None:
    check = begun(linked)
    assert hang_up_overdue() == 0
    PhoneCheck.objects.filter(pk=check.pk).update(asked_at=now() - timedelta(seconds=41))
    assert hang_up_overdue() == 1
    assert hang_up_overdue() == 0
    assert released(provider) == 1
    assert tell(check, PhoneAnswer.NOTHING, member=linked) is True  # it can still be said what rang


def test_an_answer_before_the_providers_own_ends_the_call_as_soon_as_it_can(
    linked: Member, provider: Simulator
) -> None:
    check = begun(linked)
    session = Call.objects.get(pk=check.call_id).call_session_id
    Call.objects.filter(pk=check.call_id).update(call_session_id="")
    tell(check, PhoneAnswer.MINE, member=linked)
    Call.objects.filter(pk=check.call_id).update(call_session_id=session)
    PhoneCheck.objects.filter(pk=check.pk).update(answered_at=now() - timedelta(seconds=3))
    assert (released(provider), hang_up_overdue(), released(provider)) == (0, 1, 1)
    assert hang_up_overdue() == 0


@pytest.mark.parametrize("facts", [{"is_final": True}, {"call_session_id": ""}])
def test_what_is_over_or_was_never_accepted_is_left_alone(linked: Member, provider: Simulator, facts: Any) -> None:
    check = begun(linked)
    Call.objects.filter(pk=check.call_id).update(**({"status": "ended"} | facts))
    PhoneCheck.objects.filter(pk=check.pk).update(asked_at=now() - timedelta(seconds=41))
    assert hang_up_overdue() == 0
    assert released(provider) == 0


def test_proofs_are_the_newest_answers_of_each_member_and_number(linked: Member, boris: Member) -> None:
    number = linked.default_number
    common = {"account": linked.account, "number": number}
    PhoneCheck.objects.create(member=linked, answer="mine", asked_at=now() - timedelta(days=1), **common)
    PhoneCheck.objects.create(member=linked, answer="other", **common)
    PhoneCheck.objects.create(member=linked, answer="", **common)
    PhoneCheck.objects.create(member=boris, answer="mine", **common)
    found = {key: proof.answer for key, proof in proofs(linked.account).items()}
    assert number is not None
    assert found == {(linked.pk, number.pk): "other", (boris.pk, number.pk): "mine"}
