"""A text and its light paraphrase tell nothing differently; nor do two texts on one matter that agree."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest

HARBOUR = """
Port council rejects second terminal

BERGHAVN, March 12, 2019 (Norda) - The council of the Strait Commission on Tuesday turned down a plan for a second
terminal at Berghavn, with 14 of its 23 members voting against it.

"We have listened to the towns, and the towns do not want it," Foreign Ministry spokesman Anders Holm told reporters
after the vote. "A second terminal would have doubled the traffic in the strait within ten years."

The terminal would have cost 340 million crowns and created 220 jobs, according to a study that the Strait Commission
published on February 6. It would have been the first terminal on the northern shore.

Maria Lund, the Danish minister for transport, said her government regretted the decision. Finland abstained. The
commission, founded in 1974, meets four times a year; its next session is in Turku on June 18.

The United States had offered to finance a third of the works. A State Department official said on Wednesday that
Washington would "look at other harbours, and look at them soon".
"""
HARBOUR_RETOLD = """
No second terminal for Berghavn

BERGHAVN, 12 March 2019 (Norda) - A plan to build a second terminal at Berghavn was rejected on Tuesday by the Strait
Commission's council. Fourteen of the twenty-three members voted against.

After the vote a spokesman for the Foreign Ministry, Anders Holm, told journalists: "We have listened to the towns,
and the towns do not want it. A second terminal would have doubled the traffic in the strait within ten years."

According to a study published by the commission on 6 February, the terminal would have created 220 jobs and cost
340m crowns. It would have been the northern shore's first terminal.

Denmark's transport minister, Maria Lund, said that her government regretted the decision, while Finland abstained.
Founded in 1974, the commission meets four times per year. Its next session will be held on 18 June in Turku.

A third of the works would have been financed by the US. Washington would "look at other harbors, and look at them
soon", an official of the State Department said on Wednesday.
"""
HARBOUR_SHORT = """
Strait Commission votes down terminal (12 March 2019)

The Strait Commission has voted down a second terminal at Berghavn. More than half of its 23 members were against.
Spokesman A. Holm said "the towns do not want it". The work would have cost some 340 million crowns and brought about
200 jobs. The U.S. had offered to pay for one third. The commission meets again in Turku in June.
"""
TALKS = """
Delta water talks resume

By Ines Carvalho in Luanda
4 October 2021

Delegations from five countries will resume talks on the waters of the Okara delta on Thursday, the United Nations
said. Dr Helena Brandt, the UN special envoy, told the programme's donors that "nobody should expect miracles".

The last round collapsed in May 2020, when Angola's delegation walked out. Namibian President Hage Geingob has since
called the delta "a lifeline, not a weapon". South Africa's foreign minister, Naledi Pandor, welcomed the talks.

An estimated 31 member states of the delta fund have paid 48 percent of what they pledged. The fund, created in 1998,
has 12 offices and employs 310 people. It organised 27 workshops last year.

The delegations will meet for three days at the Palace of Nations. "We are not going to wait for another drought,"
Brandt said. She will visit Windhoek on 11 October and Gaborone on 13 October.
"""
TALKS_RETOLD = """
Talks on delta's water to go on

Luanda, October 4, 2021. By I. Carvalho

Talks about the Okara delta's waters will be resumed on Thursday by delegations of five countries, according to the
UN. Helena Brandt, special envoy of the United Nations, told donors to the program that "nobody should expect
miracles".

When the Angolan delegation walked out in May 2020, the last round collapsed. President Hage Geingob of Namibia has
called the delta "a lifeline, not a weapon" since then. The talks were welcomed by Naledi Pandor, the foreign minister
of South Africa.

Some thirty-one member countries of the delta fund have paid 48 per cent of their pledges. Created in 1998, the fund
employs 310 people in its twelve offices. Last year it organized 27 workshops.

At the Palace of Nations the delegations will meet for three days. Dr. Brandt, who said "We are not going to wait for
another drought", will be in Windhoek on October 11 and in Gaborone on the 13th.
"""
OPINION = """
The case for a northern desk

For twenty years the Alliance has had a desk in Reykjavik and one in Tromsø. Two desks are not a policy. When the
Prime Minister of Iceland, Katrín Jakobsdóttir, asked for more on 3 June 2022, she was told to wait. "Patience is a
strategy," an ambassador said. It is not.

Critics call the proposed centre unprecedented. It would be the first of its kind north of the Arctic Circle, they say,
and it would cost 12 million euros a year. So it would. The old desk in Vardø, closed in 1996, was a listening post.

Three things should happen. First, the council should name a director by the end of 2023. Second, the members should
share the costs by population. Third, the parliaments should be heard.
"""
OPINION_RETOLD = """
A desk for the north: why not?

For two decades the Alliance has kept desks in Tromsø and Reykjavik. Two desks, however, are no policy. Iceland's Prime
Minister Katrin Jakobsdottir asked for more on June 3, 2022, and was told to wait. An ambassador said: "Patience is a
strategy." But it is not.

