"""Write the one row of the log."""

from django.db import migrations


def open_log(apps, schema_editor):
    """Insert the row that counts log entries; the sequencer locks it."""
    apps.get_model("reviewdesk", "Log").objects.get_or_create(pk=1, defaults={"size": 0})


class Migration(migrations.Migration):
    dependencies = (("reviewdesk", "0002_keep_records"),)
    operations = (migrations.RunPython(open_log, elidable=False),)
