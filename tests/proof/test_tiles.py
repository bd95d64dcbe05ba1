import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.proof import merkle
from content.proof.merkle import MalformedProof, leaf_hash
from content.proof.tiles import (
    LeafTiles,
    TileId,
    completed_tiles,
    entries_path,
    entry_bundle,
    prove_consistency,
    prove_inclusion,
    tile_hashes,
    tile_path,
    tree_root,
)

LEAVES = [leaf_hash(str(number).encode()) for number in range(1_500)]


class CountingTiles:
    """Tiles in memory that count how often they are asked."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.tiles = LeafTiles(leaves)
        self.asked: list[TileId] = []

    def __call__(self, *, level: int, number: int, width: int) -> bytes:
        self.asked.append(TileId(level, number))
        return self.tiles(level=level, number=number, width=width)


class TestProofsFromTiles:
    @given(st.integers(0, len(LEAVES)))
    def test_the_root_equals_the_one_of_all_leaves(self, size: int) -> None:
        assert tree_root(size=size, read=LeafTiles(LEAVES[:size])) == merkle.root_of(LEAVES[:size])

    @given(st.integers(1, len(LEAVES)), st.data())
    def test_an_inclusion_path_equals_the_one_of_all_leaves(self, size: int, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, size - 1))
        leaves = LEAVES[:size]

        path = prove_inclusion(index=index, size=size, read=LeafTiles(leaves))

        assert path == merkle.inclusion_path(leaves=leaves, index=index)

    @given(st.integers(1, len(LEAVES)), st.data())
    def test_a_consistency_path_equals_the_one_of_all_leaves(self, size: int, data: st.DataObject) -> None:
        old = data.draw(st.integers(1, size))
        leaves = LEAVES[:size]

        path = prove_consistency(old=old, size=size, read=LeafTiles(leaves))

        assert path == merkle.consistency_path(leaves=leaves, old=old)

    def test_every_tile_is_read_once(self) -> None:
        tiles = CountingTiles(LEAVES)

        prove_inclusion(index=700, size=len(LEAVES), read=tiles)

        assert len(tiles.asked) == len(set(tiles.asked)) <= 3

    @pytest.mark.parametrize("index", [-1, 9])
    def test_an_entry_that_is_not_there_is_refused(self, index: int) -> None:
        with pytest.raises(MalformedProof):
            prove_inclusion(index=index, size=9, read=LeafTiles(LEAVES[:9]))

    @pytest.mark.parametrize("old", [0, 10])
    def test_growth_out_of_nothing_or_out_of_more_is_refused(self, old: int) -> None:
        with pytest.raises(MalformedProof):
            prove_consistency(old=old, size=9, read=LeafTiles(LEAVES[:9]))

    def test_a_tile_of_a_wrong_length_is_refused(self) -> None:
        def short(*, level: int, number: int, width: int) -> bytes:
            return LeafTiles(LEAVES)(level=level, number=number, width=width)[:-1]

        with pytest.raises(MalformedProof):
            tree_root(size=9, read=short)
        with pytest.raises(MalformedProof):
            tile_hashes(TileId(0, 0), read=short)


class TestStoredTiles:
    def test_growing_names_each_full_tile_once_and_lower_levels_first(self) -> None:
        grown = [
            *completed_tiles(old_size=0, new_size=300),
            *completed_tiles(old_size=300, new_size=256 * 256),
        ]

        assert grown[0] == (0, 0)
        assert grown[-1] == (1, 0)
        assert len(grown) == len(set(grown)) == 257

    def test_nothing_is_full_before_256_entries(self) -> None:
        assert list(completed_tiles(old_size=0, new_size=255)) == []

    def test_a_tile_of_the_next_level_holds_the_roots_of_full_tiles(self) -> None:
        tiles = LeafTiles([leaf_hash(bytes([number % 256])) for number in range(256 * 256)])

        hashes = tile_hashes(TileId(1, 0), read=tiles)

        assert hashes == tiles(level=1, number=0, width=256)
        assert len(hashes) == 8_192

    def test_a_tile_wider_than_the_log_is_refused(self) -> None:
        with pytest.raises(MalformedProof):
            LeafTiles(LEAVES[:5])(level=0, number=0, width=6)


class TestPaths:
    def test_a_tile_number_is_written_in_groups_of_three_digits(self) -> None:
        assert tile_path(level=0, number=1_234_067) == "tile/0/x001/x234/067"

    def test_a_partial_tile_names_its_width(self) -> None:
        assert tile_path(level=1, number=0, width=17) == "tile/1/000.p/17"

    def test_entries_have_their_own_folder(self) -> None:
        assert entries_path(number=5, width=3) == "tile/entries/005.p/3"

    def test_an_entry_follows_its_length(self) -> None:
        assert entry_bundle([b"ab", b""]) == b"\x00\x02ab\x00\x00"
