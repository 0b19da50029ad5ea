"""Eight people press at the same moment, again and again: nobody ever gets what somebody else has."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from support import people
from support.presses import at_once

from clickcall.contacts import queue
from clickcall.contacts.queue import results
from clickcall.models import ContactList, Member, QueueEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("worked_before", [False, True], ids=["never worked", "due by the plan"])
def test_eight_people_at_once_never_get_the_same_contact(anna: Member, leads: ContactList, worked_before: bool) -> None:
    crowd = [people.make_contact(leads, f"Person {place}", f"7926555{place:04}") for place in range(24)]
    if worked_before:
        given = {"account": anna.account, "list": leads, "next_attempt_at": now()}
        QueueEntry.objects.bulk_create(QueueEntry(contact=contact, **given) for contact in crowd)
    team = [people.make_member(anna.account, f"seller{place}") for place in range(8)]

    def work(place: int) -> list[int]:
        found = []
        member = Member.objects.select_related("account").get(pk=team[place].pk)
        while offer := queue.next_for(member, leads):
            found.append(offer.contact.pk)
            results.postpone(offer.contact, member, now() + timedelta(days=1))
        return found

    given_out = [key for found in at_once(8, work) for key in found]
    assert sorted(given_out) == sorted(contact.pk for contact in crowd)


def test_what_eight_people_hold_at_once_is_theirs_alone(anna: Member, leads: ContactList) -> None:
    for place in range(6):
        people.make_contact(leads, f"Person {place}", f"7926555{place:04}")
    team = [people.make_member(anna.account, f"seller{place}") for place in range(8)]
    offers = at_once(8, lambda place: queue.next_for(Member.objects.get(pk=team[place].pk), leads))
    held = [offer.contact.pk for offer in offers if offer]
    assert len(held) == len(set(held)) == 6
    assert QueueEntry.objects.exclude(leased_to=None).count() == 6
