r"""LaTeX in bibliographies: \"o and {\ss} to letters, and text so that LaTeX reads it as text."""

from __future__ import annotations

import re
import unicodedata

ACCENTS = dict(
    each.split(";")
    for each in (
        "`;\u0300 ';\u0301 ^;\u0302 ~;\u0303 \";\u0308 =;\u0304 .;\u0307 u;\u0306 v;\u030c H;\u030b c;\u0327"
        " k;\u0328 r;\u030a b;\u0331 d;\u0323 G;\u030f U;\u030e"
    ).split()
)
SYMBOLS = dict(
    each.split("→")
    for each in (
        "ss→ß SS→ẞ o→ø O→Ø l→ł L→Ł ae→æ AE→Æ oe→œ OE→Œ aa→å AA→Å i→ı j→ȷ dh→ð DH→Ð th→þ TH→Þ dj→đ DJ→Đ ng→ŋ NG→Ŋ"
        " textendash→– textemdash→— textellipsis→… ldots→… dots→… textquoteleft→‘ textquoteright→’ textquotedblleft→“"
        " textquotedblright→” textquotesingle→' textquotedbl→\" guillemotleft→« guillemotright→» quotedblbase→„"
        " quotesinglbase→‚ textbackslash→\\ backslash→\\ textasciitilde→~ textasciicircum→^ textbraceleft→{"
        " textbraceright→} textbar→| textless→< textgreater→> textunderscore→_ textdollar→$ pounds→£ textsterling→£"
        " euro→€ texteuro→€ EUR→€ S→§ P→¶ copyright→© textregistered→® texttrademark→™ dag→† degree→° textdegree→°"
        " textordfeminine→ª textordmasculine→º times→× cdot→· textquestiondown→¿ textexclamdown→¡ textbullet→•"
        " TeX→TeX LaTeX→LaTeX textnumero→№ slash→/"
    ).split()
) | dict.fromkeys(("newline", "quad", "qquad", "space"), " ")
_MARKUP = frozenset(  # commands of which the words in braces count alone
    "emph textit textbf textrm textsc textsf texttt textsl textup textmd textnormal textsuperscript textsubscript"
    " url path mkbibquote mkbibemph enquote mbox hbox ensuremath mathrm text noopsort relax protect rm it bf em sl sc"
    " itshape bfseries upshape scshape vphantom nolinkurl foreignlanguage".split()
)
_NAMED = {"\\": "backslash", "{": "braceleft", "}": "braceright", "~": "asciitilde", "^": "asciicircum"}
_ESCAPES = {sign: f"\\text{name}{{}}" for sign, name in _NAMED.items()} | {sign: f"\\{sign}" for sign in "%&$#_"}
_SPECIAL = re.compile(r"[\\{}~^%&$#_]|-(?=-)|'(?=')|`(?=`)")
_TOKEN = re.compile(
    r"\\(?P<name>[A-Za-z]+)\*?(?P<space>[ \t\n]*)|\\(?P<sign>.)|(?P<dash>-{2,3})|(?P<open>``)|(?P<close>'')"
    r"|(?P<tie>~)|(?P<math>\$)|(?P<brace>[{}])|(?P<text>[^\\~$`'{}-]+|[-`'])",
    re.DOTALL,
)
_ACCENT_SIGNS = frozenset("`'^~\"=.")


def escaped(words: str) -> str:
    r"""Text as LaTeX source that shows it.

    >>> escaped("R&D -- 5 %")
    'R\\&D -{}- 5 \\%'
    """
    return _SPECIAL.sub(lambda met: _ESCAPES.get(met[0], met[0] + "{}"), words)


def plain_text(source: str) -> str:
    r"""What LaTeX source shows, as one line of NFC text; commands that are not known here keep their names.

    >>> plain_text(r"G{\"o}del, \'{\i}, {\ss} \emph{and} \AA")
    'Gödel, í, ß and Å'
    """
    if not source:
        return ""
    shown: list[str] = []
    in_pairs = len(re.findall(r"(?<!\\)\$", source)) % 2 == 0  # a single dollar sign is money
    pending = before = ""  # an accent that waits for its letter; the token before
    for met in _TOKEN.finditer(source):
        before, last = met[0], before
        if met["brace"]:
            if pending and (last, met[0]) == ("{", "}"):  # \~{} is a tilde of its own
                shown.append(_ALONE.get(pending, ""))
                pending = ""
            continue
        text = met[0] if met["math"] and not in_pairs else _shown(met)
        if text in _COMBINING and (met["name"] or met["sign"]):
            pending = text
            continue
        if pending and text.strip():
            text = text.lstrip()
            letter = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
            text, pending = letter + pending + text[1:], ""
        shown.append(text)
    return " ".join(unicodedata.normalize("NFC", "".join(shown)).split())


_COMBINING = frozenset(ACCENTS.values())
_ALONE = {"\u0303": "~", "\u0302": "^"}


def _shown(met: re.Match[str]) -> str:
    if met["name"]:
        name = met["name"]
        if name in SYMBOLS:
            return SYMBOLS[name]
        if name in ACCENTS:
            return ACCENTS[name]
        return "" if name in _MARKUP else f"\\{name}{met['space'][:1]}"
    if met["sign"]:
        sign = met["sign"]
        if sign in _ACCENT_SIGNS:
            return ACCENTS[sign]
        return {"-": "", "/": "", ",": " ", ";": " ", ":": " ", "!": "", "\\": " ", "\n": " "}.get(sign, sign)
    if met["dash"]:
        return "—" if met["dash"] == "---" else "–"
    if met["open"] or met["close"]:
        return "“" if met["open"] else "”"
    if met["tie"] or met["math"]:
        return " " if met["tie"] else ""
    return met["text"]


def depth_parts(source: str, between: re.Pattern[str]) -> list[str]:
    """The parts of a value that `between` parts outside all braces.  Cost: one pass."""
    parts: list[str] = []
    start = place = 0
    spans = _groups(source)
    for met in between.finditer(source):
        while place < len(spans) and spans[place][1] <= met.start():
            place += 1
        if place == len(spans) or met.end() <= spans[place][0]:
            parts.append(source[start : met.start()])
            start = met.end()
    parts.append(source[start:])
    return parts


def _groups(source: str) -> list[tuple[int, int]]:
    """Where braces open and close, outermost ones alone; behind a backslash too, as BibTeX has it."""
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for met in re.finditer(r"[{}]", source):
        if met[0] == "{":
            start = met.start() if depth == 0 else start
            depth += 1
        elif met[0] == "}" and depth:
            depth -= 1
            if depth == 0:
                spans.append((start, met.end()))
    return spans
