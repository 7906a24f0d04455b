"""Visible text of a piece of HTML, without scripts and without a network."""

from __future__ import annotations

from winset.corpus.documents import paragraphs

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul"),
    )
)
UNSEEN = frozenset(("script", "style", "template", "noscript", "head", "iframe", "object", "svg", "math"))


def visible_text(fragment: str) -> str:
    r"""What a reader of the fragment sees: blocks as paragraphs separated by a blank line, entities as characters.

    A fragment without markup comes back as it is. libxml2 ends at a nesting of 256; deeper text is left out.

    >>> visible_text("<p>One &amp; two</p><script>x()</script><p>three</p>")
    'One & two\n\nthree'
    """
    from lxml import etree, html  # type: ignore[import-untyped]

    if "<" not in fragment and "&" not in fragment:
        return paragraphs(fragment.split("\n\n"))
    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True)
        root = html.fragment_fromstring(fragment.encode("utf-8", "replace"), create_parent="div", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):  # nothing that could be a piece of HTML
        return ""
    blocks: list[list[str]] = [[]]
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        _gather(event, element, blocks)
    return paragraphs([" ".join("".join(block).split()) for block in blocks])


def _gather(event: str, element: object, blocks: list[list[str]]) -> None:
    """Adds an element's own words at its start and the words after it at its end; a block opens a new paragraph."""
    tag = getattr(element, "tag", None)
    is_block, opens = tag in BLOCKS, event == "start"
    if is_block:
        blocks.append([])
    own = getattr(element, "text" if opens else "tail", None)
    if own and not (opens and tag in UNSEEN):
        blocks[-1].append(own)
