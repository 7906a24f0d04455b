"""A syndicated corpus that is known to the last word: which documents are copies, and of which.

Articles are drawn from a made-up vocabulary with Zipf's frequencies. A family begins with one article; each later
member copies an earlier one of the family, usually the first: cut, with another headline, its paragraphs in another
order, with a paragraph of its own, some sentences edited. Documents that are no copies are made hard to tell from
them: two newsrooms that quote the same press release, a reporter's follow-up that keeps the background paragraph of
the article before it, standing sentences of a topic, and every newspaper's own imprint.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from winset.corpus.types import Document
from winset.ids import DocumentId, PartialDate

VOCABULARY = 20_000
TOPICS = 60
FROM_THE_FIRST = 0.65  # share of copies that are made of the first article of their family
FIRST_DAY = date(2024, 1, 1)
Paragraph = tuple[str, ...]  # of sentences


@dataclass(frozen=True, slots=True)
class Article:
    """What one document is made of."""

    headline: str
    paragraphs: tuple[Paragraph, ...]
    day: int  # after FIRST_DAY
    family: int
    parent: int | None  # number of the article that it copies


@dataclass(frozen=True, slots=True)
class Syndicated:
    """Documents in the order in which they came in, which is not that of their dates; and the truth."""

    documents: tuple[Document, ...]
    family: dict[DocumentId, int]
    parent: dict[DocumentId, DocumentId]  # of copies alone


@dataclass(slots=True)
class _Writer:
    """A source of sentences; all chance comes from one generator."""

    chance: random.Random
    words: list[str] = field(init=False)
    weights: list[float] = field(init=False)
    standing: list[list[str]] = field(init=False)  # sentences that every writer on a topic uses

    def __post_init__(self) -> None:
        syllables = [a + b for a in "b c d f g h k l m n p r s t v w".split() for b in "a e i o u an er ol is".split()]
        self.words = list(
            dict.fromkeys(
                "".join(self.chance.choices(syllables, k=self.chance.choice((1, 2, 2, 3, 3))))
                for _ in range(3 * VOCABULARY)
            )
        )[:VOCABULARY]
        self.weights = [1 / (rank + 3) for rank in range(len(self.words))]
        total = 0.0
        cumulative = []
        for weight in self.weights:
            total += weight
            cumulative.append(total)
        self.weights = cumulative
        self.standing = [[self.sentence() for _ in range(6)] for _ in range(TOPICS)]

    def sentence(self) -> str:
        count = max(6, round(self.chance.gauss(21, 7)))
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=count)).capitalize() + "."

    def paragraph(self) -> Paragraph:
        return tuple(self.sentence() for _ in range(self.chance.choice((1, 2, 2, 3, 3, 4))))

    def headline(self) -> str:
        return " ".join(
            self.chance.choices(self.words, cum_weights=self.weights, k=self.chance.randint(5, 10))
        ).capitalize()

    def article(self, family: int, day: int, topic: int) -> Article:
        paragraphs = [self.paragraph() for _ in range(self.chance.randint(5, 14))]
        for sentence in self.chance.sample(self.standing[topic], k=self.chance.choice((0, 0, 1, 2))):
            paragraphs.insert(self.chance.randrange(1, len(paragraphs)), (sentence,))
        return Article(self.headline(), tuple(paragraphs), day, family, None)

    def edited(self, sentence: str) -> str:
        """A sentence with one word in about nine exchanged, dropped or added."""
        words = sentence.rstrip(".").split()
        changed = []
        for word in words:
            draw = self.chance.random()
            if draw < 0.05:
                changed.append(self.chance.choices(self.words, cum_weights=self.weights)[0])
            elif draw < 0.09:
                continue
            else:
                changed.append(word)
                if draw > 0.97:
                    changed.append(self.chance.choices(self.words, cum_weights=self.weights)[0])
        return " ".join(changed or words).capitalize() + "."


def syndicated(count: int = 10_000, *, seed: int = 7, edits: float = 0.3) -> Syndicated:
    """`count` documents; the same for the same arguments.

    edits: share of copies in which an editor changed words, 0-1.
    """
    chance = random.Random(seed)
    writer = _Writer(chance)
    articles: list[Article] = []
    alone: list[int] = []
    family = 0
    while len(articles) < count:
        topic, day = chance.randrange(TOPICS), chance.randrange(360)
        first = len(articles)
        original = writer.article(family, day, topic)
        if alone and chance.random() < 0.15:
            original = _sharing(writer, original, articles[chance.choice(alone)])
        articles.append(original)
        size = chance.choice((1, 1, 1, 1, 2, 2, 3, 4, 6, 10, 25))
        for _ in range(min(size - 1, count - len(articles))):
            parent = first if chance.random() < FROM_THE_FIRST else chance.randrange(first, len(articles))
            articles.append(_copied(writer, articles[parent], parent, edits))
        if size == 1:
            alone.append(first)
        family += 1
    return _published(chance, writer, articles)


def _sharing(writer: _Writer, own: Article, other: Article) -> Article:
    """An article of its own that has a paragraph or two of another's: a press release, a background."""
    taken = writer.chance.sample(other.paragraphs, k=min(len(other.paragraphs), writer.chance.choice((1, 1, 2))))
    paragraphs = list(own.paragraphs)
    for each in taken:
        paragraphs.insert(writer.chance.randrange(1, len(paragraphs)), each)
    return Article(own.headline, tuple(paragraphs), own.day, own.family, None)


