"""Django system checks of the settings. They read no table: they run inside the first `migrate` too."""

import difflib
from collections.abc import Sequence
from typing import Any

from django.conf import settings  # noqa: TID251 (this checks the raw dict, which `conf` has already cleaned)
from django.core import checks

from content.conf import conf, known_keys


def register() -> None:
    """Register the checks."""
    checks.register(known_settings, "reviewdesk")
    checks.register(production_settings, "reviewdesk", deploy=True)


def known_settings(app_configs: Any, **_: object) -> Sequence[checks.CheckMessage]:  # noqa: ARG001 (Django calls it so)
    """E006: every key of `REVIEWDESK` is known."""
    known = known_keys()
    return [
        checks.Error(
            f"REVIEWDESK has no key '{key}'.",
            hint=_nearest(key, known),
            id="reviewdesk.E006",
        )
        for key in getattr(settings, "REVIEWDESK", {})
        if key not in known
    ]


def production_settings(app_configs: Any, **_: object) -> Sequence[checks.CheckMessage]:  # noqa: ARG001 (the same)
    """E001, E002, E005: keys are there, are real ones, and readers reach us by https."""
    found: list[checks.CheckMessage] = []
    if not conf.signing_key or not conf.log_key:
        found.append(
            checks.Error(
                "REVIEWDESK['SIGNING_KEY'] and ['LOG_KEY'] are needed to publish.",
                hint="Run `manage.py create_key`.",
                id="reviewdesk.E001",
            )
        )
    if conf.key_mode != "live":
        found.append(
            checks.Error("A test key signs in production.", hint="Set KEY_MODE to 'live'.", id="reviewdesk.E002")
        )
    if not conf.base_url.startswith("https://"):
        found.append(
            checks.Error("REVIEWDESK['BASE_URL'] is not https.", hint="Readers follow it.", id="reviewdesk.E005")
        )
    return found


def _nearest(key: str, known: frozenset[str]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    return f"Did you mean '{near[0]}'?" if near else "See content/conf.py for the keys."
