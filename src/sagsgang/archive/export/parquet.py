"""Parquet: a row for each document, with the contract's shape as nested columns.

The columns follow from the types of the model, so that they cannot say anything else than the
contract does: an object is a struct, a list is a list, and what may be `null` may be null.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from functools import cache
from itertools import islice
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq

from sagsgang.minutes import Minutes
from sagsgang.minutes.contract import shown_fields
from sagsgang.minutes.model import Source

ROWS: Final = 100
"""Documents to a row group: some megabytes, and all that is in memory at a time."""

_PLAIN: Final = {str: pa.string(), int: pa.int32(), bool: pa.bool_()}
_ARCHIVE: Final = pa.struct(
    [
        ("id", pa.string()),
        ("version", pa.int32()),
        ("address", pa.string()),
        ("sha256", pa.string()),
        ("published_at", pa.string()),
    ]
)


@cache
def schema() -> pa.Schema:
    """The columns: `archive`, `format_version`, `source`, and those of the contract."""
    columns = [pa.field(name, _type(kind)) for name, kind in shown_fields(Minutes).items()]
    return pa.schema(
        [
            pa.field("archive", _ARCHIVE),
            pa.field("format_version", pa.string()),
            pa.field("source", _type(Source)),
            *columns,
        ]
    )


def _type(kind: Any) -> pa.DataType:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind):
        shown = {name: _type(its_kind) for name, its_kind in shown_fields(kind).items()}
        # What has one field only is that field's value, as in the contract.
        return next(iter(shown.values())) if len(shown) == 1 else pa.struct(list(shown.items()))
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return pa.string()
    if origin is tuple:
        return pa.list_(_type(arguments[0]))
    if origin in (Union, UnionType):
        [its_kind] = [one for one in arguments if one is not type(None)]
        return _type(its_kind)
    raise TypeError(f"no column for {kind}")


class _Outlet:
    """A file to write to, whose bytes are taken out as they come."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0
        self.closed = False

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        self._size += len(self._pieces[-1])
        return len(self._pieces[-1])

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        """Everything is out already."""

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        """What has come since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def parquet(documents: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A Parquet file of the documents, row group by row group."""
    outlet, rows = _Outlet(), iter(documents)
    with pq.ParquetWriter(outlet, schema(), compression="zstd") as writer:
        while group := list(islice(rows, ROWS)):
            writer.write_table(pa.Table.from_pylist(group, schema()))
            yield outlet.taken()
    yield outlet.taken()
