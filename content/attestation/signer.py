"""Where key stores register: one file a URI scheme in `signers/`, chosen by `REVIEWDESK["SIGNING_KEY"]`."""

from collections.abc import Callable

from securesystemslib.signer import Signer

from content.errors import Unavailable
from content.registry import Registry

Opener = Callable[[str], Signer]
SIGNERS: Registry[Opener] = Registry("signer", versioned=False)


class KeyUnusable(Unavailable):
    """The signing key cannot be used; nothing is signed until it can."""

    code = "key_unusable"


def signer(scheme: str) -> Callable[[Opener], Opener]:
    """Return a decorator that keeps an opener under a URI scheme, such as `file2`.

    An opener takes what follows the scheme's colon and returns a signer whose public key came from
    `content.proof.envelope.ssl_key`; it raises `KeyUnusable` with a sentence that says what to do.
    """
    return SIGNERS.register(scheme)
