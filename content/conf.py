"""The settings of the plug-in: one dict `REVIEWDESK` in the project's settings, read here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, cast

from django.conf import settings
from django.core.signals import setting_changed

KINDS = ("documentation", "analysis", "marketing", "news", "other")
QUEUE_NAMES = ("critical", "interactive", "delivery", "nlp", "bulk")


@dataclass(frozen=True, kw_only=True, slots=True)
class Configuration:
    """Every key of `REVIEWDESK`, in lower case, with its default; the string after a field says what it does."""

    base_url: str = "http://127.0.0.1:8000/"
    "Where readers reach the mount point of `content.urls`; ends in a slash. Statements and webhooks link to it."
    issuer_id: str = ""
    "URL that names the issuer in every statement; default: `base_url` without the last slash."
    issuer_name: str = "ReviewDesk"
    "Name of the issuer, shown beside it."
    signing_key: str = ""
    "URI of the attestation key, such as `file2:/secrets/attestation.pem`."
    log_key: str = ""
    "URI of the key that signs checkpoints; never the attestation key."
    log_origin: str = ""
    "Origin line of the log; default: host and path of `base_url` followed by `/log`."
    log_guard: str = ""
    "Path of a file outside the database that remembers the last checkpoint; a rolled-back database is noticed by it."
    key_mode: str = "live"
    "`live`, or `test` for keys that no verifier trusts."
    secrets_key: str = ""
    "32 random bytes, URL-safe base64: seals webhook secrets at rest."
    kinds: tuple[str, ...] = KINDS
    "Kinds of text a draft may have; each picks a policy."
    queues: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(dict.fromkeys(QUEUE_NAMES, "celery")))
    "Celery queue for each of our five; the default sends all to the host's default queue."
    plugins: tuple[str, ...] = ()
    "Installed plug-ins (entry points) that are switched on, by name."
    publish_undo_seconds: int = 10
    "How long a publication can be undone before its statement is made."
    lease_seconds: int = 1800
    "How long an editor holds a case without a save or a heartbeat."
    wip_limit: int = 5
    "Live leases one person may hold at a time."
    reauthentication_seconds: int = 300
    "Oldest log-in that may sign, approve or retract."
    webhook_allow_private_cidrs: tuple[str, ...] = ()
    "Private networks that webhooks may reach; any port and plain http are allowed there."
    train_ai_floor_bp: int = 5000
    "Human share, in basis points, under which a page says `train-ai=n`."
    train_ai: str = ""
    "`n` to reserve everything; empty to let the rule decide."
    search: str = "y"
    "Whether published pages ask to be found by search: `y` or `n`."
    licence: str = ""
    "SPDX id or URL of the licence of what is published; a Source may have its own."
    retain_years: int = 7
    "How long evidence is kept after publication."
    token_days: int = 90
    "Life of a new source token unless another is asked for; at most 365."
    language_model_parts: str = "all"
    "`all`, `corroborated` or `none`: which parts of the spaCy model give advice."
    metrics_token: str = ""
    "Bearer token of `/metrics`; empty: the page does not exist."

    @property
    def issuer(self) -> str:
        """URL that names the issuer."""
        return self.issuer_id or self.base_url.rstrip("/")

    @property
    def origin(self) -> str:
        """Origin line of the log: no scheme, no slash at the end."""
        return self.log_origin or self.base_url.split("://", 1)[-1].rstrip("/") + "/log"


def known_keys() -> frozenset[str]:
    """Return the keys that `REVIEWDESK` may have, in upper case."""
    return frozenset(each.name.upper() for each in fields(Configuration))


class _Conf:
    """The current configuration: read at first use, forgotten when a test overrides the setting."""

    def __init__(self) -> None:
        self._current: Configuration | None = None

    def __getattr__(self, name: str) -> Any:
        if self._current is None:
            given = getattr(settings, "REVIEWDESK", {})
            known = known_keys()
            self._current = Configuration(**{key.lower(): value for key, value in given.items() if key in known})
        return getattr(self._current, name)

    def forget(self, *, setting: str, **_: object) -> None:
        """Read `REVIEWDESK` anew at the next use."""
        if setting == "REVIEWDESK":
            self._current = None


_conf = _Conf()
conf = cast("Configuration", _conf)
setting_changed.connect(_conf.forget, dispatch_uid="reviewdesk.conf")
