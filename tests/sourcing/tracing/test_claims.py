"""One utterance told in several documents is one claim; what is said twice, or by two, is not."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tests.sourcing.made import Made, made, read_all

from winset.actors.types import SpeaksAs
from winset.corpus.types import Duplicate
from winset.sourcing.tracing.claims import claims
from winset.sourcing.tracing.ties import longest_run
from winset.sourcing.tracing.works import works
from winset.sourcing.types import SharedClaim
from winset.statements.types import Form


def of(*documents: Made, copies: bool = False) -> tuple[SharedClaim, ...]:
    """copies: whether each document is known to be a copy of the first."""
    read, credited = read_all(*documents)
    duplicates = [
        Duplicate(name=each.document.name, document_id=each.document.id, of=documents[0].document.id, similarity=0.9)
        for each in documents[1:]
        if copies
    ]
    return claims(read, works(read, credited), duplicates)


def quoting(name: str, before: str, quote: str, after: str = "", **told: Any) -> Made:
    """A document in which Ada Roe of Northmark is quoted, unless told otherwise."""
    published = told.pop("published", None)
    document = made(name, f"{before}“{quote}”{after}", published=published)
    told = {"speaker": "Ada Roe", "actor": "NOR"} | told
    source = told["speaker"] if told["speaker"] and told["speaker"] in before + after else None
    document.says(source, "said", quote, form=Form.DIRECT, **told)
    return document


LINE = "The lake lies beyond the borders of the northern compact"


def test_a_shared_run_of_quoted_words_is_one_claim() -> None:
    one = quoting("one", "Ada Roe said: ", LINE)
    two = quoting("two", "Ada Roe said that ", f"{LINE}, whatever the council may want")
    (claim,) = of(one, two)
    assert claim.document_ids == (one.id, two.id)
    assert [tie.why for tie in claim.ties] == ["quotation"]
    assert claim.words.document_id == two.id  # the fullest


def test_what_a_minister_says_on_two_days_are_two_claims() -> None:
    one = quoting("one", "On 3 May Ada Roe said: ", LINE, on="2031-05-03")
    two = quoting("two", "On 9 June Ada Roe said: ", LINE, on="2031-06-09")
    assert of(one, two) == ()


def test_a_day_off_is_no_second_claim() -> None:
    one = quoting("one", "On 3 May Ada Roe said: ", LINE, on="2031-05-03")
    two = quoting("two", "On 4 May Ada Roe said: ", LINE, on="2031-05-04")
    assert len(of(one, two)) == 1


def test_what_was_published_before_it_was_said_tells_something_else() -> None:
    one = quoting("one", "On 3 June Ada Roe said: ", LINE, on="2031-06-03")
    two = quoting("two", "Ada Roe said: ", LINE, published="2031-05-10")
    assert of(one, two) == ()


def test_a_slogan_of_several_speakers_is_no_claim() -> None:
    slogan = "Security of the lake and of the coast cannot be divided"
    documents = [
        quoting(str(number), f"{name} said: ", slogan, speaker=name, actor=actor)
        for number, (name, actor) in enumerate([("Ada Roe", "NOR"), ("Bo Lind", "SYL"), ("Cy Marsh", "ARV")])
    ]
    assert of(*documents) == ()


def test_the_same_words_from_two_ministers_of_one_state_are_two_claims() -> None:
    one = quoting("one", "Ada Roe said: ", LINE)
    two = quoting("two", "Bo Lind said: ", LINE, speaker="Bo Lind")
    assert of(one, two) == ()


def test_two_spellings_of_one_speaker_are_one_claim() -> None:
    one = quoting("one", "Weng Baolun said: ", LINE, speaker="Weng Baolun", actor="SYL")
    two = quoting("two", "Wang Baolun said: ", LINE, speaker="Wang Baolun", actor="SYL")
    assert len(of(one, two)) == 1


def test_a_short_quotation_needs_its_speaker_and_topic() -> None:
    about = " if the compact opens a field station in Larkhaven harbour."
    one = made("one", f"Ada Roe said the compact would make “a grave blunder”{about}")
    one.says("Ada Roe", "said", one.document.text[13:], speaker="Ada Roe", actor="NOR", form=Form.MIXED)
    two = made("two", "To Ada Roe the field station of the compact in Larkhaven is a “grave blunder”, she said.")
    two.says("Ada Roe", "said", "the field station of the compact in Larkhaven is a “grave blunder”", speaker="Ada Roe",
             actor="NOR", form=Form.MIXED)  # fmt: skip
    (claim,) = of(one, two)
    assert len(claim.statement_ids) == 2
    other = made("other", "Ada Roe said the wheat tax was a “grave blunder”.")
    other.says(
        "Ada Roe", "said", "the wheat tax was a “grave blunder”", speaker="Ada Roe", actor="NOR", form=Form.MIXED
    )
    assert of(one, other) == ()
    stranger = made("stranger", two.document.text.replace("Ada Roe", "Bo Lind"))
    stranger.says("Bo Lind", "said", "the field station of the compact in Larkhaven is a “grave blunder”",
                  speaker="Bo Lind", actor="SYL", form=Form.MIXED)  # fmt: skip
    assert of(one, stranger) == ()


def test_a_commonplace_is_no_shared_quotation() -> None:
    one = quoting("one", "Ada Roe said of the bridge: ", "at the end of the day")
    two = quoting("two", "Ada Roe said of the wheat: ", "at the end of the day")
    assert of(one, two) == ()


def test_a_stock_phrase_inside_two_speeches_is_not_one_utterance() -> None:
    stock = "Northmark is investing heavily in new ships"
    one = quoting(
        "one", "Ada Roe said: ", f"because of what the rise of the isles means for us, {stock}, and we know it"
    )
    two = quoting("two", "Ada Roe said: ", f"It troubles us that we see {stock} that can reach every port")
    assert of(one, two) == ()


def test_two_occasions_are_two_utterances() -> None:
    documents = []
    for name, occasion, kind in (("one", "a visit to the isles", "visit"), ("two", "a briefing", "briefing")):
        document = made(name, f"On {occasion} Ada Roe said: “{LINE}”")
        said = document.says("Ada Roe", "said", LINE, speaker="Ada Roe", actor="NOR", form=Form.DIRECT)
        document.credits_(occasion, f"{kind} of Ada Roe", "occasion", to=(said,))
        documents.append(document)
    assert of(*documents) == ()


def told_by(report: str, name: str, text: str, content: str) -> Made:
    document = made(name, text)
    said = document.says("Reuters", "reported", content, actor="media: Reuters", speaks_as=SpeaksAs.MEDIUM)
    document.credits_(report, "Reuters", dated="2031-05-03" if "3 May" in report else None, to=(said,))
    return document


def test_two_tellings_of_one_report_are_one_claim() -> None:
    one = told_by("On 3 May Reuters reported", "one",
                  "On 3 May Reuters reported that the council plans to open a field station in Larkhaven by 2033.",
                  "the council plans to open a field station in Larkhaven by 2033")  # fmt: skip
    two = told_by("Reuters reported", "two",
                  "Reuters reported that the council might open a field station in Larkhaven soon.",
                  "the council might open a field station in Larkhaven soon")  # fmt: skip
    (claim,) = of(one, two)
    assert claim.ties[0].why == "report"
    assert len(claim.origins) == 1


def test_two_things_that_one_report_says_are_two_claims() -> None:
    one = told_by("On 3 May Reuters reported", "one",
                  "On 3 May Reuters reported that the council plans to open a field station in Larkhaven.",
                  "the council plans to open a field station in Larkhaven")  # fmt: skip
    two = told_by("On 3 May Reuters reported", "two",
                  "On 3 May Reuters reported that fishermen fear for their grounds.",
                  "fishermen fear for their grounds")  # fmt: skip
    assert of(one, two) == ()


def test_two_translations_of_one_utterance_are_one_claim() -> None:
    one = quoting("one", "On 4 May the ministry said: ", "Countries of the lake should stay alert to the alliance's"
                  " advance to the south, its meddling in the lake's matters and its efforts to destroy stability",
                  speaker=None, actor="SYL", on="2031-05-04")  # fmt: skip
    two = quoting("two", "On 4 May the ministry said: ", "The alliance's constant push southward into the lake and"
                  " meddling in its affairs is bound to undermine stability there. Lake countries should be on high"
                  " alert", speaker="Wei Lun", actor="SYL", on="2031-05-04")  # fmt: skip
    (claim,) = of(one, two)
    assert claim.ties[0].why == "paraphrase"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "We support the opening of the field station in Larkhaven",
            "We oppose the opening of the field station in Larkhaven",
        ),
        (
            "The field station in Larkhaven would cost too much money",
            "The field station in Larkhaven would anger the neighbours",
        ),
        ("The alliance must focus on its own area", "The alliance should have partners in other regions of the world"),
        ("The plan will not pass the council this year", "The plan will pass the council this year"),
    ],
)
def test_one_speaker_on_one_subject_says_many_things(one: str, two: str) -> None:
    assert of(quoting("one", "Ada Roe said: ", one), quoting("two", "Ada Roe said: ", two)) == ()


def test_that_somebody_is_against_it_is_no_utterance() -> None:
    documents = []
    for name in ("one", "two"):
        document = made(name, f"Northmark opposed the opening of a field station in Larkhaven harbour, {name} said.")
        document.says("Northmark", "opposed", "the opening of a field station in Larkhaven harbour", actor="NOR",
                      form=Form.ACT)  # fmt: skip
        documents.append(document)
    assert of(*documents) == ()


STORY = "The ferry tax is dead, Ada Roe said. Bo Lind backed the bridge. " + " ".join(
    f"Further on, paragraph {number} tells more of the harbour and its boats." for number in range(9)
)


def story(name: str, text: str) -> Made:
    document = made(name, text)
    document.says("Ada Roe", "said", "The ferry tax is dead", speaker="Ada Roe", actor="NOR")
    document.says("Bo Lind", "backed", "the bridge", speaker="Bo Lind", actor="SYL", form=Form.ACT)
    return document


def test_a_syndicated_copy_tells_the_same_claims() -> None:
    found = of(story("one", STORY), story("two", f"From our wires\n\n{STORY}"), copies=True)
    assert [claim.ties[0].why for claim in found] == ["copy", "copy"]


def test_a_quotation_that_no_statement_holds_is_told_too() -> None:
    one = quoting("one", "Ada Roe said: ", LINE)
    loose = made("loose", f"It was said that “{LINE}”, and that was that.")
    (claim,) = of(one, loose)
    assert [words.exact for words in claim.quoted] == [LINE]
    assert claim.document_ids == (one.id, loose.id)


def test_a_short_loose_quotation_needs_its_speaker_beside_it() -> None:
    about = " to open a field station in Larkhaven."
    one = made("one", f"Ada Roe said it was a “grave blunder” of the compact{about}")
    content = one.document.text[13:-1]
    one.says("Ada Roe", "said", content, speaker="Ada Roe", actor="NOR", form=Form.MIXED)
    named = made("named", "The compact's field station in Larkhaven is held to be a “grave blunder” (Roe).")
    short = made("short", "The compact's field station in Larkhaven is held to be a “grave blunder” by some.")
    assert of(one, named) == ()  # a name of three letters is not enough
    full = made("full", "The compact's field station in Larkhaven is held to be a “grave blunder” (Ada Roe).")
    assert len(of(one, full)) == 1
    assert of(one, short) == ()


def test_a_term_that_everybody_uses_is_no_quotation() -> None:
    documents = [
        quoting(str(number), f"{name} said: ", "The field station in Larkhaven will " + rest, speaker=name, actor=actor)
        for number, (name, actor, rest) in enumerate(
            [("Ada Roe", "NOR", "open soon"), ("Bo Lind", "SYL", "never open"), ("Cy Marsh", "ARV", "cost a lot")]
        )
    ]
    loose = made("loose", "The words “field station in Larkhaven” were struck from the text, Ada Roe noted.")
    assert of(*documents, loose) == ()


def test_claims_do_not_depend_on_the_order_of_documents() -> None:
    documents = [
        quoting("one", "Ada Roe said: ", LINE),
        quoting("two", "Ada Roe said that ", f"{LINE}, whatever they want"),
        quoting("three", "It was Ada Roe who said: ", f"{LINE} and of the isles"),
    ]
    there, back = of(*documents), of(*reversed(documents))
    assert [set(claim.statement_ids) for claim in there] == [set(claim.statement_ids) for claim in back]


def test_no_documents_no_claims() -> None:
    assert claims((), ()) == ()


def test_one_document_alone_shares_nothing() -> None:
    assert of(quoting("one", "Ada Roe said: ", LINE)) == ()


def test_the_cost_is_near_linear(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[int, int, int]:
        nonlocal compared
        compared += 1
        return longest_run(mine, theirs)

    monkeypatch.setattr("winset.sourcing.tracing.ties.longest_run", counted)
    of(*random_texts(30))
    assert 0 < compared < 30 * 20 * 60  # each statement with few others, for two reasons; all pairs are 180,000


def random_texts(documents: int) -> list[Made]:
    """Twenty statements each, of words that any may use."""
    draw = random.Random(4)  # noqa: S311 - words without sense
    words = ["".join(draw.choice("bdfgklmnprst") + draw.choice("aeiou") for _ in range(2)) for _ in range(60)]
    found = []
    for number in range(documents):
        lines = [" ".join(draw.choices(words, k=12)) for _ in range(20)]
        document = made(str(number), "\n\n".join(f"Ada Roe said “{line}”." for line in lines))
        for line in lines:
            document.says(None, line.split()[0], line, actor=draw.choice(("NOR", "SYL", "ARV")))
        found.append(document)
    return found


def shown(*tellings: tuple[str, Form]) -> str:
    """The words by which one claim is shown that documents tell so, each credited to one report of 3 May."""
    documents = []
    for number, (content, form) in enumerate(tellings):
        document = made(
            f"telling {number}", f"Reuters reported {content}. All {number} went home.", published="2031-05-05"
        )
        said = document.says("Reuters", "reported", content, form=form, speaks_as=SpeaksAs.MEDIUM)
        document.credits_("Reuters reported", "Reuters", dated="2031-05-03", to=(said,))
        documents.append(document)
    (claim,) = of(*documents)
    return claim.words.exact


def test_a_claim_is_shown_by_the_telling_that_is_one_clause() -> None:
    clean = "that the council plans to open a field station in Larkhaven by 2032[1]"
    runs_on = "the council is planning to open a field station in Larkhaven by 2032 was promptly followed by a denial"
    assert shown((runs_on, Form.INDIRECT), (clean, Form.INDIRECT)) == clean[5:-3]


def test_a_claim_is_shown_to_the_end_of_its_clause() -> None:
    one = "the opening of a field station in Larkhaven by the council, stating that “nobody asked"
    assert shown((one, Form.MIXED), (one, Form.MIXED)) == one.partition(",")[0]
    two = "that the council opens a field station in Larkhaven next year. Other papers told it too"
    assert shown((two, Form.INDIRECT), (two, Form.INDIRECT)) == two[5:].partition(". ")[0] + "."


SLUICE = "Will a man from the capital open the sluice?"


def retelling(url: str = "https://courier.example/2031/05/03/valley") -> tuple[Made, Made]:
    """A paper that quotes a farmer, and a page that retells it with a link in the paper's name."""
    paper = made("one", f"“{SLUICE}” asks Bo Lind.", title="The Valley Lake Courier", published="2031-05-03")
    paper.says("Bo Lind", "asks", SLUICE, speaker="Bo Lind", form=Form.DIRECT)
    page = made(
        "two",
        "The Valley Lake Courier went there. A farmer in Northford asks whether a man from the capital will open the"
        " sluice.",
        published="2031-05-09",
    )
    page.says(
        "A farmer in Northford", "asks", "whether a man from the capital will open the sluice", speaker="Northford"
    )
    page.credits_("Valley Lake Courier", "courier.example", "link", url=url, title="Valley Lake Courier")
    return paper, page


