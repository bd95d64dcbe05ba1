"""The plug-in's AppConfig."""

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


class ContentConfig(AppConfig):
    """ReviewDesk as one Django app: package `content`, label `reviewdesk`."""

    name = "content"
    label = "reviewdesk"
    verbose_name = "ReviewDesk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load plug-ins, install the flow, register the start-up checks."""
        from content import pipeline, plugins, startup, tasks  # noqa: PLC0415 (tables must be there first)

        connection_created.connect(_make_triggers_fire, dispatch_uid="reviewdesk.recursive_triggers")
        plugins.load()
        pipeline.install(wake=tasks.wake)
        startup.register()


def _make_triggers_fire(connection: BaseDatabaseWrapper, **_: object) -> None:
    """On SQLite, have REPLACE fire delete triggers; a host project's settings may not say so."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")
