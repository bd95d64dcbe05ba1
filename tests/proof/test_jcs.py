import hashlib
import json
from collections import OrderedDict
from pathlib import Path

import pytest

from content.proof.jcs import NotCanonical, jcs

VECTORS = Path(__file__).parent / "vectors"
NAMES = sorted(file.stem for file in (VECTORS / "jcs" / "input").glob("*.json"))


class TestPublishedVectors:
    @pytest.mark.parametrize("name", NAMES)
    def test_rfc_8785_output_comes_out_byte_for_byte(self, name: str) -> None:
        value = json.loads((VECTORS / "jcs" / "input" / f"{name}.json").read_bytes())

        written = jcs(value)

        assert written == (VECTORS / "jcs" / "output" / f"{name}.json").read_bytes()
        assert written == bytes.fromhex((VECTORS / "jcs" / "outhex" / f"{name}.txt").read_text())

    def test_all_six_are_there(self) -> None:
        assert len(NAMES) == 6

    @pytest.mark.parametrize(
        ("source", "canonical", "digest"),
        [
            ("unsigned.json", "canonDocJCS.txt", "docHashJCS.txt"),
            ("proofConfigJCS.json", "proofCanonJCS.txt", "proofHashJCS.txt"),
        ],
    )
    def test_w3c_documents_hash_as_published(self, source: str, canonical: str, digest: str) -> None:
        folder = VECTORS / "eddsa-jcs-2022"

        written = jcs(json.loads((folder / source).read_bytes()))

        assert written == (folder / canonical).read_bytes()
        assert hashlib.sha256(written).hexdigest() == (folder / digest).read_text()


class TestRefusals:
    @pytest.mark.parametrize("value", [float("nan"), 2**53, "\ud800", {"\ud800": 1}])
    def test_what_has_no_canonical_form_is_refused(self, value: object) -> None:
        with pytest.raises(NotCanonical):
            jcs(value)  # type: ignore[arg-type]

    def test_any_mapping_and_sequence_is_written(self) -> None:
        assert jcs(OrderedDict(b=(1, 2), a=None)) == b'{"a":null,"b":[1,2]}'
