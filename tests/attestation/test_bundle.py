"""What is published is checked by the command that anybody runs: another process, no Django, no network."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from content.actors import SYSTEM
from content.attestation.actions.keys import register_keys
from content.attestation.models import EvidenceLeaf, PersonSalt
from content.attestation.queries.bundles import bundle_of, files_of, statement_of
from content.attestation.queries.keys import key_set
from content.attestation.queries.log import status_lines
from content.conf import conf
from content.events.flow import NotYet
from content.proof.citing import pseudonym
from content.proof.digest import sha256_hex
from content.proof.jcs import jcs
from content.proof.merkle import leaf_hash, root_of
from tests.make import NOON
from tests.proof.world import World, keys_file
from tests.publishing.maker import Out, PublishingMaker

ROOT = Path(__file__).parents[2]


class Verifier:
    """The command, with what was published lying in a folder."""

    def __init__(self, folder: Path, out: Out) -> None:
        self.folder = folder
        self.write("attestation.json", bundle_of(attestation_id=out.attestation_id))
        self.write("keys.json", key_set())
        self.write("status.jsonl", b"".join(line + b"\n" for line in status_lines()))
        for name, body in files_of(attestation_id=out.attestation_id).items():
            self.write(name, body)

    def write(self, name: str, body: bytes) -> None:
        (self.folder / name).write_bytes(body)

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def run(self, *more: str, content: str = "content.md", keys: str = "keys.json") -> tuple[int, str]:
        """Return exit status and state."""
        command = [sys.executable, "-m", "content.proof", "verify", str(self.folder / "attestation.json")]
        asked = ["--content", str(self.folder / content), "--keys", str(self.folder / keys), "--json", *more]
        done = subprocess.run([*command, *asked], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, json.loads(done.stdout)["state"]


@pytest.fixture
def out(make: PublishingMaker) -> Out:
    return make.out()


@pytest.fixture
def verifier(tmp_path: Path, out: Out) -> Verifier:
    return Verifier(tmp_path, out)


class TestTheCommand:
    def test_proves_what_was_published(self, verifier: Verifier) -> None:
        status = str(verifier.folder / "status.jsonl")

        assert verifier.run("--status", status) == (0, "verified")

    @pytest.mark.parametrize("name", ["content.txt", "content.html"])
    def test_proves_every_rendition(self, verifier: Verifier, name: str) -> None:
        assert verifier.run(content=name) == (0, "verified")

    @pytest.mark.parametrize("change", [b"\n", b" ", b"."])
    def test_refuses_a_changed_text(self, verifier: Verifier, change: bytes) -> None:
        verifier.write("content.md", verifier.read("content.md") + change)

        assert verifier.run() == (1, "content_changed")

    def test_refuses_a_changed_title(self, verifier: Verifier) -> None:
        verifier.write("meta.json", verifier.read("meta.json").replace(b"bread", b"bricks"))

        assert verifier.run("--file", f"meta.json={verifier.folder / 'meta.json'}") == (1, "content_changed")

    def test_refuses_a_changed_statement(self, verifier: Verifier) -> None:
        bundle = json.loads(verifier.read("attestation.json"))
        payload = bundle["envelope"]["payload"]
        bundle["envelope"]["payload"] = payload[:-8] + ("A" if payload[-8] != "A" else "B") + payload[-7:]
        verifier.write("attestation.json", json.dumps(bundle).encode())

        assert verifier.run() == (1, "bad_signature")

    def test_refuses_a_truncated_bundle(self, verifier: Verifier) -> None:
        verifier.write("attestation.json", verifier.read("attestation.json")[:-40])

        assert verifier.run() == (2, "unreadable")

    def test_refuses_the_keys_of_somebody_else(self, verifier: Verifier) -> None:
        verifier.write("keys.json", keys_file(World().keys()))

        assert verifier.run() == (1, "unknown_key")


class TestTheStatement:
    def test_names_people_by_pseudonyms_that_deleting_a_salt_cuts(self, out: Out) -> None:
        review = statement_of(attestation_id=out.attestation_id).predicate["review"]
        salt = PersonSalt.objects.get(person=out.step.editor.id).salt

        named = pseudonym(salt=bytes.fromhex(salt), draft_id=str(out.step.draft_id))
        assert named in json.dumps(review)
        assert "user" not in json.dumps(review)

    def test_commits_its_evidence(self, out: Out) -> None:
        cited = statement_of(attestation_id=out.attestation_id).predicate["evidence"]
        leaves = EvidenceLeaf.objects.filter(attestation=out.attestation_id).order_by("position")

        hashes = [leaf_hash(bytes.fromhex(leaf.salt) + jcs(leaf.content)) for leaf in leaves]
        assert isinstance(cited, dict)
        assert cited["root"] == f"sha256:{root_of(hashes).hex()}"
        assert cited["leaves"] == len(hashes) > 5

    def test_counts_every_word_once(self, out: Out) -> None:
        authorship = statement_of(attestation_id=out.attestation_id).predicate["authorship"]

        assert isinstance(authorship, dict)
        assert isinstance(authorship["words"], dict)
        assert authorship["words"]["asserted"] > 0

    def test_is_about_every_file_that_is_served(self, out: Out) -> None:
        subject = statement_of(attestation_id=out.attestation_id).subject

        files = files_of(attestation_id=out.attestation_id)
        assert {name: sha256_hex(body) for name, body in files.items() if name != "SHA256SUMS"} == dict(subject)
        assert f"sha256:{sha256_hex(files['SHA256SUMS'])}" == out.facts.digest


class TestTheBundle:
    def test_is_not_there_before_the_log_is(self, make: PublishingMaker) -> None:
        row = make.signed_statement()

        with pytest.raises(NotYet):
            bundle_of(attestation_id=row.pk)

    def test_stays_the_same_while_the_log_grows(self, make: PublishingMaker) -> None:
        first = make.out()
        before = bundle_of(attestation_id=first.attestation_id)

        make.out()

        assert bundle_of(attestation_id=first.attestation_id) == before

    def test_belongs_to_the_issuer_of_the_settings(self, make: PublishingMaker) -> None:
        register_keys(by=SYSTEM, at=NOON)

        assert json.loads(key_set())["issuer"]["id"] == conf.issuer