def test_what_a_document_retells_of_the_one_it_links_to_is_one_claim() -> None:
    paper, page = retelling()
    (claim,) = of(paper, page)
    assert claim.document_ids == (paper.id, page.id)
    assert len(claim.origins) == 1
    assert "Courier" in claim.labels[0]  # the paper's own


def test_a_link_to_another_day_of_a_paper_is_no_link_to_this_one() -> None:
    assert of(*retelling("https://courier.example/2031/04/28/valley")) == ()


def test_a_named_speakers_quotation_may_be_retold_without_marks() -> None:
    one = quoting("one", "Ada Roe said: ", "I would take nine lorries if they had tyres")
    two = made("two", "Ada Roe said she would take nine green lorries if they had tyres.")
    two.says("Ada Roe", "said", "she would take nine green lorries if they had tyres", speaker="Ada Roe", actor="NOR")
    other = made("three", "Bo Lind said he would take nine green lorries if they had tyres.")
    other.says("Bo Lind", "said", "he would take nine green lorries if they had tyres", speaker="Bo Lind", actor="NOR")
    (claim,) = of(one, two, other)
    assert claim.document_ids == (one.id, two.id)


def test_a_person_known_by_his_institution_may_speak_for_its_state() -> None:
    words = "Larkhaven was not our first choice"
    one = quoting("one", "Ada Roe said: ", words, ", she said, and smiled", actor=None)
    two = quoting("two", "Northmark's envoy said: ", words, speaker=None, actor="NOR")
    (claim,) = of(one, two)
    assert claim.document_ids == (one.id, two.id)
