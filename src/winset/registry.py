"""The one way a family lists its methods: id, source, what it needs.

A method is an ordinary function marked with `@method`; its family is a list written out in the
package's `__init__.py`, which is the family's table of contents. Nothing registers itself on import.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

from winset.errors import UnknownMethod

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Method(Generic[P, R]):
    """A function with its name in the field and the source that defines it."""

    id: str
    source: str  # key in docs/bibliography.bib
    needs: tuple[str, ...]  # what it must be given; empty: nothing beyond its arguments
    function: Callable[P, R]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the function."""
        return self.function(*args, **kwargs)

    @property
    def summary(self) -> str:
        """First line of the function's docstring."""
        return (self.function.__doc__ or "").strip().partition("\n")[0]


def method(
    id: str,
    *,
    source: str,
    needs: tuple[str, ...] = (),
) -> Callable[[Callable[P, R]], Method[P, R]]:
    """Mark a function as a method of a family: `@method("median", source="Black1958")`."""

    def mark(function: Callable[P, R]) -> Method[P, R]:
        return Method(id, source, needs, function)

    return mark


class Family(Generic[P, R]):
    """The methods that can stand in for one another at one step, in the order they are listed."""

    def __init__(self, name: str, methods: Iterable[Method[P, R]]) -> None:
        self.name = name
        self._methods = {entry.id: entry for entry in methods}

    def __getitem__(self, id: str) -> Method[P, R]:
        """The method of that id; raises UnknownMethod with the nearest names."""
        try:
            return self._methods[id]
        except KeyError:
            near = difflib.get_close_matches(id, self._methods, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(self._methods)}"
            raise UnknownMethod(f"no {self.name} named {id!r}: {hint}") from None

    def __iter__(self) -> Iterator[Method[P, R]]:
        return iter(self._methods.values())

    def __contains__(self, id: object) -> bool:
        return id in self._methods

    def __len__(self) -> int:
        return len(self._methods)
