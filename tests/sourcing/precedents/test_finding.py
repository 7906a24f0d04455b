"""Earlier instances of the kind of thing that is proposed, in texts of several bodies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.corpus.types import Document, clean_text
from winset.sourcing.precedents.finding import precedents
from winset.sourcing.types import Precedent, ReadDocument
from winset.statements.segmentation import segments

OFFICE = "Open a liaison office in Dakar"


def read(text: str) -> ReadDocument:
    document = Document(name="a.txt", text=text)
    return ReadDocument(document=document, segments=segments(text))


def table(proposal: str, *texts: str) -> list[tuple[str, str, str, str, str]]:
    """Kind, place, since, until and fate of each row."""
    rows = precedents([read(text) for text in texts], proposal)
    return [(row.kind, row.place, row.since, row.until, row.fate) for row in rows]


def one(proposal: str, text: str) -> Precedent:
    (row,) = precedents([read(text)], proposal)
    return row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The agency opened a liaison office in Quito in 1998 and closed it in 2004.",
            ("liaison office", "Quito, Ecuador", "1998", "2004", "closed"),
        ),
        (
            "It has kept a regional office in Nairobi since 1996.",
            ("regional office", "Nairobi, Kenya", "1996", "", ""),
        ),
        ("Its Hanoi office, opened in 2011, remains open.", ("office", "Hanoi, Vietnam", "2011", "", "remains open")),
        ("The office in Lima was never built.", ("office", "Lima, Peru", "", "", "was never built")),
        ("Plans for an office in Lima were dropped in 2015.", ("office", "Lima, Peru", "", "", "plan dropped")),
        ("In 2013 the office in Bamako was closed.", ("office", "Bamako, Mali", "", "2013", "closed")),
        (
            "A bureau was hosted in Skopje, North Macedonia from 2009 to 2012.",
            ("bureau", "Skopje, North Macedonia", "2009", "2012", ""),
        ),
        (
            "Vienna has had the agency's liaison office since the 1970s.",
            ("liaison office", "Vienna, Austria", "the 1970s", "", ""),
        ),
    ],
)
def test_an_office_with_its_years_and_fate(text: str, expected: tuple[str, ...]) -> None:
    assert table(OFFICE, text) == [expected]


def test_every_place_of_a_list_has_a_row_with_its_own_year() -> None:
    text = (
        "A country office serves one state. The agency runs such an office in Jordan since 2003, in Serbia as well, and"
        " in Armenia (since 2011)."
    )
    assert [row[1:3] for row in table(OFFICE, text)] == [
        ("Jordan", "2003"),
        ("Armenia", "2011"),
        ("Serbia", ""),
    ]
    text = "Offices in Port Moresby and in Geneva deal with donors."
    assert [row[1] for row in table(OFFICE, text)] == ["Geneva", "Port Moresby, Papua New Guinea"]


def test_tellings_of_two_documents_are_one_row() -> None:
    first = "It has an office in Bahrain (mostly financed by the host)."
    second = (
        "The Marine Science Network (MSN) Regional Centre in Bahrain came next. The MSN was set up in 2001 to share"
        " what is known.\n\nIn that year the Amman office closed; the regional office in Bahrain remained open."
    )
    rows = precedents([read(first), read(second)], OFFICE)
    bahrain = next(row for row in rows if row.place == "Bahrain")
    assert (bahrain.kind, bahrain.since, bahrain.fate) == ("regional office", "", "remained open")
    assert bahrain.detail == "mostly financed by the host; The MSN was set up in 2001"
    assert len({anchor.document_id for anchor in bahrain.anchors}) == 2  # both documents are evidence
    assert [(row.place, row.fate) for row in rows if row is not bahrain] == [("Amman, Jordan", "closed")]
    assert one(OFFICE, first).fate == "financed by the host"


def test_two_times_at_one_place_are_two_rows() -> None:
    text = "The mission in Haiti from 1993 to 1996 was small. The mission in Haiti from 2004 to 2017 was not."
    assert [row[2:4] for row in table("Send a mission to Chad", text)] == [("1993", "1996"), ("2004", "2017")]


@pytest.mark.parametrize(
    "text",
    [
        "A liaison office in Dakar would be the first in West Africa. The Dakar office is a bold plan.",
        "It has an office in Senegal.",  # the place proposed
        "An office in Accra could follow, and the agency hopes to open an office in Lagos.",
        "The agency has no office in Cairo.",
        "He took office in Rome in 2001. The post office in Oslo is slow. She told them at her office in Paris.",
        "The head office in Paris said the war in Sudan was a tragedy. The mayor's office in Lyon was raided in 2019.",
        "Office rents in Dublin rose in 2018. The office said Peru had agreed.",
        "The Foreign Office in London declined to comment. The United States Embassy said so.",
        "Officials at the office told reporters in Madrid that talks failed.",
        "Ein Büro in Wien besteht seit 1995, und das Büro in Lima wurde im Jahr 2004 wieder geschlossen.",
    ],
)
def test_what_is_no_precedent(text: str) -> None:
    assert table(OFFICE, text) == []


def test_other_bodies_have_other_things() -> None:
    missions = (
        "The UN ran a peacekeeping mission in Haiti from 2004 to 2017. Its mission in Cyprus, deployed since 1964, goes"
        " on. Observers were sent to Nepal in 2007 and withdrawn in 2011. On his trade mission to Peru he sold cars."
    )
    assert table("Send a peacekeeping mission to Chad", missions) == [
        ("mission", "Cyprus", "1964", "", ""),
        ("peacekeeping mission", "Haiti", "2004", "2017", ""),
        ("observer", "Nepal", "2007", "2011", "withdrawn"),
    ]
    sanctions = (
        "The council imposed an arms embargo on Yugoslavia in 1991 and lifted it in 1996. US sanctions on Cuba have"
        " been in place since 1962. Sanctions on Belarus would hurt. He spoke about sanctions in Paris."
    )
    assert table("Impose sanctions on Belarus", sanctions) == [
        ("sanctions", "Cuba", "1962", "", ""),
        ("arms embargo", "Yugoslavia", "1991", "1996", "lifted"),
    ]
    closures = "The closure of the herring fishery in the North Sea from 1977 to 1981 worked. Quotas were cut."
    assert table("Close the cod fishery in the Barents Sea", closures) == [("closure", "North Sea", "1977", "1981", "")]
    funds = "The Adaptation Fund, set up in 2001, has spent a billion. He runs a hedge fund in London."
    assert table("Set up a climate fund for Samoa", funds) == [("Adaptation Fund", "", "2001", "", "")]
    joined = (
        "Greece and Turkey joined in 1952. The accession of Croatia in 2009 took years. He joined the firm in 1999."
    )
    assert [row[1:3] for row in table("Admit Ukraine as a member", joined)] == [
        ("Greece", "1952"),
        ("Turkey", "1952"),
        ("Croatia", "2009"),
    ]
    tariffs = (
        "Tariffs on solar panels were imposed in 2018. A tariff on steel was introduced in 2002 and lifted in 2003."
    )
    assert table("Impose a tariff on cars", tariffs) == [
        ("tariff", "steel", "2002", "2003", "lifted"),
        ("tariff", "solar panels", "2018", "", ""),
    ]


def test_a_proposal_that_names_no_kind_has_no_precedents() -> None:
    assert table("Do it", "It opened an office in Quito in 1998.") == []
    assert table("", "It opened an office in Quito in 1998.") == []
    assert precedents([], OFFICE) == ()


@given(
    st.lists(
        st.sampled_from(
            [
                "an office ",
                "in Quito ",
                "and Lima ",
                "since 2010 ",
                "(since 2017) ",
                ", ",
                ". ",
                "closed ",
                "the Oslo ",
                "(",
            ]
        )
    )
)
def test_anchors_hold_and_rows_come_in_one_order(parts: list[str]) -> None:
    given_read = read(clean_text("".join(parts)))
    rows = precedents([given_read, given_read], OFFICE)
    assert all(anchor.holds_in(given_read.document) for row in rows for anchor in row.anchors)
    assert all(row.anchors and row.place for row in rows)
    assert rows == precedents([given_read, given_read], OFFICE)


def test_the_one_in_a_place_is_of_the_kind_named_before_with_its_year() -> None:
    text = (
        "A liaison office is nothing new. Small teams keep watch. Others stand in Lima and Quito; the one in Lima"
        " opened in 2010, the one in Quito in 2017. The one in Oslo would open in 2035."
    )
    assert table(OFFICE, text) == [
        ("liaison office", "Lima, Peru", "2010", "", ""),
        ("liaison office", "Quito, Ecuador", "2017", "", ""),
    ]


def test_the_one_in_a_place_is_of_nothing_that_is_named_far_before() -> None:
    text = (
        "A liaison office is nothing new. One came. Two went. Three stayed. Four ran. The one in Lima opened in 2010."
    )
    assert table(OFFICE, text) == []
