"""From a key URI to a signer."""

from securesystemslib.signer import Signer

from content.attestation import signers  # noqa: F401 (each registers itself)
from content.attestation.signer import SIGNERS, KeyUnusable


def open_signer(uri: str) -> Signer:
    """Return the signer that a URI such as `file2:/secrets/attestation.pem` names.

    :raises KeyUnusable: if the URI is empty, its scheme unknown, or the key cannot be used.
    """
    scheme, _, rest = uri.partition(":")
    if not rest or scheme not in SIGNERS:
        known = ", ".join(SIGNERS)
        raise KeyUnusable(f"No key store opens '{scheme}:'; known are: {known}. Run `manage.py create_key`.")
    return SIGNERS[scheme](rest)
