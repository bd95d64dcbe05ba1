"""The project's own settings, read in the environment `test`, with keys that live as long as the run.

Every run has a folder of its own, so that several may run in one checkout at the same time.
"""

import atexit
import base64
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

FOLDER = Path(tempfile.mkdtemp(prefix="reviewdesk-test-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def _key(name: str) -> str:
    path = FOLDER / name
    path.touch(mode=0o600)
    path.write_bytes(
        Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )
    return str(path)


os.environ |= {
    "REVIEWDESK_ENV": "test",
    "REVIEWDESK_DATA": str(FOLDER),
    "BASE_URL": "http://testserver",
    "SIGNING_KEY_FILE": _key("signing_key"),
    "LOG_KEY_FILE": _key("log_key"),
    "SECRETS_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
}

from reviewdesk.settings import *  # noqa: E402, F403  # what it reads is set above
from reviewdesk.settings import DATABASES  # noqa: E402

DATABASE = DATABASES["default"]
if DATABASE["ENGINE"].endswith("sqlite3"):
    # A file and not memory, so that threads meet the locks they would meet in earnest; what a power cut
    # would lose is of no interest here.
    DATABASE["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
    DATABASE["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # scrypt takes its time, on purpose
