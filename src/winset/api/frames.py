"""Frames of any library in, tables of the same library out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from winset.errors import BadCase, BadTable, NotConfigured

if TYPE_CHECKING:
    from winset.exchange.position_tables import PositionTable, Reading

Frame: TypeAlias = Any  # whatever the caller's library calls it
Rows: TypeAlias = Sequence[Mapping[str, Any]]
Maker: TypeAlias = Callable[[Rows], Frame]

NAME = "the frame"


def positions_in_frame(frame: Frame, reading: Reading) -> tuple[PositionTable, Maker]:
    """The table of positions, checked, and what makes tables of the same library.

    frame: an eager frame, a path to a CSV file, or a list of dicts. Rows of a frame are counted from 0, as its
    library counts them.  Raises BadTable, with one line for each mistake; NotConfigured without narwhals.
    """
    from winset.exchange.position_tables import positions_of, read_positions

    if isinstance(frame, str | os.PathLike):
        return read_positions(Path(frame), reading), as_dicts
    header, columns, make = taken_apart(frame)
    records = ((row, cells) for row, cells in enumerate(zip(*columns, strict=True)))
    return positions_of(header, records, name=NAME, reading=reading, header_row=-1), make


def as_dicts(rows: Rows) -> Frame:
    """A table without a library."""
    return [dict(row) for row in rows]


def taken_apart(frame: Frame) -> tuple[list[str], list[Sequence[object]], Maker]:
    """Header, columns and maker."""
    if isinstance(frame, Sequence) and all(isinstance(row, Mapping) for row in frame):
        header = list(dict.fromkeys(str(column) for row in frame for column in row))
        return header, [[row.get(column) for row in frame] for column in header], as_dicts
    nw = narwhals()
    try:
        held = nw.from_native(frame, eager_only=True)
        header = [str(column) for column in held.columns]
        if len(set(header)) < len(header):
            raise BadTable(f"{NAME}: a column stands twice among {', '.join(header)}: give each its own name")
        columns = [series.to_list() for series in held.iter_columns()]  # a column may be named by a number
    except TypeError:
        kind = f"{type(frame).__module__}.{type(frame).__name__}"
        raise BadTable(
            f"{kind} is no eager data frame: give one of pandas, polars or pyarrow (collect a lazy one first), a path"
            " to a CSV file, or a list of dicts"
        ) from None
    except nw.exceptions.NarwhalsError as error:
        raise BadTable(f"{NAME}: {' '.join(str(error).split())}") from None
    return header, columns, maker_of(held.implementation)


def maker_of(library: Any) -> Maker:
    """What makes tables of a library: "pandas", "polars", "pyarrow", or as narwhals calls it.

    Raises BadCase for one that makes no tables here; NotConfigured without narwhals.
    """
    nw = narwhals()
    try:
        nw.from_dict({"actor": [""]}, backend=library)
    except (ValueError, TypeError, ImportError, nw.exceptions.NarwhalsError):
        raise BadCase(f"no tables of {library!r}: install it, or take pandas, polars or pyarrow") from None

    def made(rows: Rows) -> Frame:
        names = list(rows[0]) if rows else []
        return nw.from_dict({name: [row[name] for row in rows] for name in names}, backend=library).to_native()

    return made


def narwhals() -> Any:
    """The library that knows the others.  Raises NotConfigured without it."""
    try:
        import narwhals
    except ImportError:
        raise NotConfigured(
            "data frames need narwhals: pip install 'winset[frames]'; or give a path to a CSV file, or a list of dicts"
        ) from None
    return narwhals
