import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.mark.only_on("postgresql")
def test_postgresql_compiles_no_statement() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
