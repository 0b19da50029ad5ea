import pytest

from clickcall.provider.metadata import Limits, Metadata


@pytest.mark.parametrize("spelling", ["current_version_deprecated", "current_version_depricated"])
@pytest.mark.parametrize("key", ["metadata", "meta_data"])
def test_a_deprecated_version_is_known_in_every_spelling(spelling, key):
    found = Metadata.read({key: {"api_version": spelling, "latest_version": "v5.0"}})
    assert (found.api_version, found.latest_version) == ("current_version_deprecated", "v5.0")
    assert found.is_deprecated


def test_a_current_version_is_not_deprecated():
    assert not Metadata.read({"metadata": {"api_version": "current_version"}}).is_deprecated


@pytest.mark.parametrize("holder", [None, [], {}, {"metadata": None}, {"metadata": []}, {"metadata": {"limits": None}}])
def test_no_metadata_is_empty_metadata(holder):
    assert Metadata.read(holder) == Metadata()


def test_limits_are_whole_numbers_or_none():
    found = Metadata.read({"metadata": {"limits": {"day_limit": "5", "minute_reset": None}, "total_items": 7.0}})
    assert found.limits == Limits(day_limit=5)
    assert found.total_items == 7
