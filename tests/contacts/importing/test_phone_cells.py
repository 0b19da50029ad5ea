import pytest

from clickcall.contacts.importing.phone_cells import CellPhone, phones_in
from clickcall.contacts.importing.reasons import REASONS, CellError

MOBILE, OFFICE = CellPhone("79260000000"), CellPhone("74951234567")


@pytest.mark.parametrize(
    "cell",
    [
        "8 926 000-00-00",
        "+7 (926) 000-00-00",
        "79260000000",
        "926 000 00 00",
        "'+79260000000",
        "=+79260000000",
        '="89260000000"',
        "  8-926-000-00-00 ;",
        "79260000000.0",
        "89260000000.0",
    ],
)
def test_one_phone_in_any_way_of_writing(cell: str) -> None:
    assert phones_in(cell, "RU") == [MOBILE]


@pytest.mark.parametrize(
    "cell",
    [
        "8 926 000-00-00, 8 495 123-45-67",
        "8 926 000-00-00; 8 (495) 123-45-67",
        "89260000000/84951234567",
        "+79260000000\n+74951234567",
        "89260000000 84951234567",
        "8 926 000-00-00, 8 495 123-45-67, 89260000000",
        "'+7 926 000-00-00, '+7 495 123-45-67",
    ],
)
def test_several_phones_in_one_cell_each_once(cell: str) -> None:
    assert phones_in(cell, "RU") == [MOBILE, OFFICE]


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("8 495 123-45-67 доб. 123", "доб. 123"),
        ("8 495 123-45-67, доб. 123", "доб. 123"),
        ("8 495 123-45-67 (доб.123)", "доб.123"),
        ("+7 495 123-45-67 вн. 123", "вн. 123"),
        ("+7 495 123-45-67 ext. 123", "ext. 123"),
        ("84951234567 x123", "x123"),
        ("84951234567 добавочный 123", "добавочный 123"),
        ("84951234567#123", "#123"),
    ],
)
def test_an_extension_is_kept_as_a_note_and_as_keys_to_press(cell: str, label: str) -> None:
    assert phones_in(cell, "RU") == [CellPhone("74951234567", label=label, keys=".123")]


def test_an_extension_belongs_to_the_phone_before_it() -> None:
    office = CellPhone("74951234567", label="доб. 12", keys=".12")
    assert phones_in("84951234567 доб. 12, 89260000000", "RU") == [office, MOBILE]


def test_an_employees_sip_number_is_a_phone() -> None:
    assert phones_in("0486173", "RU") == [CellPhone("0486173", is_sip=True)]


@pytest.mark.parametrize(
    ("cell", "code", "value"),
    [
        ("7.926E+10", "phone_scientific", "7.926E+10"),
        ("7,92600000000E+10", "phone_scientific", "7,92600000000E+10"),
        ("7,926E+10", "phone_scientific", "7,926E+10"),
        ("нет", "phone_letters", "нет"),
        ("8 926 000", "phone_invalid", "8 926 000"),
        ("7926000000.0", "phone_invalid", "7926000000.0"),
        ("926000000.0", "phone_invalid", "926000000.0"),
        ("8926000000.0", "phone_invalid", "8926000000.0"),
        (" 792600000.00", "phone_invalid", "792600000.00"),
        ("123", "phone_extension", "123"),
        ("8 926 000-00-00, 123", "phone_extension", "123"),
        ("8 926 000-00-00, 8 926", "phone_invalid", "8 926"),
        ("доб. 5", "phone_invalid", "доб. 5"),
        ("8" * 501, "too_long", ""),
        ("2026-11-23 09:00", "phone_letters", "2026-11-23 09:00"),
    ],
)
def test_what_is_not_surely_a_phone_is_refused_with_its_reason(cell: str, code: str, value: str) -> None:
    with pytest.raises(CellError) as error:
        phones_in(cell, "RU")
    assert (error.value.code, error.value.value) == (code, value)
    assert code in REASONS


def test_national_forms_are_read_in_the_accounts_country() -> None:
    assert phones_in("020 7946 0958", "GB") == [CellPhone("442079460958")]
    assert phones_in("+7 926 000-00-00", "GB") == [MOBILE]


@pytest.mark.parametrize("cell", ["", "  ", "'", "=", ";"])
def test_an_empty_cell_holds_no_phone(cell: str) -> None:
    assert phones_in(cell, "RU") == []
