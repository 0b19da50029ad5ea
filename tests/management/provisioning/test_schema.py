from pathlib import Path

import pytest

from clickcall.management.provisioning.entries import BadFile
from clickcall.management.provisioning.schema import read_file


def refusal(tmp_path: Path, text: str) -> str:
    file = tmp_path / "file.toml"
    file.write_text(text)
    with pytest.raises(BadFile) as found:
        read_file(file)
    return str(found.value)


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ('[[account]]\nslug = "a"\nslag = 1', "account[0].slag", "unknown key"),
        ('[[acount]]\nslug = "a"', "acount", "unknown key"),
        ('[[account]]\nslug = "a"\n[[account.list]]\nname = "L"\nsize = 1', "account[0].list[0].size", "unknown key"),
        ('[[account]]\nname = "A"', "account[0].slug", "missing"),
        ('[[account]]\nslug = " "', "account[0].slug", "empty"),
        ('[[account]]\nslug = "a"\n[[account.number]]\nnumber = 74993720692', "account[0].number[0].number", "a text"),
        ('[[account]]\nslug = "a"\ntts_max_length = true', "account[0].tts_max_length", "whole number"),
        ('[[account]]\nslug = "a"\ntts_max_length = "300"', "account[0].tts_max_length", "whole number"),
        ('[[account]]\nslug = "a"\nshow_virtual_phone_number = 1', "account[0].show_virtual_phone_number", "true or"),
        ('[[account]]\nslug = "a"\nblacklist = [1]', "account[0].blacklist", "list of texts"),
        ('[[account]]\nslug = "a"\nbrand = "aol"', "account[0].brand", "uis, comagic, callgear, custom"),
        (
            '[[account]]\nslug = "a"\n[[account.member]]\nusername = "u"\nrole = "boss"',
            "account[0].member[0].role",
            "adm",
        ),
        ('[account]\nslug = "a"', "account", "[[account]]"),
        ('[[account]]\nslug = "a\\u0000"', "account[0].slug", "U+0000"),
        ("[[account", "", "no TOML"),
    ],
)
def test_what_is_wrong_is_refused_by_its_path(tmp_path: Path, text: str, path: str, reason: str) -> None:
    said = refusal(tmp_path, text)
    assert said.startswith(path)
    assert reason in said


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="No such file"):
        read_file(tmp_path / "nowhere.toml")


def test_a_folder_and_a_text_in_another_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "cp1251.toml").write_bytes('name = "Анна"'.encode("cp1251"))
    for path, reason in ((tmp_path, "directory"), (tmp_path / "cp1251.toml", "UTF-8")):
        with pytest.raises(BadFile, match=reason):
            read_file(path)


def test_only_what_is_there_is_read_and_blanks_around_texts_are_dropped(tmp_path: Path) -> None:
    file = tmp_path / "file.toml"
    file.write_text('[[account]]\nslug = " a "\n[[account.token]]\nname = "n"\nsecret = " s "')
    (account,) = read_file(file)
    (token,) = account.tables("token")
    assert account["slug"] == "a"
    assert "name" not in account
    assert token["secret"] == " s "
    assert token.path == "account[0].token[0]"


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file.toml"
    file.write_text("")
    assert read_file(file) == []
