"""Every state of a verification with the files that lead to it; written to `vectors/states.json` for other verifiers.

`python -m tests.proof.states` writes the table anew. Everything comes from fixed keys, so it comes out the same.
"""

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from content.proof.bundle import Bundle
from content.proof.checking.states import State
from content.proof.digest import sha256_hex
from content.proof.keyset import KeySet
from tests.proof.world import (
    HTML,
    STRANGER_SEED,
    TEST_SEED,
    TEXT,
    World,
    altered,
    attested_of,
    frozen_text,
    keys_file,
    payload_of,
    signer_of,
    subjects_of,
    test_key,
)

VECTORS = Path(__file__).parent / "vectors"
STATES = VECTORS / "states.json"
GOLDEN = VECTORS / "golden.json"


@dataclass(frozen=True, kw_only=True)
class Case:
    """The arguments of one verification, as files, and what must come of it."""

    name: str
    state: State
    exit: int
    bundle: bytes
    keys: bytes | None
    content: bytes | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    status: Sequence[bytes] | None = None
    checkpoint: str | None = None
    soft: bool = False
    accept_superseded: bool = False

    def to_value(self, blobs: dict[str, str]) -> dict[str, Any]:
        """Return the case as JSON; bytes go into `blobs` in base64, under a part of their hash."""

        def kept(raw: bytes) -> str:
            name = sha256_hex(raw)[:12]
            blobs[name] = _packed(raw)
            return name

        value: dict[str, Any] = {
            "name": self.name,
            "state": self.state.value,
            "exit": self.exit,
            "bundle": kept(self.bundle),
            "soft": self.soft,
            "accept_superseded": self.accept_superseded,
            "files": {name: kept(body) for name, body in self.files.items()},
        }
        if self.keys is not None:
            value["keys"] = kept(self.keys)
        if self.content is not None:
            value["content"] = kept(self.content)
        if self.status is not None:
            value["status"] = [kept(line) for line in self.status]
        if self.checkpoint is not None:
            value["checkpoint"] = self.checkpoint
        return value


