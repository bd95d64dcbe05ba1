"""Plug-ins by name and version: a name once used keeps its meaning for ever, because attestations cite it."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")
VERSIONED_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\.v[1-9][0-9]*")


class RegistryRefused(ValueError):
    """A plug-in cannot be registered: its name is taken or carries no version. The process does not start."""


class Registry(Generic[T]):
    """One kind of plug-in. Iterating yields the names in alphabetical order."""

    def __init__(self, kind: str, *, versioned: bool = True) -> None:
        self.kind = kind
        self._versioned = versioned
        self._members: dict[str, T] = {}

    def register(self, name: str) -> Callable[[T], T]:
        """Return a decorator that keeps what it decorates under `name`, such as `"two_people.v1"`.

        :raises RegistryRefused: if the name is taken, or should carry a version and does not.
        """
        if self._versioned and not VERSIONED_NAME.fullmatch(name):
            raise RegistryRefused(f"{self.kind} '{name}' needs a versioned name such as '{name.partition('.')[0]}.v1'.")

        def keep(member: T) -> T:
            if name in self._members:
                raise RegistryRefused(f"{self.kind} '{name}' is registered twice.")
            self._members[name] = member
            return member

        return keep

    def __getitem__(self, name: str) -> T:
        return self._members[name]

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._members))

    def __len__(self) -> int:
        return len(self._members)

    @contextmanager
    def temporarily(self, members: Mapping[str, T]) -> Iterator[None]:
        """Add or replace `members` while the block runs; for tests of plug-ins."""
        before = dict(self._members)
        self._members.update(members)
        try:
            yield
        finally:
            self._members = before
