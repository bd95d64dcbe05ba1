"""Questions about the public keys and the file that lists them."""

from content.attestation.models import KeySet, SigningKey
from content.attestation.states import KeyUse
from content.errors import NotFound, Unavailable


class NoKeySet(NotFound):
    """No key set was published yet: no key is registered."""

    code = "no_key_set"


class KeyNotRegistered(Unavailable):
    """The configured key is not the registered one; run `manage.py rotate_key` after changing a key."""

    code = "key_not_registered"


def key_set() -> bytes:
    """Return the newest version of `keys.json`, byte for byte as it was logged.

    :raises NoKeySet: if there is none.
    """
    newest = newest_key_set()
    if newest is None:
        raise NoKeySet
    return newest.body.encode()


def newest_key_set() -> KeySet | None:
    """Return the newest version of the key set, if there is one."""
    return KeySet.objects.order_by("-version").first()


def key_in_use(*, use: KeyUse) -> SigningKey | None:
    """Return the key that signs now."""
    return SigningKey.objects.filter(use=use.value, last_index=None).order_by("-first_index").first()


def public_key(*, keyid: str) -> SigningKey:
    """Return a public key by its id.

    :raises NoKeySet: if there is none.
    """
    key = SigningKey.objects.filter(pk=keyid).first()
    if key is None:
        raise NoKeySet(f"No key is called {keyid[:16]}.")
    return key
