import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickcall.provider import catalogue

READERS = [
    catalogue.account,
    catalogue.number,
    catalogue.media,
    catalogue.employee,
    catalogue.tag,
    catalogue.blacklist,
]
FIELDS = [
    "id",
    "app_id",
    "name",
    "timezone",
    "virtual_phone_number",
    "status",
    "type",
    "category",
    "scenarios",
    "scenario_id",
    "scenario_name",
    "is_active",
    "duration",
    "size",
    "play_link",
    "full_name",
    "email",
    "phone_numbers",
    "extension",
    "is_system",
    "phone_number",
    "comment",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(FIELDS) | st.text(), inner),
    max_leaves=12,
)


@pytest.mark.parametrize("read", READERS)
@given(row=st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_whatever_comes_is_read(read, row):
    assert read(row) == read({**row, "unknown_field": [None]})


def test_a_number_as_the_documentation_shows_it():
    row = {
        "id": 20007,
        "virtual_phone_number": "74993720692",
        "name": "Moscow",
        "status": "Active",
        "type": "va",
        "category": "usual",
        "scenarios": [{"scenario_id": 5, "scenario_name": "Anna", "is_active": "true"}],
    }
    found = catalogue.number(row)
    assert found.scenarios == (catalogue.ScenarioRecord("5", "Anna", is_active=True),)
    assert (found.id, found.digits, found.status, found.has_scenario) == ("20007", "74993720692", "active", True)


@pytest.mark.parametrize(("link", "kept"), [("https://a/b", True), ("ftp://a", False), ("javascript:x", False)])
def test_only_a_link_for_a_browser_is_kept(link, kept):
    assert bool(catalogue.media({"id": 1, "play_link": link}).play_link) is kept


@pytest.mark.parametrize(("size", "read"), [(5, 5), ("5", 5), (-1, None), (2**63, None), (True, None)])
def test_a_size_fits_its_column(size, read):
    assert catalogue.media({"size": size}).size == read
