"""Typed readers of environment variables, the only place where the project looks at its environment.

A reader never raises by itself: it notes what is wrong and goes on, and `refuse_if_wrong` reports everything
together, so that an operator mends a deployment in one round.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
SECONDS_OF = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}

wrong: list[str] = []


def text(name: str, default: str = "", *, among: Sequence[str] = ()) -> str:
    """Return the variable without surrounding white space; one of `among`, if given."""
    value = os.environ.get(name, default).strip()
    if among and value not in among:
        wrong.append(f"{name} is '{value}', must be one of: {', '.join(among)}")
        return default
    return value


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    """Return the comma-separated parts of the variable."""
    if name not in os.environ:
        return list(default)
    return [word.strip() for word in os.environ[name].split(",") if word.strip()]


def flag(name: str, *, default: bool) -> bool:
    """Return whether the variable says yes (`1 true yes on`) or no (`0 false no off`, or nothing)."""
    if name not in os.environ:
        return default
    value = os.environ[name].strip().lower()
    if value not in TRUE | FALSE:
        wrong.append(f"{name} is '{value}', must be yes or no")
    return value in TRUE


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return the variable as a whole number of at least `least`."""
    value = text(name, str(default))
    if not re.fullmatch(r"-?[0-9]+", value) or int(value) < least:
        wrong.append(f"{name} is '{value}', must be a whole number of at least {least}")
        return default
    return int(value)


def seconds(name: str, default: int) -> int:
    """Return a span of time in seconds; `90`, `90s`, `5m`, `8h` and `1d` are understood."""
    value = text(name, str(default))
    match = re.fullmatch(r"([0-9]+)([smhd]?)", value)
    if match is None:
        wrong.append(f"{name} is '{value}', must be a span of time such as 90s, 5m, 8h or 1d")
        return default
    return int(match[1]) * SECONDS_OF[match[2]]


def url(name: str, default: str = "", *, schemes: Sequence[str] = ("https", "http")) -> str:
    """Return an address without a slash at its end; its scheme is one of `schemes`."""
    value = text(name, default).rstrip("/")
    if value and urlsplit(value).scheme not in schemes:
        wrong.append(f"{name} must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return default
    return value


def secret(name: str, default: str = "") -> str:
    """Return the content of the file that NAME_FILE names, without one newline at its end, or else NAME."""
    path = _file_of(name)
    if path is None:
        return os.environ.get(name, default)
    try:
        return path.read_text(encoding="utf-8").removesuffix("\n")
    except (OSError, UnicodeDecodeError) as error:
        wrong.append(f"{name}_FILE cannot be read: {path} ({error.__class__.__name__})")
        return default


def key_uri(name: str, default: str = "") -> str:
    """Return the address of a key: NAME holds a URI such as `hsm:...`, NAME_FILE the path of a private key.

    The key itself is never read here. Format: private key URIs of securesystemslib, `file2:<path>` for PEM.
    """
    path = _file_of(name)
    return f"file2:{path}" if path is not None else text(name, default)


def demand(*, fulfilled: bool, sentence: str) -> None:
    """Note `sentence` as wrong unless `fulfilled`."""
    if not fulfilled:
        wrong.append(sentence)


def refuse_if_wrong() -> None:
    """Report everything that was wrong.

    :raises ImproperlyConfigured: with one line for each.
    """
    if wrong:
        lines = "\n  - ".join(wrong)
        wrong.clear()
        raise ImproperlyConfigured(f"ReviewDesk cannot start with these settings:\n  - {lines}")


def _file_of(name: str) -> Path | None:
    path = os.environ.get(f"{name}_FILE", "")
    if path and os.environ.get(name):
        wrong.append(f"{name} and {name}_FILE are both set; keep one")
    return Path(path) if path else None
