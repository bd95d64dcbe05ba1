"""Rate limits: so many requests a minute for a token or an address, counted in the `fast` cache.

While that cache is away each process counts for itself and lets more through: a lost Redis must not stop intake. The
headers follow draft-ietf-httpapi-ratelimit-headers.
"""

import time
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache

from content.api.http.refusals import RateLimited

WINDOW: Final = 60
PAUSE_SECONDS: Final = 5.0
FAST: Final = "fast"


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowance:
    """What is left of a limit in this minute."""

    name: str
    limit: int
    used: int
    seconds_left: int

    @property
    def headers(self) -> dict[str, str]:
        """The headers that tell the caller."""
        left = max(0, self.limit - self.used)
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.limit};w={WINDOW}',
            "RateLimit": f'"{self.name}";r={left};t={self.seconds_left}',
        }

    def require(self) -> "Allowance":
        """Return this allowance while something is left of it.

        :raises RateLimited: when the minute is used up; params `retry_after`.
        """
        if self.used > self.limit:
            raise RateLimited(limit=self.limit, retry_after=self.seconds_left)
        return self


class _Counters:
    """Counts within the current minute, shared through the cache or, while that is away, in this process alone."""

    def __init__(self) -> None:
        self._away_until = 0.0
        self._own: Counter[str] = Counter()
        self._own_minute = 0

    def add(self, key: str, minute: int) -> int:
        if time.monotonic() >= self._away_until:
            try:
                return _count(_cache(), f"rd:{key}:{minute}")
            except Exception:  # noqa: BLE001 (whatever the cache raises: limits are not worth a refused draft)
                self._away_until = time.monotonic() + PAUSE_SECONDS
        if minute != self._own_minute:
            self._own.clear()
            self._own_minute = minute
        self._own[key] += 1
        return self._own[key]


def _cache() -> BaseCache:
    return caches[FAST] if FAST in caches.settings else caches["default"]


def _count(cache: BaseCache, key: str) -> int:
    try:
        return int(cache.incr(key))
    except ValueError:  # nobody counted in this minute yet
        return 1 if cache.add(key, 1, WINDOW * 2) else int(cache.incr(key))


_counters = _Counters()


def used(*, name: str, key: str, limit: int, now: float) -> Allowance:
    """Count one request and return what is left.

    :param key: what is limited, such as `token:7`; no secret.
    :param now: seconds since 1970.
    """
    minute = int(now) // WINDOW
    seconds_left = WINDOW - int(now) % WINDOW
    return Allowance(name=name, limit=limit, used=_counters.add(f"{name}:{key}", minute), seconds_left=seconds_left)
