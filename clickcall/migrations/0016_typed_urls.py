"""Which of an account's own addresses came from a page: those that the wire judges by where they lead."""

import re
from typing import Any

from django.db import migrations, models

# How an address may be written in a page. Whatever else an account has, the operator gave it; of these nobody knows,
# and `provision` makes them the operator's again.
_TYPED = re.compile(
    r"https://(?:[a-z0-9-]+\.)+(?!(?:localhost|local|internal|intranet|lan|home|corp|arpa|test|invalid)\b)"
    r"[a-z][a-z0-9-]*(?:[:/]|\Z)",
    re.IGNORECASE,
)


def fill(apps: Any, schema_editor: Any) -> None:
    accounts = apps.get_model("clickcall", "Account").objects.using(schema_editor.connection.alias)
    for account in accounts.filter(brand="custom"):
        urls = {url for url in (account.call_api_url, account.data_api_url) if _TYPED.match(url)}
        if urls:
            accounts.filter(pk=account.pk).update(typed_urls=sorted(urls))


class Migration(migrations.Migration):
    dependencies = [("clickcall", "0015_fill_got_through")]
    operations = [
        migrations.AddField(
            model_name="account",
            name="typed_urls",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
