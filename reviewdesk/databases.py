"""What Django needs to know of a database, from its address. Figures and reasons: docs/operating.md."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from reviewdesk import env

SQLITE_AT_CONNECT = (
    "PRAGMA journal_mode=WAL; "
    "PRAGMA synchronous=FULL; "  # a sign-off survives power loss
    "PRAGMA mmap_size=134217728; "
    "PRAGMA journal_size_limit=67108864; "
    "PRAGMA cache_size=-32000; "
    "PRAGMA temp_store=MEMORY; "
    "PRAGMA recursive_triggers=ON;"  # or INSERT OR REPLACE walks past a BEFORE DELETE trigger
)
POSTGRESQL_LIMITS = "-c lock_timeout=4s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"


def database(address: str, *, password: str, process: str, statement_seconds: int) -> dict[str, Any]:
    """Return one entry of DATABASES for `sqlite:///path` or `postgres://user@host:port/name?option=value`.

    :param password: used when the address holds none.
    :param process: kind of process, shown in pg_stat_activity.
    :param statement_seconds: longest run of one statement; PostgreSQL only.
    """
    parts = urlsplit(address)
    match parts.scheme:
        case "sqlite":
            return _sqlite(unquote(parts.path.removeprefix("/")))
        case "postgres" | "postgresql":
            options = dict(parse_qsl(parts.query))
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path.removeprefix("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or "") or password,
                # A folder as host means a Unix socket; its slashes do not fit an address: ?host=/run/x
                "HOST": options.pop("host", parts.hostname or ""),
                "PORT": options.pop("port", str(parts.port or "")),
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
                "OPTIONS": {
                    "connect_timeout": 3,
                    "application_name": f"reviewdesk-{process}",
                    "options": f"{POSTGRESQL_LIMITS} -c statement_timeout={statement_seconds}s",
                    **options,
                },
            }
        case _:
            env.wrong.append("DATABASE_URL must begin with sqlite:/// or postgres://")
            return _sqlite(":memory:")


def _sqlite(path: str) -> dict[str, Any]:
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)  # SQLite makes the file, not its folder
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            # A transaction that begins as a reader and then writes cannot wait for a lock; IMMEDIATE can.
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_AT_CONNECT,
        },
    }
