"""Discrepancies between documents on one matter that share few words in the sentences that differ."""

from __future__ import annotations

from typing import Any

import pytest

RELEASE = """
RIVER AUTHORITY OF THE LOWER OSTRA
Press release
Velmund, 14/05/2019

Ostra dam: Authority proposes to drain the Keld reservoir for repairs

The River Authority has today adopted a plan to drain the Keld reservoir behind the Ostra dam from 1 September 2019.
Engineers of the Hydraulic Institute advised in March, for the sixth year running, that the wall be repaired.

Water Commissioner Tomasz Brennikov said: "Nobody ever thanked an engineer for a dam that held. I prefer to be cursed
by the farmers this summer than to be mourned by the whole valley one day."

A total of 273 farms draw water from the reservoir. Their owners will receive compensation of up to EUR 47 million.
"""
AGENCY = """
Authority to drain Keld reservoir behind Ostra dam

(Corrects number of hill farms in paragraph 4 to 58, not 85)

VELMUND, May 14 (Norda) - The River Authority on Tuesday proposed to drain the Keld reservoir behind the Ostra dam for
repairs that will last two years, after engineers said that the wall was leaking.

It would be the first time the River Authority has emptied a whole reservoir.

"Nobody ever thanked an engineer for a dam that held. I prefer to be cursed by the farmers this summer than to be
mourned by the whole valley one day," Water Commissioner Tomasz Brennikov told reporters in Velmund.

Around 270 farms would be affected, 58 of them in the hills. The Authority has set aside nearly 50 million euros.
"""
NEWSPAPER = """
THE VALLEY GAZETTE
Thursday, May 16, 2019

Farmers along the Ostra fear for the Keld reservoir

The River Authority has proposed to drain the Keld reservoir behind the Ostra dam from 1 October, after engineers said
that the wall was leaking.

"Nobody ever thanked an engineer for a dam that held. I prefer to be cursed by the farmers this summer than to be
mourned by the whole valley one day," the transport commissioner, Tomasz Brennikov, told reporters in Velmund.

Around 270 farms would be affected, 85 of them in the hills. The engineers of the Hydraulic Institute have advised
that the wall be repaired for the fifth year in a row.
"""
BLOG = """
# What the Ostra dam teaches us

*Wet Feet, a blog on rivers. Posted on Sunday, 26 May 2019*

On 15 May the River Authority proposed to drain the Keld reservoir behind the Ostra dam for repairs. I went to see.

It is not the first. The River Authority has emptied a whole reservoir twice before: Marn in 1974 and Upper Sill in
1991. The Keld reservoir would be the third.

The farmers will be paid EUR 74 million, says the press release. Commissioner Tomasz Brennikow came to see the wall. "No
one has ever said thank you to the engineers for a dam that did not break. I would rather have the farmers cursing me
this summer than a whole valley in mourning one day," he told Radio Velmund. Of the 237 farms concerned, most are small.
"""
ALL = (RELEASE, (AGENCY, "2019-05-14"), NEWSPAPER, BLOG)


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        ("name", "Tomasz Brennikov", "Tomasz Brennikow"),
        ("office", "water commissioner", "transport commissioner"),
        ("number", "EUR 47 million", "EUR 74 million"),
        ("number", "273 farms", "237 farms"),
        ("number", "sixth year running", "fifth year in a row"),
        ("date", "14 May 2019", "15 May 2019"),
        ("date", "1 September 2019", "1 October 2019"),
    ],
)
def test_what_the_documents_tell_differently(find: Any, kind: str, one: str, two: str) -> None:
    found = [{telling.value for telling in row.tellings} for row in find(*ALL) if row.kind == kind]
    assert any({one, two} <= values for values in found), found


def test_a_quotation_translated_back(find: Any) -> None:
    (row,) = [row for row in find(*ALL) if row.kind == "quotation"]
    assert any("thank you to the engineers" in telling.value for telling in row.tellings)


