"""Numbers, dates and names as an official would read them aloud: "97%", "11 July 2023", "the Netherlands"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from winset.ids import PartialDate

LONGEST_LINK = 900  # characters; words and address together
LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\s]{0,500}\)")  # Markdown
# Upper bounds of the words for a probability, "almost no chance" made an adjective.
# Source: ICD203 (2015), Analytic Standards, D.6.e(2)(a).
CHANCES = (
    (0.05, "almost excluded"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "about even"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)

# Proper names that take "the" because their last or first word is a common noun in the plural or of a kind.
_ARTICLE = re.compile(
    r"^(United|Republic|Democratic|Kingdom|Commonwealth|Federated|Federation|Holy) "
    r"|\b(Republic|Islands|Isles|States|Kingdom|Federation|Union|Emirates|Council|League|Assembly|Commission"
    r"|Organi[sz]ation|Committee|Compact|Alliance|Community|Conference|Parliament|Board)$"
)
_ARTICLE_ALONE = frozenset({"Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Comoros", "Seychelles"})

# "expert: <affiliation>", alone or in brackets after a person's name
_CAPACITY = re.compile(r"(?:(?P<person>[^:]+) \()?(?P<capacity>[a-z]+): (?P<affiliation>.+?)(?(person)\))", re.DOTALL)


def percent(probability: float) -> str:
    """A probability without false precision.

    >>> percent(0.9731), percent(0.998), percent(0.002)
    ('97%', 'over 99%', 'under 1%')
    """
    rounded = round(probability * 100)
    if rounded >= 100:  # noqa: PLR2004 - nothing is certain
        return "over 99%"
    return f"{rounded}%" if rounded >= 1 else "under 1%"


def chance(probability: float) -> str:
    """The word for a probability, "very likely". Source: ICD203 (2015).

    >>> chance(0.97), chance(0.6), chance(0.5)
    ('almost certain', 'likely', 'about even')
    """
    return next(word for bound, word in CHANCES if probability <= bound)


def plus_minus(value: float, std_error: float) -> str:
    """A position with its standard error, both whole; the error is never shown as 0 unless it is 0.

    >>> plus_minus(12.4, 5.6), plus_minus(12.4, 0.2), plus_minus(12, 0)
    ('12 ± 6', '12 ± 1', '12')
    """
    return f"{round(value)} ± {max(1, round(std_error))}" if std_error > 0 else f"{round(value)}"


def count(number: int, singular: str, plural: str | None = None, *, none: str = "no") -> str:
    """A number with its noun.

    >>> count(0, "statement"), count(1, "statement"), count(7, "country", "countries")
    ('no statements', '1 statement', '7 countries')
    """
    noun = singular if number == 1 else plural or f"{singular}s"
    return f"{number or none} {noun}"


def listing(names: Sequence[str], *, at_most: int | None = None) -> str:
    """Names as one phrase.

    >>> listing(["A", "B", "C"]), listing(["A", "B", "C", "D"], at_most=2)
    ('A, B and C', 'A, B and 2 others')
    """
    shown = list(names)
    if at_most is not None and len(shown) > at_most + 1:
        shown = [*shown[:at_most], f"{len(shown) - at_most} others"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def the(name: str) -> str:
    """A name as it stands inside a sentence.

    >>> the("France"), the("Netherlands"), the("United States"), the("NATO")
    ('France', 'the Netherlands', 'the United States', 'NATO')
    """
    takes_article = name in _ARTICLE_ALONE or (" " in name and _ARTICLE.search(name) is not None)
    return f"the {name}" if takes_article else name


def shown(name: str) -> str:
    """An actor's label as a reader should see it: who speaks for no state is shown in a capacity.

    >>> shown("expert: Strand Institute"), shown("media: Evening Ledger"), shown("France")
    ('expert (Strand Institute)', 'Evening Ledger', 'France')
    >>> shown("Lena Oduya (expert: Strand Institute)")
    'Lena Oduya (Strand Institute)'
    """
    match = _CAPACITY.fullmatch(name)
    if match is None:
        return name
    person, capacity, affiliation = match["person"], match["capacity"], match["affiliation"]
    if person:
        return f"{person} ({affiliation})"
    return affiliation if capacity == "media" else f"{capacity} ({affiliation})"


def possessive(name: str) -> str:
    """Whose it is.

    >>> possessive("NATO"), possessive("the United States")
    ('NATO’s', 'the United States’')
    """
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def sentence(text: str) -> str:
    """With its first letter raised; the rest is left alone."""
    return text[:1].upper() + text[1:]


def day(date: PartialDate) -> str:
    """A date as precise as its source.

    >>> day(PartialDate("2023-07-11")), day(PartialDate("2023-06")), day(PartialDate("2023"))
    ('11 July 2023', 'June 2023', '2023')
    """
    return date.in_words


def on_day(date: PartialDate) -> str:
    """The same with its preposition.

    >>> on_day(PartialDate("2023-07-11")), on_day(PartialDate("2023-06"))
    ('on 11 July 2023', 'in June 2023')
    """
    return f"{'on' if date.precision == 'day' else 'in'} {day(date)}"


def unbroken(text: str) -> str:
    """With no line ending between a figure and its error."""
    return text.replace(" ± ", "\u00a0±\u00a0")


def shortened(text: str, *, to: int = 280) -> str:
    """One line of at most `to` characters, cut between words, without the addresses of Markdown links.

    The full words stand in the document.

    >>> shortened("a [report](https://a.example/b) of [Monday](#)")
    'a report of Monday'
    """
    line = " ".join(LINK.sub(r"\1", text).split())
    if len(line) <= to:
        return line
    return f"{line[: to - 1].rsplit(' ', 1)[0]}…"


def without_links(text: str, start: int, end: int) -> str:
    """`text[start:end]` without what makes Markdown links of its words.

    >>> without_links("the [Dutch objections](https://a.example/b) stand", 0, 40)
    'the Dutch objections'
    """
    kept, reached = "", start
    for link in LINK.finditer(text, max(0, start - LONGEST_LINK), min(len(text), end + LONGEST_LINK)):
        for opening, closing in ((link.start(), link.start(1)), (link.end(1), link.end())):
            if opening < end and closing > start:
                kept += text[reached : max(opening, reached)]
                reached = max(reached, closing)
    return kept + text[reached:end] if reached < end else kept
