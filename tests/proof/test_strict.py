import base64
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.proof.strict import (
    MAX_BYTES,
    MAX_VALUES,
    Unreadable,
    as_object,
    as_text,
    base64_bytes,
    read_json,
    read_object,
)

VALUES = st.recursive(
    st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4),
    max_leaves=20,
)

HOSTILE = {
    "duplicate key": b'{"a":1,"a":1}',
    "duplicate key below": b'{"a":[{"b":1,"b":2}]}',
    "float": b'{"a":1.5}',
    "exponent": b'{"a":1e3}',
    "not a number": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "true": b'{"a":true}',
    "null": b"null",
    "2^53": b"[9007199254740992]",
    "minus 2^53": b"[-9007199254740992]",
    "an integer of 5,000 digits": b"[" + b"9" * 5_000 + b"]",
    "byte-order mark": b'\xef\xbb\xbf{"a":1}',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "not UTF-8": b'{"a":"\xff"}',
    "half a surrogate pair": b'{"a":"\\ud800"}',
    "half a surrogate pair as a key": b'{"\\udc00":1}',
    "a surrogate in raw bytes": b'"\xed\xa0\x80"',
    "data after the end": b'{"a":1} {}',
    "a raw line feed in a string": b'"a\nb"',
    "leading zero": b"[01]",
    "a comment": b"[1] // one",
    "cut": b'{"a":',
    "nothing": b"",
    "depth 13": b"[" * 14 + b"]" * 14,
    "depth 10,000": b"[" * 10_000 + b"]" * 10_000,
    "depth 10,000 of objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "more than 1 MiB": b'"' + b"a" * MAX_BYTES + b'"',
    "10 MB": b"[" + b"1," * 5_000_000 + b"1]",
    "too many values": b"[" + b"1," * MAX_VALUES + b"1]",
}


class TestReading:
    @given(VALUES)
    def test_gives_back_what_was_written(self, value: Any) -> None:
        assert read_json(json.dumps(value, ensure_ascii=False).encode()) == value

    @given(VALUES)
    def test_reads_escapes_as_the_same_value(self, value: Any) -> None:
        assert read_json(json.dumps(value, ensure_ascii=True).encode()) == value

    @pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
    def test_refuses_what_could_be_read_in_two_ways_or_fill_the_memory(self, source: bytes) -> None:
        started = time.process_time()

        with pytest.raises(Unreadable):
            read_json(source)

        assert time.process_time() - started < 0.25  # 0.05 on an idle machine

    @given(st.binary(max_size=200))
    def test_answers_any_bytes_with_a_value_or_a_refusal(self, source: bytes) -> None:
        try:
            value = read_json(source)
        except Unreadable:
            return
        assert isinstance(value, (str, int, list, dict))

    def test_accepts_depth_twelve(self) -> None:
        value = read_json(b"[" * 12 + b"1" + b"]" * 12)

        assert value

    def test_accepts_the_largest_integers(self) -> None:
        assert read_json(b"[9007199254740991,-9007199254740991]") == [2**53 - 1, -(2**53) + 1]


class TestShapes:
    def test_an_object_has_exactly_its_keys(self) -> None:
        keys = frozenset({"a", "b"})

        assert read_object(b'{"a":1,"b":2}', keys=keys) == {"a": 1, "b": 2}

    @pytest.mark.parametrize("source", [b'{"a":1}', b'{"a":1,"b":2,"c":3}', b"[1]", b'"a"'])
    def test_an_object_with_other_keys_is_refused(self, source: bytes) -> None:
        with pytest.raises(Unreadable):
            read_object(source, keys=frozenset({"a", "b"}))

    def test_only_a_string_is_a_text(self) -> None:
        with pytest.raises(Unreadable):
            as_text(1)
        with pytest.raises(Unreadable):
            as_object("a", keys=frozenset())


class TestBase64:
    @given(st.binary(max_size=100))
    def test_reads_its_canonical_spelling(self, raw: bytes) -> None:
        assert base64_bytes(base64.b64encode(raw).decode()) == raw

    @pytest.mark.parametrize(
        "text", ["QQ", "QQ=", "QR==", "QQ==\n", " QQ==", "Q Q==", "-_-_", "QQ==QQ==", "Qé==", "====", "A==="]
    )
    def test_refuses_any_other_spelling(self, text: str) -> None:
        with pytest.raises(Unreadable):
            base64_bytes(text)
