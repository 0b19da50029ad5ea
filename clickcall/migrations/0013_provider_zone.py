"""The zone that the provider told, beside the one in which an account's pages are.

Empty until it is told: reports and notifications were read in the zone of the pages, which somebody may have typed.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clickcall", "0012_log_of_number")]
    operations = [
        migrations.AddField(
            model_name="account",
            name="provider_timezone",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
    ]
