"""Texts to measure with: articles that a seeded generator writes, and passages of ENB where there are any.

Every article is another one. It has some 350 words in a dozen paragraphs, of sentences that are put together of parts,
so that few are the same; about every third sentence says what somebody said, in one of the ways in which news say it.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

WORDS = 350  # of an article, about
SECTIONS = Path("enb") / "sections_dev.jsonl.gz"

PLACES = (
    "Riga", "Oslo", "Porto", "Lima", "Accra", "Dakar", "Hanoi", "Quito", "Sofia", "Turin", "Bergen", "Cairo", "Bogota",
    "Busan", "Perth", "Izmir", "Nantes", "Gdansk", "Malaga", "Tampere",
)  # fmt: skip
STATES = (
    "Norway", "Latvia", "Portugal", "Peru", "Ghana", "Senegal", "Vietnam", "Ecuador", "Bulgaria", "Italy", "Egypt",
    "Colombia", "South Korea", "Australia", "Turkey", "France", "Poland", "Spain", "Finland", "Canada", "Germany",
    "Denmark", "Estonia", "Iceland", "Chile", "Kenya", "Japan", "Brazil",
)  # fmt: skip
FIRST = (
    "Ana Bo Clara David Elena Femi Greta Hugo Ines Jonas Kofi Lena Mateo Nadia Omar Petra Rosa Sami Tomas Yara".split()
)
LAST = (
    "Lind Berg Costa Diallo Ek Farkas Gruber Hansen Ito Juarez Kask Lopez Moreau Nowak Okoye Pires Rossi Silva".split()
)
OFFICES = ("foreign minister", "environment minister", "envoy", "finance minister", "chief negotiator", "spokesperson")
MATTERS = (
    "the harbour levy", "the emissions market", "the fishing quota", "the transit fee", "the reserve fund",
    "the new office", "the lighthouse dues",
    "the border crossing", "the satellite treaty", "the grain corridor", "the water charter", "the rail link",
)  # fmt: skip
OPINIONS = (
    "{matter} must be agreed before winter", "{matter} goes too far", "its government supports {matter}",
    "it will not accept {matter} in its present form", "{matter} needs {number} more votes", "{matter} is a mistake",
    "there is no money for {matter}", "{matter} would help every coastal state",
    "the vote on {matter} should be put off",
    "it is ready to pay {number} million crowns for {matter}", "{matter} has been discussed for {number} years",
)  # fmt: skip
ADDED = (
    "", "", ", because trade through {place} has fallen by {number} per cent", ", unless the talks in {place} fail",
    ", as it did {number} months ago", ", although {number} members are undecided", ", and that nobody should wait",
)  # fmt: skip
CUES = (
    "said",
    "told reporters",
    "warned",
    "argued",
    "insisted",
    "announced",
    "added",
    "claimed",
    "stressed",
    "conceded",
)
DAYS = ("on Monday", "on Tuesday", "late on Wednesday", "on Thursday", "on Friday morning", "at the weekend")
ACTS = ("opposed", "supported", "welcomed", "rejected", "questioned", "endorsed", "criticised", "called for")
SUBJECTS = (
    "The ferry to {place}", "A delegation of {number}", "The old customs house", "Traffic along the coast",
    "The committee that met in {place}", "A storm from the west", "The winter timetable", "Work on the northern pier",
    "The market in {place}", "The archive of the council", "A fleet of {number} boats", "The road to {place}",
)  # fmt: skip
HAPPENED = (
    "was delayed for {number} hours", "came to a halt before noon", "has been open since {year}", "moved slowly",
    "cost {number} million crowns more than was planned", "lay under snow", "was full of people", "changed little",
    "reached its highest level since {year}", "lasted until after midnight", "was repaired in {year}",
)  # fmt: skip
THEREFORE = (
    "", "", " while the ministers were at dinner", " and nobody knew for how long", ", which surprised the pilots",
    " as it had {number} years before", ", according to the timetable on the wall", " because of the ice in {place}",
)  # fmt: skip


def articles(number: int, *, seed: int = 0) -> Iterator[dict[str, str]]:
    """So many articles as lines of `winset add`; the same ones for the same seed, fewer are the first of more."""
    for place in range(number):
        draw = random.Random(f"{seed} {place}")
        yield _article(draw, place)


def passages(number: int, data: Path, *, seed: int = 0) -> Iterator[dict[str, str]]:
    """So many passages of ENB, and, where there are fewer, passages of the same length of its sentences, shuffled."""
    with gzip.open(data / SECTIONS, "rt", encoding="utf-8") as stream:
        sections = [json.loads(line)["sentences"] for line in stream]
    draw = random.Random(seed)
    sentences = [sentence for section in sections for sentence in section]
    for place in range(number):
        section = sections[place % len(sections)]
        said = section if place < len(sections) else [draw.choice(sentences) for _ in section]
        yield {"id": f"passage-{place}", "text": " ".join(said)}


def written(lines: Iterator[dict[str, str]], path: Path) -> int:
    """Write the lines; how many words they have."""
    words = 0
    with path.open("w", encoding="utf-8") as stream:
        for line in lines:
            words += len(line["text"].split())
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
    return words


def _article(draw: random.Random, place: int) -> dict[str, str]:
    matter = draw.choice(MATTERS)
    day = f"{draw.randint(2015, 2024)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    title = f"{draw.choice(STATES)} and {draw.choice(STATES)} at odds over {matter}, report {place}"
    paragraphs: list[str] = []
    words = 0
    for number in count():
        if words >= WORDS:
            break
        sentences = [_sentence(draw, matter, said=(number + at) % 3 == 0) for at in range(draw.randint(2, 3))]
        paragraphs.append(" ".join(sentences))
        words += len(paragraphs[-1].split())
    head = f"{title[0].upper()}{title[1:]}\n\n{draw.choice(PLACES)}, {day}\n\n"
    return {
        "id": f"article-{place}",
        "text": head + "\n\n".join(paragraphs) + "\n",
        "title": title,
        "published": day,
        "publisher": draw.choice(("Harbour Gazette", "Coast Wire", "Union Post")),
    }


def _sentence(draw: random.Random, matter: str, *, said: bool) -> str:
    filled = {
        "matter": matter if draw.random() < 0.7 else draw.choice(MATTERS),
        "number": str(draw.randint(2, 90)),
        "place": draw.choice(PLACES),
        "year": str(draw.randint(1950, 2014)),
    }
    if not said:
        parts = draw.choice(SUBJECTS), " ", draw.choice(HAPPENED), draw.choice(THEREFORE), "."
        return "".join(parts).format(**filled)
    state, cue, day = draw.choice(STATES), draw.choice(CUES), draw.choice(DAYS)
    person = f"{state}’s {draw.choice(OFFICES)}, {draw.choice(FIRST)} {draw.choice(LAST)}"
    opinion = (draw.choice(OPINIONS) + draw.choice(ADDED)).format(**filled)
    return draw.choice(
        (
            f"{state} {cue} {day} that {opinion}.",
            f"{person}, {cue} that {opinion}.",
            f"“{opinion[0].upper()}{opinion[1:]},” {person}, {cue} {day}.",
            f"According to {person}, {opinion}.",
            f"{state} {draw.choice(ACTS)} {filled['matter']} {day}.",
        )
    )