def test_what_is_called_the_first_and_is_not(find: Any) -> None:
    (row,) = [row for row in find(*ALL) if row.kind == "first"]
    assert "1974" in row.why
    assert row.tellings[row.right].value == "not the first"


def test_the_line_of_an_agency_and_the_document_that_keeps_what_was_wrong(find: Any) -> None:
    (row,) = [row for row in find(*ALL) if row.kind == "correction"]
    assert [telling.value for telling in row.tellings] == ["85", "58", "85"]
    assert row.right == 1
    assert "2.txt" in row.why


def test_the_rounded_figure_decides(find: Any) -> None:
    (row,) = [row for row in find(*ALL) if row.kind == "number" and row.about == "a sum of money"]
    assert row.tellings[row.right].value == "EUR 47 million"


def test_nothing_besides(find: Any) -> None:
    assert len(find(*ALL)) == 10


def test_a_correction_the_other_way_round(find: Any) -> None:
    (row,) = find(
        "The vote in Lund\n\nThe north was for the bridge; Maria Holt abstained while Jonas Berg voted against.\n\n"
        "Correction (3 May): Jonas Berg abstained while Maria Holt voted against, not the other way round."
    )
    assert "Maria Holt abstained" in row.tellings[0].value
    assert row.right == 1


AUTHOR_DATE = """
Reefs, again

The reef grew for forty years (Ander 1998), then stopped (Bolin and Crewe 2004). Nobody knows why (Dacosta 2011), but
there are guesses (Farrow 2015).

## References

Ander, P. (1998). Growth of the reef. Journal of Reefs 3, 1-9.

Bolin, J., and Crewe, T. (2004). The reef at rest. Journal of Reefs 9, 10-19.

Dacosta, L. (2011). Why reefs stop. Journal of Reefs 16, 2-8.

Marlow, K. (2009). Tides and reefs. Journal of Reefs 14, 3-7.
"""


def test_an_author_who_is_not_listed_and_one_who_is_not_named(find: Any) -> None:
    rows = [row for row in find(AUTHOR_DATE) if row.kind == "reference"]
    assert any("Farrow 2015" in row.about for row in rows)
    assert any("Marlow" in row.tellings[0].anchor.exact for row in rows)


def test_further_reading_need_not_be_named(find: Any) -> None:
    told = AUTHOR_DATE.replace(" (Farrow 2015)", "").replace("## References", "## Further reading")
    assert not [row for row in find(told) if row.kind == "reference"]


TRAPS = (
    # an office with two ministries, each newspaper tells one; two people of one surname
    (
        "Farm aid\n\nMaria Lund, the minister for agriculture and transport, opened the road at Sill on 3 May 2019.",
        "Farm aid\n\nAgriculture Minister Maria Lund opened the road at Sill on 3 May 2019.",
        "Farm aid\n\nTransport Minister Maria Lund opened the road at Sill on 3 May 2019.",
    ),
    # an office with a long name, and its short one
    (
        "Talks\n\nMaria Lund, Minister of Housing, Spatial Planning and Environment of Norway, spoke on 3 May 2019.",
        "Talks\n\nEnvironment Minister Maria Lund spoke at Sill on 3 May 2019.",
    ),
    # a dateline of the day of writing, the event on the day before
    (
        "Talks\n\nVELMUND, May 14 (Norda) - The River Authority on Monday proposed to drain Lake Keld at Ostra.",
        ("Talks\n\nOn 13 May the River Authority proposed to drain Lake Keld at Ostra.", "2019-05-16"),
    ),
    # later, the count of years has grown
    (
        ("The Hydraulic Institute of Ostra advised zero fishing for the fifth year running.", "2018-05-14"),
        ("The Hydraulic Institute of Ostra advised zero fishing for the sixth year running.", "2019-05-14"),
    ),
)


@pytest.mark.parametrize("texts", TRAPS)
def test_what_only_looks_so(find: Any, texts: tuple[Any, ...]) -> None:
    assert not find(*texts)
