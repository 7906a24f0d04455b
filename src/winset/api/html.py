"""What a notebook shows: tables, intervals, words in their context. Nothing of a document is ever markup.

Colours are half transparent or middling, and letters take the page's own, so that light and dark pages both read.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Span: TypeAlias = tuple[int, int, str]  # half-open, Unicode code points; what it is: "content", "source", "cue", ...

QUOTES = 6  # behind a position before the rest is left to `.words`
LETTERS = 320  # of one cell
AROUND = 240  # characters of context on each side of words
_DATE = re.compile(r"<bdi>\d{4}(-\d\d){1,2}</bdi>")
STYLE = """
.winset{line-height:1.4;max-width:70rem;overflow-x:auto}
.winset table{border-collapse:collapse;margin:.3em 0}
.winset th,.winset td{text-align:left!important;vertical-align:top;padding:.25em .7em .25em 0;white-space:normal;\
border:0;border-bottom:1px solid rgba(127,127,127,.35)}
.winset th{font-weight:600}
.winset td.n,.winset th.n{text-align:right!important;font-variant-numeric:tabular-nums;white-space:nowrap}
.winset td.d,.winset .p{white-space:nowrap}
.winset td{min-width:3.5em}
.winset .m{opacity:.72}
.winset .bar{display:inline-block;position:relative;width:11rem;height:.9em;vertical-align:-.1em;\
background:linear-gradient(rgba(127,127,127,.45),rgba(127,127,127,.45)) 0 50%/100% 1px no-repeat}
.winset .bar i{position:absolute;top:30%;height:40%;background:#7f8a94;opacity:.6}
.winset .bar b{position:absolute;top:5%;width:.62em;height:90%;margin-left:-.31em;border-radius:50%;background:#7f8a94}
.winset .bar .for{background:#3d8fd1}
.winset .bar .against{background:#d9772b}
.winset mark{color:inherit;background:rgba(255,193,7,.38);padding:0 .1em;border-radius:.15em}
.winset mark.source{background:rgba(61,143,209,.32)}
.winset mark.cue{background:rgba(127,127,127,.32)}
.winset blockquote{margin:.35em 0;padding:.1em .8em;border-left:3px solid rgba(127,127,127,.5);white-space:pre-line}
.winset details{margin:.15em 0}
.winset summary{cursor:pointer}
.winset .big{font-size:1.12em}
.winset .chart{background:#fff;border-radius:.3em;max-width:50rem}
""".strip()


def framed(*parts: str) -> str:
    """Parts as one output of a cell; no formula of a document is typeset."""
    return f'<div class="winset tex2jax_ignore mathjax_ignore"><style>{STYLE}</style>{"".join(parts)}</div>'


def safe(value: object) -> str:
    r"""Anything as text of a page: escaped, what has no sign made visible, and no direction leaks out of it.

    >>> safe("<b>a\x00")
    '<bdi>&lt;b&gt;a␀</bdi>'
    """
    from winset.brief.html import visible

    return f"<bdi>{html.escape(str(visible(str(value))))}</bdi>"


def short(value: object) -> str:
    """The same cut to what a cell takes."""
    from winset.brief.wording import shortened

    return safe(shortened(" ".join(str(value).split()), to=LETTERS))


def cell(value: object) -> str:
    """A value as it reads in a cell; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, tuple | list):
        return short("; ".join(map(str, value)))
    return short(value)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[bool] = ()) -> str:
    """Cells that are markup already, under heads that are not yet.  numbers: which columns stand at the right."""
    right = numbers or [False] * len(heads)
    kinds = [' class="n"' if number else "" for number in right]
    head = "".join(f"<th{kind}>{html.escape(name)}</th>" for name, kind in zip(heads, kinds, strict=True))
    body = "".join(
        f"<tr>{''.join(f'<td{kind or _day(each)}>{each}</td>' for each, kind in zip(row, kinds, strict=True))}</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _day(markup: str) -> str:
    """What keeps a date on one line."""
    return ' class="d"' if _DATE.fullmatch(markup) else ""


def muted(text: str) -> str:
    """A note; escaped."""
    return f'<span class="m">{html.escape(text)}</span>'


def place(start: int, end: int, note: str = "") -> str:
    """Offsets, on one line."""
    return f'<span class="m p">{start}–{end}</span>{muted(note) if note else ""}'


def bar(value: float | None, low: float | None, high: float | None, *, stands: str = "", told: str = "") -> str:
    """A position on 0-100 with its interval; nothing where there is none.  stands: "for" and "against" tint it."""
    if value is None:
        return ""
    tint = {"for": "for", "leaning for": "for", "against": "against", "leaning against": "against"}.get(stands, "")
    kind = f' class="{tint}"' if tint else ""
    span = ""
    if low is not None and high is not None:
        span = f'<i{kind} style="left:{low:.1f}%;width:{max(0.0, high - low):.1f}%"></i>'
    return f'<span class="bar" title="{html.escape(told)}">{span}<b{kind} style="left:{value:.1f}%"></b></span>'


def marked(text: str, spans: Sequence[Span], *, around: int | None = AROUND) -> str:
    """Words marked where they stand, with what is around them; spans that overlap are cut.  around: None for all."""
    ranked = sorted(spans, key=lambda span: (span[0], span[1]))
    first, last = 0, len(text)
    if around is not None:
        first, last = max(0, min(span[0] for span in ranked) - around), max(span[1] for span in ranked) + around
        first, last = (_word(text, first, -1), _word(text, min(len(text), last), 1)) if around else (first, last)
    parts, reached = ["… " if first and around else ""], first
    for begin, end, kind in ranked:
        start = max(begin, reached)
        if start >= end:
            continue
        parts.append(safe(text[reached:start]) if start > reached else "")
        parts.append(f'<mark class="{html.escape(kind)}">{safe(text[start:end])}</mark>')
        reached = end
    parts.append(safe(text[reached:last]) if last > reached else "")
    return "".join([*parts, " …" if around and last < len(text) else ""])


def _word(text: str, place: int, step: int) -> int:
    """The next border between words from here on, near by."""
    for _ in range(30):
        if not 0 < place < len(text) or text[place - 1].isspace():
            break
        place += step
    return place
