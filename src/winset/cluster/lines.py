"""Statements as JSON lines from a cluster: those that one process writes, in its order, written as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from winset.cluster import coding, work
from winset.cluster.joining import Joined
from winset.cluster.tables import Coded
from winset.corpus.types import Rejected
from winset.exchange.statement_lines import statement_lines, statement_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Lined:
    """How much was written, and what could not be read."""

    documents: int
    statements: int
    rejected: tuple[Rejected, ...]


def lines(
    joined: Joined,
    given: Sequence[str],
    asked: work.Setup,
    file: IO[bytes],
    *,
    progress: coding.Progress | None = None,
) -> Lined:
    """Code the sources and write a line for each statement; a text that comes again is not written again.

    Memory: eight bytes and some for each document, and what is under way.  Raises what `coding.in_order` raises.
    """
    seen: set[int] = set()
    rejected: list[Rejected] = []
    statements = 0
    for _, result in coding.in_order(joined, given, asked, progress=progress):
        for each in result.in_order() if result else ():
            if isinstance(each, Rejected):
                rejected.append(each)
            elif isinstance(each, Coded) and each.coding and (number := int(each.document.id, 16)) not in seen:
                seen.add(number)
                stances = each.coding.stances or (None,) * len(each.coding.statements)
                judged = zip(each.coding.statements, each.coding.identifications, stances, strict=True)
                rows = [statement_row(each.document, *made) for made in judged]
                statements += len(rows)
                file.writelines(line.encode("utf-8", "backslashreplace") for line in statement_lines(rows))
    return Lined(documents=len(seen), statements=statements, rejected=tuple(rejected))
