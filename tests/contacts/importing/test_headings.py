import pytest

from clickcall.contacts.importing.headings import FIELDS, field_of, guess, is_reason, letters, place_of_headings


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ФИО", "name"),
        ("Ф.И.О.", "name"),
        ("Контакт", "name"),
        ("Компания", "company"),
        ("Телефон", "phone"),
        ("Моб.", "phone"),
        ("Моб. телефон", "phone"),
        ("Доп. телефон", "phone"),
        ("Телефон 2", "phone"),
        ("Тел. (рабочий)", "phone"),
        ("Город", "city"),
        ("Регион", "region"),
        ("Часовой пояс", "timezone"),
        ("Согласие", "consent"),
        ("Дата согласия", "consent_date"),
        ("Ответственный", "owner"),
        ("Комментарий", "notes"),
        ("Не звонить", "do_not_call"),
        ("Full name", "name"),
        ("Company", "company"),
        ("Phone", "phone"),
        ("Mobile", "phone"),
        ("Other phone", "phone"),
        ("City", "city"),
        ("Region", "region"),
        ("Time zone", "timezone"),
        ("Consent", "consent"),
        ("Consent date", "consent_date"),
        ("Owner", "owner"),
        ("Comment", "notes"),
        ("Сумма сделки", ""),
        ("Согласие на обработку персональных данных", ""),
        ("", ""),
    ],
)
def test_a_heading_says_what_its_column_is(heading: str, field: str) -> None:
    assert field_of(heading) == field


def test_headings_lie_below_a_title() -> None:
    rows = [["Клиенты ноября", "", ""], ["", "", ""], ["ФИО", "Телефон", "Город"], ["Иван", "89260000000", "Самара"]]
    assert place_of_headings(rows) == 2


def test_a_file_of_phones_alone_has_no_headings() -> None:
    rows = [["89260000000", "Иван"], ["89260000001", "Пётр"]]
    assert place_of_headings(rows) is None
    assert guess(["A", "B"], rows, "RU") == ["phone", ""]


def test_unknown_headings_are_the_row_above_the_first_phone() -> None:
    rows = [["Отчёт", ""], ["Кто", "Куда"], ["Иван", "89260000000"]]
    assert place_of_headings(rows) == 1
    assert guess(["Кто", "Куда"], rows[2:], "RU") == ["", "phone"]


def test_two_columns_of_names_are_both_names_but_there_is_one_city() -> None:
    assert guess(["Фамилия", "Имя", "Город", "City", "Тел"], [], "RU") == ["name", "name", "city", "", "phone"]


@pytest.mark.parametrize("heading", ["What is wrong", "Что не так"])
def test_the_column_of_our_own_reasons_is_known_again(heading: str) -> None:
    assert is_reason(heading)
    assert field_of(heading) == ""


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_every_heading_that_is_known_stands_for_a_field() -> None:
    assert {field_of(str(label)) for label in FIELDS.values()} == set(FIELDS)
