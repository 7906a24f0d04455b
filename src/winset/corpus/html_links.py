"""The links of a web page, with the words that bear them, in reading order."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from winset.corpus.links import BlockMaker, LinkedBlock, target_of
from winset.corpus.markup import BLOCKS

CELLS = frozenset(("td", "th", "caption", "option", "button", "legend", "label", "summary", "details", "title"))
SILENT = frozenset(("script", "style", "template", "head"))
FURNITURE = frozenset(("nav", "form", "button", "menu"))
FURNITURE_ROLES = frozenset(("navigation", "menu", "menubar", "button", "search", "banner", "toolbar", "tablist"))
WORKED_BY_SCRIPT = ("onclick", "data-toggle", "data-bs-toggle", "aria-controls", "aria-expanded", "aria-haspopup")
PAPERWORK = frozenset(("tag", "author", "bookmark", "license", "next", "prev", "home", "category"))  # of rel
TOP = frozenset(("#top", "#_top"))

_SCRIPTED = re.compile(r"#[/!:~?]")
_SHARED = re.compile(
    r"(?:facebook\.com/(?:sharer|share|dialog)|(?:twitter|x)\.com/(?:intent|share)|linkedin\.com/(?:share|cws)|wa\.me/"
    r"|api\.whatsapp\.com|t\.me/share|reddit\.com/submit|pinterest\.[a-z.]{2,6}/pin/create|tumblr\.com/share"
    r"|bsky\.app/intent|threads\.net/intent|addtoany\.com|addthis\.com|getpocket\.com/save|flipboard\.com/bookmarklet)"
)


def linked_blocks(root: Any, *, address: str | None) -> tuple[LinkedBlock, ...]:
    """Every paragraph of a page with its links, but for menus, share buttons, bylines' own pages, mail and scripts.

    root: an lxml element.  address: the page's own, from which relative links are counted (unless it has a base).
    A link to a place in the page itself is kept only where the page has no such place: "#note" leads nowhere.
    """
    from lxml import etree  # type: ignore[import-untyped]

    base = _base(root, address)
    places = {name for element in root.iter(etree.Element) for name in (element.get("id"), element.get("name")) if name}
    made = BlockMaker()
    silent = furniture = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag, opens = element.tag, event == "start"
        if tag in BLOCKS or tag in CELLS:
            made.end_paragraph()
        if tag in SILENT:
            silent += 1 if opens else -1
        if tag in FURNITURE or (element.get("role") or "").lower() in FURNITURE_ROLES:
            furniture += 1 if opens else -1
        if tag == "a" and opens:
            made.open(None if furniture else _target(element, base, address, places))
        elif tag == "a":
            made.close()
        if not silent:
            made.say(element.text if opens else element.tail)
    made.end_paragraph()
    return tuple(made.blocks)


def _base(root: Any, address: str | None) -> str | None:
    stated = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
    return target_of(stated, base=address) or address


def _target(element: Any, base: str | None, address: str | None, places: set[str]) -> str | None:
    """Where a link of the text leads; None where it is no link of the text."""
    target = target_of(element.get("href"), base=base)
    if target is None or PAPERWORK & set((element.get("rel") or "").lower().split()) or _SHARED.search(target):
        return None
    page, _, fragment = target.partition("#")
    if page and address and page == address.partition("#")[0]:
        target = f"#{fragment}" if fragment else "#top"
    if not target or target.startswith("#"):
        there = target.lower() in TOP or target[1:] in places or unquote(target[1:]) in places
        if there or _SCRIPTED.match(target) or any(element.get(name) is not None for name in WORKED_BY_SCRIPT):
            return None
    return target
