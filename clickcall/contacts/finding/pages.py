"""One page of contacts after another, through all tiers of a search or of an order that somebody chose."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ...models import Callback, Member
from ...models.contacts import ContactQuerySet
from ...models.searching import Term, fold, read_term
from ...web.paging import InOrder, Key, Page, Tier, through
from .plans import NameTier, PhoneTiers
from .source import Source

BY_NAME, BY_LAST_CALL, BY_CALLBACK = "", "last", "callback"
ORDERS = {BY_NAME: _("By name"), BY_LAST_CALL: _("By last call"), BY_CALLBACK: _("By callback")}


def page_of_keys(
    rows: ContactQuerySet, member: Member, *, term: str = "", order: str = BY_NAME, size: int, **cursor: str
) -> Page[Key]:
    """A page of the member's contacts among `rows`: those that the term finds, else all in the order.

    A key is what the contact stands in this place for, and the contact's own. `cursor` is `after` or `before`.
    """
    if fold(term):
        return through(_tiers(rows, member.account_id, read_term(term)), size=size, **cursor)
    return through(ORDERED[order](rows, member.account_id), size=size, **cursor)


def _tiers(rows: ContactQuerySet, account: int, term: Term) -> Sequence[Tier]:
    """The very phone, then beginnings of phones, then all others; in each of them by name."""
    if not term.words:
        return []
    source = Source.of(account, rows)
    if not term.phones:
        return [NameTier(source, term.words)]
    return [PhoneTiers(source, term.phones), NameTier(source, term.words, term.phones)]


def _by_name(rows: ContactQuerySet, account: int) -> Sequence[Tier]:
    return [InOrder(rows, "name_key")]


def _by_last_call(rows: ContactQuerySet, account: int) -> Sequence[Tier]:
    """Whoever was called last comes first: calls are numbered as they come. Then those whom nobody has called."""
    return [
        InOrder(rows.filter(last_call__isnull=False), "-last_call_id"),
        InOrder(rows.filter(last_call=None), "name_key"),
    ]


def _by_callback(rows: ContactQuerySet, account: int) -> Sequence[Tier]:
    """By the next promised callback, the most overdue first; then those to whom none was promised."""
    open_ones = Callback.objects.filter(account_id=account, done_at=None)
    of_contact = open_ones.filter(contact=OuterRef("contact"))
    earlier = of_contact.filter(Q(due_at__lt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), pk__lt=OuterRef("pk")))
    # Not `IN`: for that SQLite would read the keys of all contacts first.
    next_ones = open_ones.filter(~Exists(earlier), Exists(rows.order_by().filter(pk=OuterRef("contact"))))
    nobody = rows.filter(~Exists(Callback.objects.filter(contact=OuterRef("pk"), done_at=None)))
    return [InOrder(next_ones, "due_at", "contact_id"), InOrder(nobody, "name_key")]


ORDERED = {BY_NAME: _by_name, BY_LAST_CALL: _by_last_call, BY_CALLBACK: _by_callback}
