"""What the caller says about a press whose answer got lost."""

from django.db import transaction

from ...models import Call, Dispatch, EventSource, Member, Origin, Witness
from .facts import note


@transaction.atomic
def testify(call: Call, said: Witness, *, by: Member) -> bool:
    """Keeps whether their phone rang; the first word stands. Nothing else of the call changes. False if there was one.

    The provider may have settled the call since the question was drawn: it is a fact all the same.
    """
    asked = Call.objects.filter(pk=call.pk, origin=Origin.PRESS, witness=Witness.NONE).exclude(
        dispatch=Dispatch.SENDING
    )
    if said == Witness.NONE or not asked.update(witness=said):
        return False
    note(call, EventSource.WITNESS, said.value, {"by": by.name})
    return True
