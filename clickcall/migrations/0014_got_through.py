"""When a missed caller talked to us without having been called back: they called again, or another program called."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clickcall", "0013_provider_zone")]
    operations = [
        migrations.AddField(
            model_name="call", name="got_through_at", field=models.DateTimeField(blank=True, null=True)
        ),
    ]
