"""Every page of a search, by every plan, against a plain look at every contact; on the database the tests run on."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import people, searches

from clickcall.contacts import services
from clickcall.contacts.finding import conditions, page_of_keys, plans, words
from clickcall.contacts.page_rows import with_contacts
from clickcall.contacts.services import NewPhone
from clickcall.models import Account, Contact, ContactList, Member
from clickcall.web.paging import Key, encode

pytestmark = pytest.mark.django_db

NAMES = ("Олег", "олег", "Ёлкин", "Елена", "Щук", "«Олег»", "Анна-Мария", "O'Neil", "926", "7", "Ян", "Я")
FIRMS = ("", "Ромашка", "Олегов и Ко", "926 грамм", "Ёлки_палки", "100%", "Щук-7926")
PHONES = ("79260000000", "79260000001", "79261234567", "74957926000", "84957926", "0486926", "493092612")
PLANS: dict[str, dict[str, object]] = {
    "the words": {},
    "few words": {"SOME": 2, "MANY": 5, "MOST": 6, "NEAR": 0},
    "more and more of a word": {"SOME": 3, "NEAR": 0},
    "the nearest": {"DIFFERENT": -1},
    "the index": {"DIFFERENT": -1, "NEAR": 0, "LONG": 0},
    "a long walk": {"DIFFERENT": -1, "NEAR": 0, "FEW": -1, "COMMON": -1},
    "all hits": {"DIFFERENT": -1, "NEAR": 0, "FEW": -1, "FAR": 0, "RARE_DIGITS": 99},
}


@pytest.fixture
def crowd(leads: ContactList) -> list[Contact]:
    chance = random.Random(7)
    for _ in range(40):
        name = " ".join(chance.sample(NAMES, chance.choice([1, 2, 2])))
        digits = chance.sample(PHONES, chance.choice([1, 1, 2]))
        phones = [NewPhone(one, is_sip=one.startswith("0")) for one in digits]
        services.add_contact(list=leads, name=name, company=chance.choice(FIRMS), phones=phones)
    return [*Contact.objects.prefetch_related("phones")]


@pytest.fixture(params=PLANS, ids=str)
def plan(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in PLANS[request.param].items():
        for module in (plans, conditions, words):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)
    return str(request.param)


def pages(member: Member, term: str, size: int = 3) -> tuple[list[int], list[int]]:
    """The keys on all pages, walked forward and then back."""
    there: list[list[Key]] = []
    rows, cursor = Contact.objects.visible_to(member).active(), {"after": ""}
    while True:
        page = page_of_keys(rows, member, term=term, size=size, **cursor)
        there.append(page.rows)
        if not page.after:
            break
        cursor = {"after": page.after}
    back = [there[-1]]
    while page.before:
        page = page_of_keys(rows, member, term=term, size=size, before=page.before)
        back.insert(0, page.rows)
    return keys(there), keys(back)


def keys(walked: list[list[Key]]) -> list[int]:
    return [pk for rows in walked for _name, pk in rows]


WORD = st.sampled_from([*NAMES, *FIRMS[1:]]).flatmap(
    lambda text: st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).map(
        lambda ends: text[ends[0] : ends[0] + ends[1]]
    )
)
PHONE = st.sampled_from(PHONES).flatmap(
    lambda text: st.tuples(st.integers(0, 6), st.integers(1, 11)).map(lambda ends: text[ends[0] : ends[0] + ends[1]])
)
TERM = st.one_of(
    WORD,
    st.tuples(WORD, WORD).map(" ".join),
    PHONE,
    PHONE.map(lambda digits: f"+{digits}"),
    PHONE.map(lambda digits: f"8{digits[1:]}"),
    st.text(st.sampled_from("олегЕЁщ 79260-+«%_'"), max_size=5),
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
)
@given(term=TERM)
def test_every_plan_shows_what_a_plain_look_at_everybody_finds(
    maria: Member, crowd: list[Contact], plan: str, term: str
) -> None:
    if term.strip():
        wanted = searches.in_order(crowd, term)
        assert pages(maria, term) == (wanted, wanted)


KNOWN = ("926", "9260000000", "8 926 000-00-00", "+7 926", "7926", "олег", "о", "олег ром", "926 грамм", "00000", "«%»")


def test_known_terms_are_shown_in_three_tiers(maria: Member, crowd: list[Contact], plan: str) -> None:
    for term in KNOWN:
        wanted = searches.in_order(crowd, term)
        assert pages(maria, term) == (wanted, wanted), term


def test_the_very_phone_comes_first_then_beginnings_then_names(leads: ContactList, maria: Member, plan: str) -> None:
    for name, digits in [("Яна", "79260000"), ("Борис", "792600001"), ("Вера", "79260000999"), ("Анна", "74979260000")]:
        services.add_contact(list=leads, name=name, phones=[NewPhone(digits)])
    services.add_contact(list=leads, name="Аз 79260000", phones=[NewPhone("74990000000")])
    page = page_of_keys(Contact.objects.all(), maria, term="8 926 0000", size=9)
    assert [row.name for row in with_contacts(page, maria.account_id).rows] == [
        "Яна",
        "Борис",
        "Вера",
        "Аз 79260000",
        "Анна",
    ]


def test_a_search_keeps_to_the_rows_it_was_given(account: Account, anna: Member, boris: Member, plan: str) -> None:
    hers, his = people.make_list(account, "Hers", anna), people.make_list(account, "His", boris)
    for where, owner in [(hers, None), (his, None), (hers, anna), (hers, boris)]:
        services.add_contact(list=where, name="Олег", phones=[NewPhone("79260000000")], owner=owner)
    services.archive_contact(services.add_contact(list=hers, name="Олег", phones=[NewPhone("79260000000")]))
    rival = services.create_list(account=people.make_account("rival"), name="Leads")
    services.add_contact(list=rival, name="Олег", phones=[NewPhone("79260000000")])
    seen = Contact.objects.visible_to(anna).active()
    for term in ("олег", "о", "926", "9260000000", "олег о"):
        assert len(page_of_keys(seen, anna, term=term, size=9).rows) == 3, term
        assert len(page_of_keys(seen.filter(owner=anna), anna, term=term, size=9).rows) == 1, term


BROKEN = ("x", "WzEsMl0", "WzksImEiLDFd", "WzAsbnVsbCwxXQ", "WzAsImEiLCJiIl0", "WzAsMSwxXQ")


@pytest.mark.parametrize("term", ["олег", "926"])
def test_a_broken_cursor_shows_the_first_page(maria: Member, crowd: list[Contact], term: str) -> None:
    first = page_of_keys(Contact.objects.all(), maria, term=term, size=2)
    for cursor in BROKEN:
        assert page_of_keys(Contact.objects.all(), maria, term=term, size=2, after=cursor) == first, cursor


def test_a_cursor_with_an_unknown_mark_leads_on_to_the_names(maria: Member, crowd: list[Contact]) -> None:
    beyond = page_of_keys(Contact.objects.all(), maria, term="926", size=40, after=encode([0, "x", 1]))
    assert {searches.tier(Contact.objects.get(pk=pk), "926") for _name, pk in beyond.rows} <= {2}
