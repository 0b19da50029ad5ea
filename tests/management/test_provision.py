import io
from pathlib import Path

import pytest
from django.core.management import call_command

PEOPLE = """
[[account]]
slug = "acme"
name = "Acme"
brand = "uis"
[[account.member]]
username = "anna"
name = "Anna"
role = "sales"
"""


@pytest.mark.django_db
def test_a_new_member_without_a_password_gets_a_one_time_one_on_standard_error_alone(tmp_path: Path) -> None:
    file = tmp_path / "file.toml"
    file.write_text(PEOPLE)
    out, err = io.StringIO(), io.StringIO()
    call_command("provision", str(file), stdout=out, stderr=err)
    assert out.getvalue() == '{"created": 2, "updated": 0, "unchanged": 0}\n'
    assert err.getvalue().startswith("account[0].member[0]: one-time password of anna: ")
    again = io.StringIO()
    call_command("provision", str(file), stdout=io.StringIO(), stderr=again)
    assert again.getvalue() == ""


@pytest.mark.django_db
def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    err = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("provision", str(tmp_path / "none.toml"), stderr=err)
    assert ended.value.code == 2
    assert "No such file" in err.getvalue()
