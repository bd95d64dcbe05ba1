import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.proof.merkle import (
    EMPTY_ROOT,
    MalformedProof,
    ProofMismatch,
    check_consistency,
    check_inclusion,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    root_of,
)

VECTORS = Path(__file__).parent / "vectors" / "merkle"
REFUSALS = (MalformedProof, ProofMismatch)


def leaves_of(count: int) -> list[bytes]:
    return [leaf_hash(f"entry {number}".encode()) for number in range(count)]


def defined_root(leaves: list[bytes]) -> bytes:
    """Return the tree head by the recursive definition of RFC 6962 section 2.1."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(defined_root(leaves[:split]), defined_root(leaves[split:]))


def vectors(folder: str) -> list[Any]:
    files = sorted((VECTORS / folder).rglob("*.json"))
    return [pytest.param(file, id=str(file.relative_to(VECTORS))) for file in files]


def decoded(value: str | None) -> bytes:
    return base64.b64decode(value or "")


class TestPublishedVectors:
    @pytest.mark.parametrize("file", vectors("inclusion"))
    def test_inclusion_is_judged_as_published(self, file: Path) -> None:
        case = json.loads(file.read_text())

        def check() -> None:
            check_inclusion(
                leaf=decoded(case["leafHash"]),
                index=case["leafIdx"],
                size=case["treeSize"],
                path=[decoded(value) for value in case["proof"] or ()],
                root=decoded(case["root"]),
            )

        if case["wantErr"]:
            with pytest.raises(REFUSALS):
                check()
        else:
            check()

    @pytest.mark.parametrize("file", vectors("consistency"))
    def test_consistency_is_judged_as_published(self, file: Path) -> None:
        case = json.loads(file.read_text())

        def check() -> None:
            check_consistency(
                old_size=case["size1"],
                new_size=case["size2"],
                old_root=decoded(case["root1"]),
                new_root=decoded(case["root2"]),
                path=[decoded(value) for value in case["proof"] or ()],
            )

        if case["wantErr"]:
            with pytest.raises(REFUSALS):
                check()
        else:
            check()

    def test_all_ninety_are_there(self) -> None:
        assert len(vectors("inclusion")) + len(vectors("consistency")) == 90


class TestRoot:
    @given(st.integers(0, 300))
    def test_equals_the_recursive_definition(self, count: int) -> None:
        assert root_of(leaves_of(count)) == defined_root(leaves_of(count))


class TestInclusion:
    @given(st.integers(1, 200), st.data())
    def test_every_leaf_can_be_shown(self, size: int, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, size - 1))
        leaves = leaves_of(size)

        path = inclusion_path(leaves=leaves, index=index)

        check_inclusion(leaf=leaves[index], index=index, size=size, path=path, root=root_of(leaves))

    @given(st.integers(2, 60), st.data())
    def test_no_other_place_or_size_is_shown_by_the_same_path(self, size: int, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, size - 1))
        other = data.draw(st.integers(0, size - 1).filter(lambda value: value != index))
        leaves = leaves_of(size)
        path = inclusion_path(leaves=leaves, index=index)

        with pytest.raises(REFUSALS):
            check_inclusion(leaf=leaves[index], index=other, size=size, path=path, root=root_of(leaves))

    @given(st.integers(2, 60), st.data())
    def test_a_path_with_a_hash_dropped_added_or_swapped_is_refused(self, size: int, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, size - 1))
        leaves = leaves_of(size)
        path = list(inclusion_path(leaves=leaves, index=index))
        at = data.draw(st.integers(0, len(path) - 1))
        spoiled = data.draw(
            st.sampled_from(
                [
                    path[:at] + path[at + 1 :],
                    [*path[:at], path[at], *path[at:]],
                    [*path[:at], b"\x00" * 32, *path[at + 1 :]],
                    [*path[:at], path[at][:31], *path[at + 1 :]],
                ]
            )
        )

        with pytest.raises(REFUSALS):
            check_inclusion(leaf=leaves[index], index=index, size=size, path=spoiled, root=root_of(leaves))

    @pytest.mark.parametrize("index", [-1, 5, 2**60])
    def test_a_leaf_that_is_not_there_cannot_be_shown(self, index: int) -> None:
        with pytest.raises(MalformedProof):
            inclusion_path(leaves=leaves_of(5), index=index)


class TestConsistency:
    @given(st.integers(1, 200), st.data())
    def test_every_growth_can_be_shown(self, size: int, data: st.DataObject) -> None:
        old = data.draw(st.integers(1, size))
        leaves = leaves_of(size)

        path = consistency_path(leaves=leaves, old=old)

        check_consistency(
            old_size=old,
            new_size=size,
            old_root=root_of(leaves[:old]),
            new_root=root_of(leaves),
            path=path,
        )

    @given(st.integers(2, 100), st.data())
    def test_a_tree_with_another_past_is_refused(self, size: int, data: st.DataObject) -> None:
        old = data.draw(st.integers(1, size))
        leaves = leaves_of(size)
        rewritten = leaves_of(old)
        rewritten[data.draw(st.integers(0, old - 1))] = leaf_hash(b"something else")

        with pytest.raises(REFUSALS):
            check_consistency(
                old_size=old,
                new_size=size,
                old_root=root_of(rewritten),
                new_root=root_of(leaves),
                path=consistency_path(leaves=leaves, old=old),
            )

    def test_an_empty_path_between_two_sizes_is_refused(self) -> None:
        leaves = leaves_of(5)

        with pytest.raises(MalformedProof):
            check_consistency(old_size=3, new_size=5, old_root=root_of(leaves[:3]), new_root=root_of(leaves), path=())

    @pytest.mark.parametrize("old", [0, 6])
    def test_growth_out_of_nothing_or_out_of_more_is_refused(self, old: int) -> None:
        with pytest.raises(MalformedProof):
            consistency_path(leaves=leaves_of(5), old=old)