def _packed(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


class Scene:
    """A world with one attestation in it, and a case made from it by naming what is different."""

    def __init__(self, payload: bytes | None = None, *, seed: int = 1, **changes: Any) -> None:
        self.world = World()
        self.logged = self.world.log(payload or payload_of(**changes), seed=seed)
        self.world.pad(4)

    def case(self, name: str, state: State, exit_code: int, *, keys: KeySet | None = None, **changes: Any) -> Case:
        case = Case(
            name=name,
            state=state,
            exit=exit_code,
            bundle=self.world.bundle(self.logged).to_bytes(),
            keys=keys_file(keys or self.world.keys()),
            content=TEXT.encode(),
        )
        return replace(case, **changes)

    def edited(self, change: Callable[[dict[str, Any]], object]) -> bytes:
        """Return the bundle file after a change to its JSON."""
        value: dict[str, Any] = json.loads(self.world.bundle(self.logged).to_bytes())
        change(value)
        return json.dumps(value).encode()

    def status_line(self, **given: Any) -> bytes:
        """Return a status bundle about the attestation; the log grows by its entry."""
        return self.world.bundle(self.world.withdraw(self.logged, **given)).to_bytes()


def golden() -> Bundle:
    """Return the bundle that the attacks start from."""
    scene = Scene()
    return scene.world.bundle(scene.logged)


def cases() -> Iterator[Case]:
    yield from _undecided()
    yield from _signature_and_statement()
    yield from _log()
    yield from _keys()
    yield from _withdrawals()
    yield from _content()


def _undecided() -> Iterator[Case]:
    scene = Scene()
    yield scene.case("not JSON", State.UNREADABLE, 2, bundle=b"no bundle")
    yield scene.case("a key too many", State.UNREADABLE, 2, bundle=scene.edited(lambda value: value.update(key="x")))
    yield scene.case(
        "media type of version 2",
        State.UNSUPPORTED,
        2,
        bundle=scene.edited(lambda value: value.update(mediaType="application/vnd.reviewdesk.bundle.v2+json")),
    )
    yield scene.case(
        "another payload type",
        State.UNSUPPORTED,
        2,
        bundle=scene.edited(lambda value: value["envelope"].update(payloadType="text/plain")),
    )
    newer = Scene(altered(payload_of(), lambda value: value["predicate"].update(version=2)))
    yield newer.case("predicate of version 2, rightly signed", State.UNSUPPORTED, 2)
    twice = Scene(payload_of()[:-1] + b',"_type":"again"}')
    yield twice.case("a key twice inside the payload, rightly signed", State.UNREADABLE, 2)
    yield replace(scene.case("no key set", State.NO_KEYS, 2), keys=None)


def _signature_and_statement() -> Iterator[Case]:
    stranger = Scene(seed=STRANGER_SEED)
    yield stranger.case("a key that is not in the set", State.UNKNOWN_KEY, 1)
    scene = Scene()
    empty = replace(scene.world.keys(), keys=())
    yield scene.case("an empty key set", State.UNKNOWN_KEY, 1, keys=empty)
    yield scene.case(
        "another payload under the signature",
        State.BAD_SIGNATURE,
        1,
        bundle=scene.edited(lambda value: value["envelope"].update(payload=_packed(payload_of(mode="test")))),
    )
    keyid = signer_of(1).public_key.keyid
    copied = stranger.edited(lambda value: value["envelope"]["signatures"][0].update(keyid=keyid))
    yield scene.case("own key with a copied key id", State.BAD_SIGNATURE, 1, bundle=copied)
    inflated = altered(payload_of(), lambda value: value["predicate"].update(claim="human_rewritten"))
    yield Scene(inflated).case("claim above its floor, rightly signed", State.BAD_STATEMENT, 1)
    foreign = payload_of(issuer=replace(attested_of().issuer, id="https://other.example"))
    yield Scene(foreign).case("speaks for another issuer", State.BAD_STATEMENT, 1)


def _log() -> Iterator[Case]:
    scene = Scene()
    yield scene.case("no proof", State.NOT_IN_LOG, 1, bundle=scene.edited(lambda value: value.update(proof="")))
    other = scene.world.proof(scene.logged.index + 1)
    yield scene.case(
        "proof of another entry", State.NOT_IN_LOG, 1, bundle=scene.edited(lambda value: value.update(proof=other))
    )
    forked = World(log_seed=STRANGER_SEED)
    logged = forked.log(payload_of())
    yield scene.case(
        "checkpoint signed by a stranger", State.LOG_INCONSISTENT, 1, bundle=forked.bundle(logged).to_bytes()
    )
    elsewhere = World(origin="other.example/log")
    logged = elsewhere.log(payload_of())
    yield scene.case("checkpoint of another log", State.LOG_INCONSISTENT, 1, bundle=elsewhere.bundle(logged).to_bytes())
    fork = World()
    fork.pad(5)
    yield scene.case("another tree of the same size was seen", State.LOG_INCONSISTENT, 1, checkpoint=fork.checkpoint())
    yield scene.case("the same checkpoint was seen", State.VERIFIED, 0, checkpoint=scene.world.checkpoint())
    yield scene.case("a smaller checkpoint was seen", State.VERIFIED, 0, checkpoint=scene.world.checkpoint(3))


def _keys() -> Iterator[Case]:
    scene = Scene()
    index = scene.logged.index
    early = scene.world.keys(first_index=index + 1)
    yield scene.case("before the key was in use", State.KEY_NOT_VALID, 1, keys=early)
    late = scene.world.keys(last_index=index - 1)
    yield scene.case("after the key was in use", State.KEY_NOT_VALID, 1, keys=late)
    revoked = scene.world.keys(revoked_from_index=index)
    yield scene.case("from the revoked entry on", State.KEY_REVOKED, 1, keys=revoked)
    older = scene.world.keys(revoked_from_index=index + 1)
    yield scene.case("before the revoked entry", State.VERIFIED, 0, keys=older)
    in_test = Scene(seed=TEST_SEED, mode="test")
    yield in_test.case("made in test mode", State.TEST_KEY, 1, keys=in_test.world.keys(test_key()))
    disguised = Scene(seed=TEST_SEED)
    yield disguised.case("a test key that claims to be live", State.TEST_KEY, 1, keys=disguised.world.keys(test_key()))
    yield Scene(mode="test").case("a live key in test mode", State.TEST_KEY, 1)


def _withdrawals() -> Iterator[Case]:
    scene = Scene()
    revoked = scene.status_line(status="revoked")
    yield scene.case("revoked", State.REVOKED, 1, status=[revoked])
    changed = TEXT.replace("2019", "2020").encode()
    yield scene.case("revoked, and another text", State.REVOKED, 1, status=[revoked], content=changed)
    scene = Scene()
    replaced = scene.status_line(status="superseded")
    yield scene.case("a newer version exists", State.SUPERSEDED, 1, status=[replaced])
    yield scene.case(
        "a newer version exists, which is accepted",
        State.SUPERSEDED,
        0,
        status=[replaced],
        accept_superseded=True,
    )
    yield scene.case(
        "a newer version exists, and another text", State.CONTENT_CHANGED, 1, status=[replaced], content=changed
    )
    both = scene.status_line(status="revoked", reason="evidence_false")
    yield scene.case("replaced, then revoked", State.REVOKED, 1, status=[replaced, both])
    scene = Scene()
    forged = scene.status_line(status="revoked", seed=STRANGER_SEED)
    yield scene.case("revoked by a stranger", State.VERIFIED, 0, status=[forged, b"junk"])
    yield scene.case("nothing withdrawn", State.VERIFIED, 0, status=[])


def _content() -> Iterator[Case]:
    scene = Scene()
    yield scene.case("the signed text", State.VERIFIED, 0)
    yield scene.case("its HTML", State.VERIFIED, 0, content=HTML)
    yield scene.case("no text", State.STATEMENT_VERIFIED, 0, content=None)
    yield scene.case("a text of nothing", State.CONTENT_CHANGED, 1, content=b"")
    changed = TEXT.replace("2019", "2020").encode()
    yield scene.case("one word changed", State.CONTENT_CHANGED, 1, content=changed)
    yield scene.case("one word changed, softly", State.SIMILAR, 1, content=changed, soft=True)
    yield scene.case(
        "another text, softly", State.CONTENT_CHANGED, 1, content=b"Something else entirely, at length.", soft=True
    )
    files = {**subjects_of(frozen_text(), TEXT), "SHA256SUMS": frozen_text().manifest}
    yield scene.case("all files", State.VERIFIED, 0, content=None, files=files)
    yield scene.case(
        "another title", State.CONTENT_CHANGED, 1, files={"meta.json": frozen_text(title="Other").files["meta.json"]}
    )
    yield scene.case(
        "another title, softly",
        State.CONTENT_CHANGED,
        1,
        content=changed,
        soft=True,
        files={"meta.json": frozen_text(title="Other").files["meta.json"]},
    )
    yield scene.case("a file that was not signed", State.CONTENT_CHANGED, 1, files={"image.png": b"x"})
    yield scene.case(
        "another sums file", State.CONTENT_CHANGED, 1, files={"SHA256SUMS": frozen_text(title="x").manifest}
    )
    plain = Scene(payload_of())
    yield plain.case(
        "only the meta file", State.STATEMENT_VERIFIED, 0, content=None, files={"meta.json": files["meta.json"]}
    )


def table() -> str:
    """Return the text of `states.json`."""
    blobs: dict[str, str] = {}
    rows = [case.to_value(blobs) for case in cases()]
    return json.dumps({"cases": rows, "blobs": blobs}, indent=1) + "\n"


def golden_file() -> str:
    """Return the text of `golden.json`: a bundle, its keys, and every file it names."""
    scene = Scene()
    files = {**subjects_of(frozen_text(), TEXT), "SHA256SUMS": frozen_text().manifest}
    value = {
        "bundle": json.loads(scene.world.bundle(scene.logged).to_bytes()),
        "keys": json.loads(keys_file(scene.world.keys())),
        "files": {name: body.decode() for name, body in files.items()},
    }
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    STATES.write_text(table())
    GOLDEN.write_text(golden_file())
