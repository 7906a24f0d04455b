"""What a case is called, without where it is kept."""

from __future__ import annotations


def case_name(place: str) -> str:
    """The name of a case by its place.

    >>> case_name("/home/ada/tokyo.winset"), case_name("postgresql://ada@db.example/office#tokyo")
    ('tokyo', 'tokyo')
    """
    if "://" in place:
        return place.rpartition("#")[2]
    return place.replace("\\", "/").rpartition("/")[2].removesuffix(".winset") or "case"
