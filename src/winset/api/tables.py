"""Table: rows with names, which any library of data frames takes; and the words behind each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from winset.errors import BadCase, NotConfigured

if TYPE_CHECKING:
    from winset.api.words import Words
    from winset.exchange.tables import Sheet

Row: TypeAlias = dict[str, Any]
Opener: TypeAlias = "Callable[[Row], tuple[Words, ...]]"

MOST_ROWS = 20_000  # that are held at once: as `pipeline.kept_cases.WHOLE`
BATCH = 5_000  # rows of `batches`
SHOWN_AT_ONCE = 20  # rows of a table in a notebook
SHOWN = 5  # rows of a printed table
WIDEST = 44  # letters of a printed cell
EXTRAS = {"pyarrow": "tables"}  # of pip, by library; the others people have
OWN_KINDS = {  # of columns of tables that `winset tables` does not write, where no row tells
    **dict.fromkeys("other credits camp".split(), int),
    **dict.fromkeys("score probability chance points".split(), float),
    **dict.fromkeys(("veto",), bool),
}
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # halves of a pair, which UTF-8 cannot hold
IDS = frozenset("evidence said statements cites".split())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Table(Sequence[Row]):
    """Rows by number, each a dict; `.to_pandas()`, `.to_polars()` and `.to_arrow()` make a frame of them.

    >>> table = Table.of("votes", [{"actor": "Ruritania", "votes": 3}, {"actor": "Sylvania", "votes": 2}])
    >>> len(table), table[1]["actor"], list(table.columns)
    (2, 'Sylvania', ['actor', 'votes'])
    >>> table.where(votes=3).to_dicts()
    [{'actor': 'Ruritania', 'votes': 3}]
    """

    name: str
    about: str = ""
    columns: Mapping[str, str]  # name, and what stands in it
    rows: Sequence[Row] = ()
    stream: Callable[[], Iterator[Row]] | None = None  # reads rows of a large case one by one, in place of `rows`
    length: int = 0  # of the stream
    shown: tuple[str, ...] = ()  # columns that a notebook shows; empty: all
    opener: Opener | None = None
    painter: Callable[[Sequence[Row]], str] | None = field(default=None)  # shows rows in a notebook its own way
    most: int = SHOWN_AT_ONCE  # rows that a notebook shows

    @classmethod
    def of(cls, name: str, rows: Iterable[Mapping[str, Any]], **more: Any) -> Table:
        """A table of these rows, the columns as the first of them have them."""
        held = tuple(dict(row) for row in rows)
        columns = more.pop("columns", None) or dict.fromkeys((key for row in held for key in row), "")
        return cls(name=name, columns=columns, rows=held, **more)

    @classmethod
    def of_sheet(cls, sheet: Sheet, **more: Any) -> Table:
        """A table as `winset tables` writes it; lists in its cells."""
        return cls(name=sheet.name, about=sheet.about, columns=sheet.columns, rows=tuple(sheet_rows(sheet)), **more)

    def __len__(self) -> int:
        return self.length if self.stream else len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        yield from (dict(row) for row in (self.stream() if self.stream else self.rows))

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Table: ...
    def __getitem__(self, place: int | slice) -> Row | Table:
        """A row by its number, or a table of some rows."""
        if isinstance(place, slice):
            if self.stream is None:
                return self._of(self.rows[place])
            first, last, step = place.indices(len(self))
            if last > MOST_ROWS or step < 0:  # rows further on are found only by reading all before them
                raise BadCase(f"{self._too_many()}: take slices of the first {MOST_ROWS:,}, forwards, or .batches()")
            return self._of(tuple(islice(self.stream(), first, last, step)))
        if self.stream is None:
            return dict(self.rows[place])
        found = range(len(self))[place]
        if found >= MOST_ROWS:
            raise BadCase(f"{self._too_many()}: only the first {MOST_ROWS:,} have a number here: take .batches()")
        return next(islice(self.stream(), found, None))

    def head(self, rows: int = 5) -> Table:
        """The first rows."""
        return self[: max(0, rows)]

    def where(self, **values: Any) -> Table:
        """The rows that have these values: `.where(stance="oppose", actor_id="FRA")`.  Raises BadCase for a column."""
        from winset.exchange.position_cases import nearest

        for column in values:
            if column not in self.columns:
                raise BadCase(f"{self.name}: no column {column!r}: {nearest(column, list(self.columns))}")
        kept = (row for row in self if all(row[column] == value for column, value in values.items()))
        found = tuple(islice(kept, MOST_ROWS + 1))
        if self.stream and len(found) > MOST_ROWS:
            raise BadCase(f"{self._too_many()}: ask for fewer, or take `for part in table.batches():`")
        return self._of(found)

    def batches(self, rows: int = BATCH) -> Iterator[Table]:
        """The rows in portions, for tables too large to be held."""
        if rows < 1:
            raise BadCase(f"batches of {rows} rows: allowed is 1 or more")
        each = iter(self)
        while part := tuple(islice(each, rows)):
            yield self._of(part)

    def words(self, row: int) -> tuple[Words, ...]:
        """The exact words behind a row, each with its document and offsets; empty where no words stand behind it.

        row: its number, as `.iloc` counts.  Raises BadCase for a table that rests on no words.
        """
        if self.opener is None:
            raise BadCase(f"{self.name}: its rows stand on no words of a document; those of statements do")
        return self.opener(self[row])

    def to_dicts(self) -> list[Row]:
        """The rows as a list of dicts."""
        if len(self) > MOST_ROWS and self.stream:
            raise BadCase(f"{self._too_many()}: take `for part in table.batches():`, or `table.head(1000)`")
        return list(self)

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`.  Raises NotConfigured without pandas, BadCase for more rows than are held at once."""
        return self._frame("pandas")

    def to_polars(self) -> Any:
        """A `polars.DataFrame`.  Raises NotConfigured without polars, BadCase for more rows than are held at once."""
        return self._frame("polars")

    def to_arrow(self) -> Any:
        """A `pyarrow.Table`.  Raises NotConfigured without pyarrow, BadCase for more rows than are held at once."""
        return self._frame("pyarrow")

    def __repr__(self) -> str:
        title = f"{self.name}: {self._size()}"
        heads = [name for name in self.shown or tuple(self.columns) if name in self.columns]
        if not len(self):
            return f"{title}, columns {', '.join(self.columns)}"
        rows = [[_printed(_told(row, name)) for name in heads] for row in self.head(SHOWN)]
        wide = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
        lines = [
            "  ".join(f"{each:<{w}}" for each, w in zip(line, wide, strict=True)).rstrip() for line in (heads, *rows)
        ]
        rest = f"... {len(self) - SHOWN:,} more" if len(self) > SHOWN else ""
        fewer = len(self.columns) - len(heads)
        note = ", ".join(filter(None, (title, f"{fewer} more columns" if fewer else "")))
        return "\n".join(filter(None, (note, *lines, rest)))

    def _repr_html_(self) -> str:
        from winset.api import html

        held = self.head(self.most).rows
        if self.painter is not None and held:
            body = self.painter(held)
        else:
            heads = [name for name in self.shown or tuple(self.columns) if name in self.columns]
            right = [_is_number([_told(row, name) for row in held]) for name in heads]
            body = html.table(heads, [[html.cell(_told(row, name)) for name in heads] for row in held], numbers=right)
        rest = f"{len(self) - len(held):,} more rows" if len(self) > len(held) else ""
        many = f"{self._size()}, {len(self.columns)} columns"
        all_of_it = ".to_pandas() has them all" if rest or self.shown else ""
        about = f"{self.about.rstrip('.')}. " if self.about else ""
        note = html.muted(f"{about}{'; '.join(filter(None, (rest, many, all_of_it)))}")
        return html.framed(body if held else "", f"<p>{note}</p>")

    def _of(self, rows: Sequence[Row]) -> Table:
        return replace(self, rows=tuple(rows), stream=None, length=0)

    def _size(self) -> str:
        return f"{len(self):,} row{'s' * (len(self) != 1)}"

    def _too_many(self) -> str:
        return f"{self.name}: {len(self):,} rows are too many to be held at once"

    def _frame(self, library: str) -> Any:
        held = self.to_dicts()
        return frame_of(self.name, {name: [row.get(name) for row in held] for name in self.columns}, library)


