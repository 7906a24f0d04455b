"""Results as a folder of partitioned Parquet, on any store.

    PLACE/winset-cluster.json            what was asked: the same command goes on with it, another is refused
    PLACE/documents/NAME.parquet         one file for each share, and so for each table of `tables.COLUMNS`
    PLACE/manifests/NAME.json            written last: a partition is there when its manifest is
    PLACE/complete.json                  written when all are there

A file is written whole or not at all, and the same share gives the same bytes: whoever does it again changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from winset.cluster import places, tables
from winset.cluster.sources import Share
from winset.errors import BadCase, CannotWrite, Missing, Unreadable

RUN, COMPLETE, MANIFESTS = "winset-cluster.json", "complete.json", "manifests"
LARGEST = 64_000_000  # bytes of a file of JSON that is read


def begin(place: str, asked: Mapping[str, Any], *, size: int) -> int:
    """Make the folder for what is asked, or go on with it; of how many bytes its shares are.

    asked: plain values: whatever decides what a partition holds.  size: of the shares of a new folder.
    Raises CannotWrite for a folder that holds anything else, BadCase for one that was begun for something else.
    """
    told = json.loads(json.dumps({"schema": tables.SCHEMA, "asked": asked}))
    there = _json(places.join(place, RUN))
    if there is not None:
        if {key: there.get(key) for key in told} != told:
            raise BadCase(f"{places.shown(place)}: holds the results of another question: name another folder")
        return int(there["share_bytes"])
    held = set(places.names(place))
    if held - {*tables.NAMES, MANIFESTS}:
        raise CannotWrite(f"{places.shown(place)}: holds other things: name a new folder")
    for name in (*tables.NAMES, MANIFESTS):
        places.make_folder(places.join(place, name))
    _write_json(places.join(place, RUN), {**told, "share_bytes": size})
    return size


def manifests(place: str) -> frozenset[str]:
    """The names of the partitions that are there."""
    found = places.names(places.join(place, MANIFESTS))
    return frozenset(name.removesuffix(".json") for name in found if name.endswith(".json"))


def manifest(place: str, name: str) -> dict[str, Any] | None:
    """What is told of a partition; None where it is not there."""
    return _json(places.join(place, MANIFESTS, f"{name}.json"))


def write_partition(place: str, share: Share, found: tables.Tables, about: Mapping[str, Any]) -> dict[str, Any]:
    """Write a share's tables, and then that they are there.  Raises CannotWrite."""
    files = {}
    for table, payload in found.items():
        places.write(file_of(place, table, share.name), payload)
        files[table] = {"bytes": len(payload), "sha256": hashlib.sha256(payload).hexdigest()}
    told = {"name": share.name, "share": share.value(), **about, "files": files}
    _write_json(places.join(place, MANIFESTS, f"{share.name}.json"), told)
    return told


def without(place: str, name: str, doubles: Mapping[str, str]) -> dict[str, Any]:
    """Rewrite a partition without these texts, which are told among its duplicates instead.  Raises CannotWrite."""
    told = manifest(place, name)
    if told is None:
        raise Missing(f"{places.shown(place)}: partition {name} is gone: start the command again")
    rows = {table: tables.rows_of(read(place, table, name)) for table in tables.NAMES}
    gone = {row["id"] for row in rows["statements"] if row["document_id"] in doubles}
    again = [row for row in rows["documents"] if row["id"] in doubles]
    rows["duplicates"] += [
        {"number": row["number"], "name": row["name"], "document_id": row["id"], "of": row["id"], "similarity": 1.0}
        for row in again
        if row["name"] != doubles[row["id"]]
    ]
    rows["documents"] = [row for row in rows["documents"] if row["id"] not in doubles]
    rows["statements"] = [row for row in rows["statements"] if row["id"] not in gone]
    for table in ("identifications", "stances"):
        rows[table] = [row for row in rows[table] if row["statement_id"] not in gone]
    rows["runs"] = [row for row in rows["runs"] if not set(row["inputs"]) & set(doubles)]
    about = {
        **{key: value for key, value in told.items() if key not in ("name", "share", "files")},
        "documents": len(rows["documents"]),
        "statements": len(rows["statements"]),
        "duplicates": len(rows["duplicates"]),
        "ids": "".join(row["id"] for row in rows["documents"]),
        "elsewhere": sorted({*told.get("elsewhere", ()), *(row["id"] for row in again)}),
    }
    made = {table: tables.parquet_of(table, rows[table]) for table in tables.NAMES}
    return write_partition(place, Share.from_value(told["share"]), made, about)


def forget(place: str, name: str) -> None:
    """A partition is no longer there, whatever lies of it."""
    places.remove(places.join(place, MANIFESTS, f"{name}.json"))


def read(place: str, table: str, name: str) -> bytes:
    """A table of a partition.  Raises Missing, Unreadable."""
    with places.opened(file_of(place, table, name)) as stream:
        return bytes(stream.read())


def file_of(place: str, table: str, name: str) -> str:
    """Where a table of a partition lies."""
    return places.join(place, table, f"{name}.parquet")


def end(place: str, wanted: frozenset[str], totals: Mapping[str, Any]) -> None:
    """Take away partitions of sources that are no longer as they were, and write that all others are there."""
    for name in sorted(manifests(place) - wanted):
        forget(place, name)
    for table in tables.NAMES:
        for file in places.names(places.join(place, table)):
            if file.removesuffix(".parquet") not in wanted:
                places.remove(places.join(place, table, file))
    _write_json(places.join(place, COMPLETE), {"partitions": len(wanted), **totals})


def _json(url: str) -> dict[str, Any] | None:
    try:
        found = json.loads(places.content(url, most=LARGEST))
    except Missing:
        return None
    except ValueError:
        raise Unreadable(f"{places.shown(url)}: is no JSON: it is damaged; take the folder away") from None
    return dict(found)


def _write_json(url: str, told: Mapping[str, Any]) -> None:
    places.write(url, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace"))
