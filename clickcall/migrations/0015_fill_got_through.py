"""Who got through before that was written down. Apart from the column, which is locked only while it is made."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Q, Subquery


def fill(apps: Any, schema_editor: Any) -> None:
    calls = apps.get_model("clickcall", "Call").objects.using(schema_editor.connection.alias).order_by()
    talks = calls.filter(Q(status="talked") | Q(status="somebody_else", talk_duration__gt=0)).filter(
        account_id=OuterRef("account_id"),
        contact_phone=OuterRef("contact_phone"),
        requested_at__gt=OuterRef("requested_at"),
    )
    first = Subquery(talks.order_by("requested_at").values("requested_at")[:1])
    calls.filter(is_missed=True, returned_at=None, contact_phone__gt="").update(got_through_at=first)


class Migration(migrations.Migration):
    dependencies = [("clickcall", "0014_got_through")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
