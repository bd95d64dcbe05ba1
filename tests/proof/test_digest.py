import pytest

from content.proof.digest import Digest, NotADigest, digest_of, hex_of, sha256_hex
from content.proof.entry import Entry, EntryKind, EntryMalformed, entry_text, parse_entry

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
KEYID = "0" * 64


class TestDigests:
    def test_are_spelled_in_two_ways(self) -> None:
        assert sha256_hex(b"") == EMPTY
        assert digest_of(b"") == f"sha256:{EMPTY}" == str(Digest.of(b""))

    def test_are_read_back(self) -> None:
        assert Digest.parse(f"sha256:{EMPTY}") == Digest.of(b"")
        assert hex_of(f"sha256:{EMPTY}") == EMPTY

    @pytest.mark.parametrize("text", ["", EMPTY, f"sha256:{EMPTY.upper()}", f"sha256:{EMPTY}\n", f"sha512:{EMPTY}"])
    def test_have_no_other_spelling(self, text: str) -> None:
        with pytest.raises(NotADigest):
            hex_of(text)


class TestEntries:
    def test_are_four_lines(self) -> None:
        text = entry_text(kind=EntryKind.ATTEST, digest=f"sha256:{EMPTY}", keyid=KEYID)

        assert text == f"reviewdesk-entry/v1\nattest\nsha256:{EMPTY}\nkey:{KEYID}\n".encode()
        assert parse_entry(text) == Entry(kind=EntryKind.ATTEST, digest=f"sha256:{EMPTY}", keyid=KEYID)

    def test_of_the_key_file_name_no_key(self) -> None:
        text = entry_text(kind=EntryKind.KEYS, digest=f"sha256:{EMPTY}", keyid=None)

        assert text.endswith(b"\nkey:none\n")
        assert parse_entry(text).keyid is None

    @pytest.mark.parametrize(
        ("kind", "keyid"),
        [(EntryKind.ATTEST, None), (EntryKind.KEYS, KEYID), (EntryKind.REVOKE, "x\nkey"), (EntryKind.REVOKE, "A" * 64)],
    )
    def test_with_a_wrong_key_are_refused(self, kind: EntryKind, keyid: str | None) -> None:
        with pytest.raises(EntryMalformed):
            entry_text(kind=kind, digest=f"sha256:{EMPTY}", keyid=keyid)

    def test_with_more_behind_them_are_refused(self) -> None:
        text = entry_text(kind=EntryKind.ATTEST, digest=f"sha256:{EMPTY}", keyid=KEYID)

        with pytest.raises(EntryMalformed):
            parse_entry(text + b"more\n")
