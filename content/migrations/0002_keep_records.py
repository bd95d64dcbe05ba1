"""Make the append-only tables append-only."""

from django.db import migrations

from content.migrations._append_only import protect


class Migration(migrations.Migration):
    dependencies = (("reviewdesk", "0001_initial"),)
    operations = (migrations.RunPython(protect, elidable=False),)
