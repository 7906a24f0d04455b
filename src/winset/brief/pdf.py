"""The brief as PDF: A4, tagged (PDF/UA-1), with bookmarks; every number of a statement opens its words.

Typst sets it from one template of this package. What documents say reaches it as strings of a JSON file in
memory and is set as text, never read as Typst; no file, no package and no network is at its reach.
"""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, cast

from winset.brief.printed import Block, Picture, Printed
from winset.brief.printed_sections import printed
from winset.brief.types import Brief
from winset.errors import NotConfigured

NEEDED = "a PDF needs the package typst: pip install 'winset[pdf]'"
FONT = "Libertinus Serif"  # comes with typst, so that the same brief gives the same bytes everywhere
PIXELS_PER_INCH = 220.0


def render(brief: Brief) -> bytes:
    """The whole brief. The same brief gives the same bytes where the fonts that come with Typst hold its signs.

    Raises NotConfigured without the package typst.
    """
    return _set(printed(brief))


def is_there() -> bool:
    """Whether the package that sets it is installed."""
    return importlib.util.find_spec("typst") is not None


def check_is_there() -> None:
    """Raises NotConfigured without the package that sets it."""
    if not is_there():
        raise NotConfigured(NEEDED)


def png(svg: str) -> bytes:
    """A drawing as a picture for programs that show no SVG.  Raises NotConfigured without the package typst."""
    main = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("/drawing.svg", width: 170mm)'
    sources = {"main": main, "drawing.svg": _with_font(svg).encode()}
    return cast(bytes, _typst().compile(sources, format="png", ppi=PIXELS_PER_INCH, ignore_system_fonts=True))


def _set(paper: Printed) -> bytes:
    typst = _typst()
    template = files("winset.brief").joinpath("templates", "brief.typ").read_bytes()
    sources = {"main": template, "brief.json": json.dumps(_values(paper), ensure_ascii=False).encode()}
    moment = datetime.fromisoformat(paper.at).astimezone(UTC)
    # Its own fonts first; then those of the machine, for scripts that they do not hold; then without the
    # standard's promise, which no page can keep on which a sign has no glyph in any font.
    ways: tuple[dict[str, Any], ...] = (
        {"ignore_system_fonts": True, "pdf_standards": ["ua-1"]},
        {"pdf_standards": ["ua-1"]},
        {},
    )
    for number, way in enumerate(ways, start=1):
        try:
            return cast(bytes, typst.compile(sources, format="pdf", timestamp=moment, **way))
        except typst.TypstError:
            if number == len(ways):
                raise
    raise AssertionError  # unreachable: the last way returns or raises


def _typst() -> Any:
    check_is_there()
    import typst

    return typst


def _values(paper: Printed) -> dict[str, Any]:
    """As the template takes it; a link leads only where there is something."""
    blocks = [{"is": type(block).__name__.lower(), **_plain(block)} for block in paper.blocks]
    keys = set(_keys(blocks))
    _drop_dead_links(blocks, keys)
    return {
        "title": paper.title,
        "about": paper.about,
        "day": paper.day,
        "made": paper.made,
        "keywords": list(paper.keywords),
        "blocks": blocks,
    }


def _plain(block: Block) -> dict[str, Any]:
    values = asdict(block)
    if isinstance(block, Picture):
        values["svg"] = _with_font(block.svg)
    return values


def _with_font(svg: str) -> str:
    """The drawing in the one font that is always there."""
    return re.sub(r'font-family="[^"]*"', f'font-family="{FONT}"', svg)


def _keys(value: object) -> list[str]:
    """Of all places in it."""
    if isinstance(value, dict):
        own = [value["key"]] if value.get("key") else []
        return own + [key for each in value.values() for key in _keys(each)]
    if isinstance(value, (list, tuple)):
        return [key for each in value for key in _keys(each)]
    return []


def _drop_dead_links(value: object, keys: set[str]) -> None:
    if isinstance(value, dict):
        if value.get("to") and value["to"] not in keys:
            value["to"] = ""
        for each in value.values():
            _drop_dead_links(each, keys)
    elif isinstance(value, (list, tuple)):
        for each in value:
            _drop_dead_links(each, keys)