The proposed center is called unprecedented by its critics, who say that it would be the first of its kind north of the
Arctic Circle and cost EUR 12 million per year. It would. Vardø's old desk, which closed in 1996, was a listening post.

Three things ought to happen: by the end of 2023 the council should name a director; the members should share costs
according to population; and parliaments should be heard.
"""
FAMILIES = [
    pytest.param((HARBOUR, HARBOUR_RETOLD, HARBOUR_SHORT), "2019-03-12", id="agency report"),
    pytest.param((TALKS, TALKS_RETOLD), "2021-10-04", id="talks"),
    pytest.param((OPINION, OPINION_RETOLD), None, id="opinion"),
]
SWAPS = (
    (r"\bMarch 12, 2019\b", "12 March 2019"),
    (r"\bFebruary 6\b", "6 February"),
    (r"\bJune 18\b", "18 June"),
    (r"\bForeign Ministry spokesman\b", "Foreign Office spokesman"),
    (r"\bthe United Nations\b", "the UN"),
    (r"\bThe United States\b", "The US"),
    (r"\bprogramme\b", "program"),
    (r"\borganised\b", "organized"),
    (r"\bcentre\b", "center"),
    (r"\b340 million\b", "340m"),
    (r"\b48 percent\b", "48%"),
    (r"\b23 members\b", "twenty-three members"),
    (r"\b12 offices\b", "twelve offices"),
    (r"\bsaid\b", "stated"),
    (r"\breporters\b", "journalists"),
    (r"“|”", '"'),
)


@pytest.mark.parametrize(("texts", "day"), FAMILIES)
def test_a_text_and_its_paraphrase_tell_nothing_differently(find: Any, texts: tuple[str, ...], day: str | None) -> None:
    for one, two in combinations(texts, 2):
        rows = [(one, day), (two, day)] if day else [one, two]
        assert find(*rows) == ()


@pytest.mark.parametrize(("texts", "day"), FAMILIES)
def test_nor_do_all_of_them_together(find: Any, texts: tuple[str, ...], day: str | None) -> None:
    assert find(*[(text, day) if day else text for text in texts]) == ()


@pytest.mark.parametrize(("texts", "day"), FAMILIES)
def test_a_text_in_other_spelling_tells_nothing_differently(find: Any, texts: tuple[str, ...], day: str | None) -> None:
    for text in texts:
        other = text
        for pattern, instead in SWAPS:
            other = re.sub(pattern, instead, other)
        paragraphs = other.strip().split("\n\n")
        moved = "\n\n".join([*paragraphs[:2], *paragraphs[:1:-1]])
        assert find(text, moved) == ()


def test_one_text_twice_and_no_text_at_all(find: Any) -> None:
    assert find() == ()
    assert find(HARBOUR, HARBOUR) == ()
    assert find("") == ()


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            (
                "Labour leader Tom Reid met Kenyan President William Ruto in Nairobi on 4 May 2023.",
                "Labour leader Tim Reid met Kenyan President William Ruto in Nairobi on 9 June 2023.",
            ),
            id="two people and two meetings",
        ),
        pytest.param(
            (
                "About 30 people would work at the office in Oran, the Algerian foreign ministry said.",
                "Thirty-one people would work at the office in Oran, the Algerian foreign ministry said.",
            ),
            id="a rounder number",
        ),
        pytest.param(
            (
                'Minister Ada Park said: "We will open the bridge in spring and then we will open the second one."',
                'Minister Ada Park said: "We will open the bridge in spring [...] then we will open the second one."',
            ),
            id="something left out of a quotation",
        ),
        pytest.param(
            (
                'Minister Ada Park said: "It\'s a day of joy for the region and for all of its many people."',
                'Minister Ada Park said "it is a day of joy for the region" after the ceremony.',
            ),
            id="a shorter quotation",
        ),
        pytest.param(
            (
                "The council held its first meeting in Lagos on 2 May 2020 and its second in Accra on 9 May 2020.",
                "The council held its second meeting in Accra on 9 May 2020.",
            ),
            id="two meetings, one of which a document leaves out",
        ),
        pytest.param(
            (
                "The treaty was signed in Geneva by Chile and Peru on 3 April 2001 after long talks.",
                "The treaty was signed in Switzerland by Chile and Peru on 3 April 2001 after long talks.",
            ),
            id="a town and its country",
        ),
        pytest.param(
            (
                "The first debate between the candidates in Ohio drew 80 million viewers.",
                "It was not the first debate of the candidates, and it will not be the last, the moderator said.",
            ),
            id="the first of a series",
        ),
        pytest.param(
            (
                "See https://example.org/reports/2021/annual-report-part-1.html and [1].\n\n[1] Ana Reyes, 2021.",
                "See https://example.org/reports/2021/annual-report-part-2.html and [1].\n\n[1] Ana Reyes, 2022.",
            ),
            id="two parts of one report",
        ),
    ],
)
def test_what_only_looks_like_one_thing_told_differently(find: Any, texts: tuple[str, ...]) -> None:
    assert find(*texts) == ()
