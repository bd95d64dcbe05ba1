"""Load the plug-ins that `REVIEWDESK["PLUGINS"]` names; an installed one that is not named stays inert."""

from importlib.metadata import entry_points

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import autodiscover_modules

from content.conf import conf

GROUPS = (
    "reviewdesk.rules",
    "reviewdesk.checks",
    "reviewdesk.channels",
    "reviewdesk.metrics",
    "reviewdesk.signers",
    "reviewdesk.intake",
)


def load() -> None:
    """Import every named plug-in, whose decorators then register it, and `reviewdesk_hooks` of each installed app.

    :raises ImproperlyConfigured: if a named plug-in is not installed.
    """
    if conf.plugins:
        found = {each.name: each for group in GROUPS for each in entry_points(group=group)}
        missing = sorted(set(conf.plugins) - set(found))
        if missing:
            raise ImproperlyConfigured(
                f"REVIEWDESK['PLUGINS'] names {', '.join(missing)}, which is not installed (reviewdesk.E004)."
            )
        for name in conf.plugins:
            found[name].load()
    autodiscover_modules("reviewdesk_hooks")
