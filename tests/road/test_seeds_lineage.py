"""The five published texts of ../shared/seeds: what they rest on, who retells whom, and what stays apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from winset.pipeline.material import as_read
from winset.pipeline.reading import read_material
from winset.sourcing.account import sources
from winset.sourcing.tracing.lineage import lineage
from winset.sourcing.types import Lineage, ReadDocument, SharedClaim, Work
from winset.statements.types import Statement


@dataclass(frozen=True, slots=True)
class Seeds:
    """The texts by the number their names begin with, and what they were found to rest on."""

    read: tuple[ReadDocument, ...]
    claims: tuple[SharedClaim, ...]
    found: Lineage

    def number(self, id: str) -> str:
        """ "003" """
        return next(Path(each.document.name).name[:3] for each in self.read if each.document.id == id)

    def work(self, medium: str, day: str | None) -> Work:
        """The one of that medium and day."""
        (work,) = (row for row in self.found.works if row.medium == medium and str(row.dated or "") == (day or ""))
        return work

    def leaning_on(self, work: Work) -> set[str]:
        """The texts with an arrow to it."""
        return {self.number(arrow.document_id) for arrow in self.found.arrows if arrow.to == work.key}

    def telling(self, words: str) -> SharedClaim:
        """The claim in one of whose statements these words stand."""
        said = self.statements
        (claim,) = (row for row in self.claims if any(words in said[id].words for id in row.statement_ids))
        return claim

    def tellers(self, claim: SharedClaim) -> set[str]:
        """The texts that tell it."""
        return set(map(self.number, claim.document_ids))

    @property
    def statements(self) -> dict[str, Statement]:
        """By id."""
        return {row.id: row for each in self.read for row in each.statements}


@pytest.fixture(scope="module")
def seeds(shared: Path) -> Seeds:
    """Read once; where the folder lies beside the checkout."""
    read = as_read(read_material([str(shared / "seeds")], None))
    found = sources(read)
    return Seeds(read, found.claims, lineage(read, found.works, found.claims))


def test_one_report_is_the_only_origin_of_the_plan_in_four_texts(seeds: Seeds) -> None:
    report = seeds.work("Nikkei Asia", "2023-05-03")
    assert seeds.leaning_on(report) == {"001", "002", "003", "004"}
    plan = seeds.telling("was considering the opening")
    assert seeds.tellers(plan) == {"002", "003", "004"}
    assert plan.origins == (report.key,)
    assert plan.labels == ("Nikkei Asia of 3 May 2023",)


def test_other_reports_of_that_newspaper_are_other_works(seeds: Seeds) -> None:
    days = {str(work.dated) for work in seeds.found.works if work.medium == "Nikkei Asia" and work.dated}
    assert days == {"2023-05-03", "2023-07-11", "2023-07-19"}


def test_one_newspaper_is_behind_the_french_words_in_three_texts(seeds: Seeds) -> None:
    report = seeds.work("Financial Times", "2023-06-05")  # two of three texts give this day, one the next
    assert seeds.leaning_on(report) == {"000", "001", "003"}
    words = seeds.telling("big mistake")
    assert seeds.tellers(words) == {"000", "001", "003"}
    assert words.origins == (report.key,)
    assert [(seeds.number(each.document_id), "big mistake" in each.exact) for each in words.quoted] == [("001", True)]
    (retold,) = (arrow for arrow in seeds.found.arrows if arrow.to == report.key and arrow.how == "retells")
    assert seeds.number(retold.document_id) == "001"


def test_one_briefing_is_behind_one_line_in_two_texts(seeds: Seeds) -> None:
    line = seeds.telling("lies beyond the geographical scope")
    assert seeds.tellers(line) == {"000", "001"}
    (key,) = line.origins
    (briefing,) = (work for work in seeds.found.works if work.key == key)
    assert (briefing.kind, str(briefing.dated)) == ("occasion", "2023-06-06")
    assert {"000", "001"} <= seeds.leaning_on(briefing)


def test_two_translations_of_one_utterance_are_one_claim(seeds: Seeds) -> None:
    claim = seeds.telling("highly vigilant")
    assert seeds.tellers(claim) == {"003", "004"}
    assert claim == seeds.telling("calls for high vigilance")
    assert {tie.why for tie in claim.ties} == {"paraphrase"}
    assert len(claim.origins) == 1


def test_what_the_ministry_said_a_month_later_is_another_claim(seeds: Seeds) -> None:
    assert not any(
        "inciting bloc confrontation" in seeds.statements[id].words
        for claim in seeds.claims
        for id in claim.statement_ids
    )


def test_the_same_phrase_on_two_occasions_is_not_one_utterance(seeds: Seeds) -> None:
    assert not any(
        "investing heavily" in seeds.statements[id].words for claim in seeds.claims for id in claim.statement_ids
    )


def test_one_text_lists_another_among_its_references(seeds: Seeds) -> None:
    (arrow,) = (row for row in seeds.found.arrows if row.to.startswith("document:"))
    assert (seeds.number(arrow.document_id), seeds.number(arrow.to.partition(":")[2])) == ("001", "000")
    assert seeds.found.cycles == ()
    assert seeds.found.self_citations == ()


def test_nothing_else_is_held_to_be_one(seeds: Seeds) -> None:
    """Beside these, one announcement of the secretary general of May and one line of the concept of 2022."""
    told = sorted("".join(sorted(seeds.tellers(claim))) for claim in seeds.claims)
    assert told == ["000001", "000001003", "001003", "002003004", "002004", "003004"]
    assert all(len(claim.origins) == 1 for claim in seeds.claims)
