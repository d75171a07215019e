"""Reads a PyTorch checkpoint (the format before 1.6: pickles followed by raw storages) without PyTorch."""

import collections
import pickle
import struct
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np

MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
PROTOCOL_VERSION = 1001
ELEMENT_TYPES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


class TensorView(NamedTuple):
    """Where a tensor lies in its storage; offset and strides count elements, not bytes."""

    storage_key: str
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class _CheckpointUnpickler(pickle.Unpickler):
    """Builds plain views and ordered dictionaries; a pickle may name any callable, so every other name is refused."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.element_types: dict[str, np.dtype] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda key, offset, shape, strides, *_: TensorView(key, offset, shape, strides)
        if module == "torch" and name in ELEMENT_TYPES:
            return name
        raise pickle.UnpicklingError(f"the checkpoint names {module}.{name}, which is not read")

    def persistent_load(self, pid: Any) -> str:
        _, storage_type, key, *_ = pid
        self.element_types[key] = ELEMENT_TYPES[storage_type]
        return key


def _read_storages(file: BinaryIO, element_types: dict[str, np.dtype]) -> dict[str, np.ndarray]:
    """The raw storages in the file's own order, each after its element count as a little-endian 64-bit number."""
    storages: dict[str, np.ndarray] = {}
    for key in _CheckpointUnpickler(file).load():
        count_bytes = file.read(8)
        if len(count_bytes) != 8:
            raise ValueError(f"the checkpoint ends before storage {key}")
        (count,) = struct.unpack("<q", count_bytes)
        element_type = element_types[key]
        content = file.read(count * element_type.itemsize)
        if len(content) != count * element_type.itemsize:
            raise ValueError(f"the checkpoint ends inside storage {key}")
        storages[key] = np.frombuffer(content, element_type)
    return storages


def read_checkpoint(path: Path) -> dict[str, np.ndarray]:
    """Tensor name to array, in the checkpoint's own layout (convolutions: output, input, height, width)."""
    with path.open("rb") as file:
        for expected in (MAGIC_NUMBER, PROTOCOL_VERSION):
            if _CheckpointUnpickler(file).load() != expected:
                raise ValueError(f"{path.name} is not a PyTorch checkpoint of the format before 1.6")
        _CheckpointUnpickler(file).load()
        unpickler = _CheckpointUnpickler(file)
        views: dict[str, TensorView] = unpickler.load()
        storages = _read_storages(file, unpickler.element_types)

    tensors: dict[str, np.ndarray] = {}
    for name, view in views.items():
        storage = storages[view.storage_key]
        last = view.offset + sum((size - 1) * stride for size, stride in zip(view.shape, view.strides, strict=True))
        if view.offset < 0 or last >= storage.size or any(stride < 0 for stride in view.strides):
            raise ValueError(f"tensor {name} reaches past its storage")
        strides = [stride * storage.itemsize for stride in view.strides]
        strided = np.lib.stride_tricks.as_strided(storage[view.offset :], view.shape, strides)
        tensors[name] = np.ascontiguousarray(strided).reshape(view.shape)
    return tensors
