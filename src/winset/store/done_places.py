"""Which statements are done, by their places: so that the next open one is found without passing over half a case.

What the database would look up row by row, a few bytes hold: one for each place. They are read once for a coder, and
brought up to date from the trail, so that they say at every version what the tables say.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, and_, func, select

from winset.store import tables, trail

HELD = 32  # coders whose places are kept
AT_MOST = 5_000  # changes that are made up for; after more the places are read anew
State = Literal["open", "coded", "wrong"]


@dataclass(slots=True)
class Places:
    """What holds of each place at one version, for one coder: 1 where it does, 0 where it does not."""

    version: int
    coded: bytearray  # this coder's codes hold
    out: bytearray  # the statement does not count
    done: bytearray  # either

    def after(self, place: int, state: State) -> Iterator[int]:
        """The places after that one where a statement is in the state; some may have no statement at all."""
        held, wanted = {"open": (self.done, 0), "coded": (self.coded, 1), "wrong": (self.out, 1)}[state]
        place = held.find(wanted, place + 1)
        while place >= 0:
            yield place
            place = held.find(wanted, place + 1)


class DonePlaces:
    """The places of the coders of one case who asked last. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places: OrderedDict[str, Places] = OrderedDict()

    def at(self, connection: Connection, coder: str) -> Places | None:
        """The places as this transaction sees the case; None where another has read a newer state meanwhile.

        Cost: that of the changes made since they were last asked for; the first time, that of all this coder's codes.
        """
        version = trail.last_number(connection)
        with self._lock:
            held = self._places.get(coder)
            if held is not None and held.version > version:
                return None
            if held is None or version - held.version > AT_MOST:
                held = _read(connection, coder, version)
            elif held.version < version:
                _make_up(connection, held, coder, version)
            self._places[coder] = held
            self._places.move_to_end(coder)
            while len(self._places) > HELD:
                self._places.popitem(last=False)
            return held


def _read(connection: Connection, coder: str, version: int) -> Places:
    statement, subject = tables.statement, tables.subject
    size = _last(connection) + 1
    coded, out = bytearray(size), bytearray(size)
    coding = and_(subject.c.kind == "codes", subject.c.coder == coder, subject.c.value.is_not(None))
    of_coder = select(statement.c.rank).select_from(subject.join(statement, statement.c.id == subject.c.about))
    for place in connection.execute(of_coder.where(coding)).scalars():
        coded[place] = 1
    left_out = tables.left_out.join(statement, statement.c.id == tables.left_out.c.statement_id)
    for place in connection.execute(select(statement.c.rank).select_from(left_out)).scalars():
        out[place] = 1
    done = (int.from_bytes(coded) | int.from_bytes(out)).to_bytes(size)
    coded[0] = out[0] = 0
    return Places(version=version, coded=coded, out=out, done=bytearray(b"\1" + done[1:]))


def _make_up(connection: Connection, places: Places, coder: str, version: int) -> None:
    """Bring the places to a later version."""
    missing = _last(connection) + 1 - len(places.done)
    for held in (places.coded, places.out, places.done):
        held.extend(bytes(max(0, missing)))
    effect, statement, subject, left_out = tables.effect.c, tables.statement, tables.subject, tables.left_out
    since = select(effect.kind, effect.about, effect.coder)
    found = connection.execute(since.where(effect.change > places.version, effect.change <= version))
    touched = {about for kind, about, by in found if kind == "statement" or (kind == "codes" and by == coder)}
    codes = and_(subject.c.kind == "codes", subject.c.about == statement.c.id, subject.c.coder == coder)
    now = select(statement.c.rank, subject.c.value.is_not(None), left_out.c.statement_id.is_not(None)).select_from(
        statement.outerjoin(subject, codes).outerjoin(left_out, left_out.c.statement_id == statement.c.id)
    )
    for some in trail.portions(sorted(touched)):
        for place, coded, out in connection.execute(now.where(statement.c.id.in_(some))):
            places.coded[place], places.out[place] = bool(coded), bool(out)
            places.done[place] = bool(coded or out)
    places.version = version


def _last(connection: Connection) -> int:
    return connection.execute(select(func.max(tables.statement.c.rank))).scalar_one() or 0