def sheet_rows(sheet: Sheet) -> Iterator[Row]:
    """The rows of a sheet by the names of its columns."""
    for row in sheet.rows:
        cells = (list(value) if isinstance(value, tuple) else value for value in row)
        yield dict(zip(sheet.columns, cells, strict=True))


def frame_of(name: str, columns: Mapping[str, list[Any]], library: str) -> Any:
    """Columns as a frame of a library, by narwhals; each has one type, that of `winset tables` where it writes it.

    Raises NotConfigured without the library or narwhals.
    """
    from winset.api.frames import narwhals

    nw = narwhals()
    try:
        import_module(library)
    except ImportError:
        extra = f"winset[{EXTRAS[library]}]" if library in EXTRAS else library
        raise NotConfigured(f"a table of {library} needs {library}: pip install '{extra}'") from None
    kinds = {column: kind_of(name, column, values) for column, values in columns.items()}
    cast = {column: [_cast(each, kinds[column]) for each in values] for column, values in columns.items()}
    if library == "pandas":  # which knows no lists, and has its own way with what is missing
        return nw.from_dict(cast, backend=library).to_native()
    types = {bool: nw.Boolean(), int: nw.Int64(), float: nw.Float64(), str: nw.String(), list: nw.List(nw.String())}
    schema = {column: types[kind] for column, kind in kinds.items()}
    return nw.from_dict(cast, schema=schema, backend=library).to_native()


def kind_of(table: str, column: str, values: Iterable[Any] = ()) -> type:
    """The type of a column: bool, int, float, str or list.

    >>> kind_of("positions", "votes"), kind_of("my own", "votes", [1, None, 2.5])
    (<class 'int'>, <class 'float'>)
    """
    from winset.exchange import table_columns
    from winset.exchange.tables import NAMES

    words = {"double": float, "int64": int, "bool": bool, "list": list, "string": str}
    found = {type(value) for value in values if value is not None}
    if table in NAMES:
        return words[table_columns.kind_of(table, column)]
    if not found:
        return OWN_KINDS.get(column) or words[table_columns.kind_of(table, column)]
    if found <= {int, float}:
        return float if float in found else int
    return next((kind for kind in (bool, list) if found == {kind}), str)


def _cast(value: Any, kind: type) -> Any:
    """A cell as a column of that type holds it."""
    if value is None or (type(value) is kind):
        return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
    if kind is str:
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return float(value) if kind is float else value


def _told(row: Row, name: str) -> object:
    """A cell as it is shown: of ids how many there are."""
    value = row.get(name)
    return len(value) if name in IDS and isinstance(value, list) else value


def _is_number(values: Sequence[Any]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known)


def _printed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    words = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    words = "".join(letter if letter.isprintable() else " " for letter in " ".join(words.split()))
    return words if len(words) <= WIDEST else f"{words[: WIDEST - 1].rstrip()}…"
