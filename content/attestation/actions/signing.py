"""The key that signs statements: opened outside transactions, held while what it signed is stored."""

from securesystemslib.signer import Signer

from content.attestation.keystore import open_signer
from content.attestation.models import SigningKey
from content.attestation.queries.keys import KeyNotRegistered, key_in_use
from content.attestation.states import KeyUse
from content.conf import conf
from content.events.flow import NotYet


def signer_in_use() -> Signer:
    """Return the configured signer, once it is the registered one.

    :raises KeyUnusable: if it cannot be opened.
    :raises KeyNotRegistered: if the key set names another key.
    """
    signer = open_signer(conf.signing_key)
    known = key_in_use(use=KeyUse.ATTESTATION)
    if known is None or known.pk != signer.public_key.keyid:
        raise KeyNotRegistered
    return signer


def hold_key(*, keyid: str) -> None:
    """Lock the row of a key, so that it is not replaced before what it signed waits for the log.

    :raises NotYet: if it was replaced already: sign anew.
    """
    row = SigningKey.objects.select_for_update(no_key=True).filter(pk=keyid, last_index=None).first()
    if row is None:
        raise NotYet("The key was replaced; the statement is signed anew.")