def _copied(writer: _Writer, of: Article, parent: int, edits: float) -> Article:
    chance = writer.chance
    paragraphs = list(of.paragraphs)
    if chance.random() < 0.6:  # cut from the end, as wire copy is, or here and there
        keep = max(2, round(len(paragraphs) * chance.uniform(0.35, 0.95)))
        paragraphs = (
            paragraphs[:keep]
            if chance.random() < 0.7
            else [paragraphs[i] for i in sorted(chance.sample(range(len(paragraphs)), keep))]
        )
    if chance.random() < 0.3:
        lead, rest = paragraphs[:1], paragraphs[1:]
        chance.shuffle(rest)
        paragraphs = lead + rest
    if chance.random() < edits:
        share = chance.uniform(0.1, 0.9)
        paragraphs = [
            tuple(writer.edited(sentence) if chance.random() < share else sentence for sentence in paragraph)
            for paragraph in paragraphs
        ]
    if chance.random() < 0.4:
        paragraphs.insert(chance.randint(0, len(paragraphs)), writer.paragraph())
    headline = writer.headline() if chance.random() < 0.6 else of.headline
    return Article(
        headline, tuple(paragraphs), of.day + chance.choice((0, 1, 2, 3, 4, 5, 6, 7, 9, 12)), of.family, parent
    )


def _published(chance: random.Random, writer: _Writer, articles: Sequence[Article]) -> Syndicated:
    """The articles as documents, each with a newspaper's imprint; where two are one text, the first stands for both."""
    imprints = [writer.sentence() for _ in range(80)]
    numbers = chance.sample(range(len(articles)), k=len(articles))  # a name tells nothing of who was first
    made: list[Document] = []
    for number, article in enumerate(articles):
        body = "\n\n".join(" ".join(paragraph) for paragraph in article.paragraphs)
        day = FIRST_DAY + timedelta(days=article.day)
        made.append(
            Document(
                name=f"{numbers[number]:05}.txt",
                text=f"{article.headline}\n\n{body}\n\n{chance.choice(imprints)}\n",
                title=article.headline,
                published=PartialDate(day.isoformat()),
            )
        )
    family: dict[DocumentId, int] = {}
    parent: dict[DocumentId, DocumentId] = {}
    for document, article in zip(made, articles, strict=True):
        if document.id in family:
            continue
        family[document.id] = article.family
        if article.parent is not None:
            parent[document.id] = made[article.parent].id
    kept = list({document.id: document for document in reversed(made)}.values())
    chance.shuffle(kept)
    return Syndicated(tuple(kept), family, parent)
