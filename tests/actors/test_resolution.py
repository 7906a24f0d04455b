"""Sources in sentences of our own: other bodies, other topics, other years than any document measured on."""

from __future__ import annotations

import pytest

from winset.actors.registry import registry
from winset.actors.resolution import identify
from winset.actors.types import Identification, Standing
from winset.corpus.types import Document, anchor
from winset.ids import ActorId, PartialDate
from winset.issues import CaseSpec, Issue, Seat
from winset.statements.types import Form, Statement


def heard(text: str, *, on: str = "2023-06-20", spec: CaseSpec | None = None) -> list[Identification]:
    """Identifications of the sources marked [[so]] in the text; each is given the words behind it as content."""
    plain, spans = "", []
    for part in text.replace("[[", "\x00[").split("\x00"):
        if part.startswith("["):
            words, rest = part[1:].split("]]", 1)
            spans.append((len(plain), len(plain) + len(words)))
            plain += words + rest
        else:
            plain += part
    document = Document(name="own.txt", text=plain, published=PartialDate(on) if on else None)
    statements = [
        Statement(
            document_id=document.id,
            source=anchor(document, start, end),
            cue=None,
            contents=(anchor(document, end, end + 4),),
            form=Form.INDIRECT,
        )
        for start, end in spans
    ]
    return list(identify(document, statements, registry(), spec=spec))


def case(body: str, on: str) -> CaseSpec:
    return CaseSpec(issue=Issue(proposal="adopt it", body=body, rule="", on=PartialDate(on)))


@pytest.mark.parametrize(
    ("text", "represents", "speaker"),
    [
        # a person with a title
        ("[[German Chancellor Olaf Scholz]] rejected the levy.", "Germany", "Olaf Scholz"),
        ("[[Polish Foreign Minister Zbigniew Rau]] said so in Warsaw.", "Poland", "Zbigniew Rau"),
        ("[[EU foreign policy chief Josep Borrell]] urged restraint.", "European Union", "Josep Borrell"),
        (
            "[[European Commission President Ursula von der Leyen]] wants a deal.",
            "European Union",
            "Ursula von der Leyen",
        ),
        ("[[UN Secretary-General António Guterres]] warned the council.", "United Nations", "António Guterres"),
        ("[[U.S. Secretary of State Antony Blinken]] said talks go on.", "United States", "Antony Blinken"),
        ("[[South Korean President Yoon Suk Yeol]] agreed to come.", "South Korea", "Yoon Suk Yeol"),
        ("[[Kenya's President William Ruto]] wants a carbon tax.", "Kenya", "William Ruto"),
        ("[[Russian Deputy Foreign Minister Anton Veshnyakov]] called it a farce.", "Russia", "Anton Veshnyakov"),
        ("[[Prime Minister Mette Frederiksen of Denmark]] backs the plan.", "Denmark", "Mette Frederiksen"),
        ("[[Hungary's Viktor Orbán]] vetoed the aid.", "Hungary", "Viktor Orbán"),
        ("[[Chinese Foreign Ministry spokeswoman Mao Ning]] told reporters no.", "China", "Mao Ning"),
        ("[[Turkish Defence Ministry spokesman Zeki Akturk]] denied it.", "Türkiye", "Zeki Akturk"),
        ("[[the Brazilian ambassador to the UN, Ronaldo Teles]], disagreed.", "Brazil", "Ronaldo Teles"),
        ("[[US ambassador to Japan Rahm Emanuel]] praised the step.", "United States", "Rahm Emanuel"),
        ("[[Simon Stiell]], the UN climate chief, called it weak.", "United Nations", "Simon Stiell"),
        ("[[Lithuanian lawmaker Zygis Pavardenis]] asked for more.", "Lithuania", "Zygis Pavardenis"),
        ("[[Then-German Chancellor Angela Merkel]] had refused it.", "Germany", "Angela Merkel"),
        # apposition and affiliation
        ("[[Maria Zeller]], Austria's envoy to the agency, voted no.", "Austria", "Maria Zeller"),
        ("[[Ines Duarte]], the Portuguese minister for the sea, agreed.", "Portugal", "Ines Duarte"),
        ("[[Peter Stano]], a spokesman for the European Commission, said no.", "European Union", "Peter Stano"),
        (
            "[[Tom Bell]], a senior fellow at the Elm Institute in London, doubts it.",
            "expert: Elm Institute",
            "Tom Bell",
        ),
        ("[[Ana Ruiz]], who heads the Madrid-based Pine Foundation, doubts it.", "expert: Pine Foundation", "Ana Ruiz"),
        ("[[Li Wei]], a professor of law at Fudan University, disagrees.", "expert: Fudan University", "Li Wei"),
        ("[[Elm Institute analyst Tom Bell]] doubts it.", "expert: Elm Institute", "Tom Bell"),
        ("[[Tom Bell of the Elm Institute]] doubts it.", "expert: Elm Institute", "Tom Bell"),
        ("[[Tom Bell]] is an energy economist at Bruegel. He doubts it.", "expert: Bruegel", "Tom Bell"),
        (
            "[[Tom Bell]], director of the Europe programme at Chatham House, sees risks.",
            "expert: Chatham House",
            "Tom Bell",
        ),
        (
            "[[Rosa Klein]], a former German ambassador now at the Oak Foundation, sees risks.",
            "expert: Oak Foundation",
            "Rosa Klein",
        ),
        ("[[Rosa Klein]], a former German ambassador, sees risks.", "expert: Rosa Klein", "Rosa Klein"),
        ("[[Former Finnish Prime Minister Sanna Marin]] was pleased.", "expert: Sanna Marin", "Sanna Marin"),
        (
            "[[Council on Foreign Relations fellow Tom Bell]] doubts it.",
            "expert: Council on Foreign Relations",
            "Tom Bell",
        ),
        (
            "[[Tom Bell]], president of the American Maple Institute, doubts it.",
            "expert: American Maple Institute",
            "Tom Bell",
        ),
        ("[[Ken Sato]], a correspondent for Kyodo News, asked why.", "media: Kyodo News", "Ken Sato"),
        # offices without a name
        ("[[The French president]] objected.", "France", "Emmanuel Macron"),
        ("[[The NATO chief]] played it down.", "NATO", "Jens Stoltenberg"),
        ("[[The German foreign minister]] agreed.", "Germany", "Annalena Baerbock"),
        ("[[Ukraine's president]] asked for more.", "Ukraine", "Volodymyr Zelenskyy"),
        ("[[The president of the European Council]] hesitated.", "European Union", "Charles Michel"),
        ("[[A spokesperson for the Chinese embassy]] protested.", "China", None),
        ("[[A senior EU official]] doubted it.", "European Union", None),
        ("[[An Estonian diplomat]] was hopeful.", "Estonia", None),
        ("[[The prime minister of Malta]] abstained.", "Malta", "Robert Abela"),
        # institutions, peoples, states, capitals
        ("[[Officials in Tokyo]] hoped for a yes.", "Japan", None),
        ("[[The Swedish government]] waits.", "Sweden", None),
        ("[[The Kremlin]] was not amused.", "Russia", None),
        ("[[The White House]] declined.", "United States", None),
        ("[[London]] is said to agree.", "United Kingdom", None),
        ("[[The Dutch]] are wary.", "Netherlands", None),
        ("[[Italians]] are wary.", "Italy", None),
        ("[[The government of Côte d’Ivoire]] backed it.", "Ivory Coast", None),
        ("[[The U.K.]] co-wrote the text.", "United Kingdom", None),
        ("[[Turkey]] blocked it.", "Türkiye", None),
        ("[[The PRC]] voted against.", "China", None),
        ("[[South Africa’s mission]] abstained.", "South Africa", None),
        ("[[A French non-paper]] proposes a delay.", "France", None),
        # bodies, groups and media
        ("[[The African Union]] welcomed it.", "African Union", None),
        ("[[The Alliance of Small Island States]] wants 1.5.", "Alliance of Small Island States", None),
        ("[[The G7]] is split.", "G7", None),
        ("The EU met. [[The bloc]] is split.", "European Union", None),
        ("NATO met. [[The alliance]] is split.", "NATO", None),
        ("The Security Council met. [[The council]] was split.", "UN Security Council", None),
        ("[[A Reuters report]] says so.", "media: Reuters", None),
        ("[[The Financial Times]] reported it.", "media: Financial Times", None),
        ("[[A study by the Elm Institute]] finds little.", "expert: Elm Institute", None),
        # collectives and nobody's voice
        ("[[Some NATO allies]] fear the cost.", "NATO members (some)", None),
        ("[[EU member states]] are split.", "European Union members (some)", None),
        ("[[Critics of China]] cheered.", "experts (unspecified)", None),
        ("[[Analysts]] doubt it.", "experts (unspecified)", None),
        ("[[Most Germans' neighbours]] were silent.", "Germans' neighbours (unspecified)", None),
        ("[[The Japanese public]] is divided.", "Japanese public (unspecified)", None),
        ("[[Zoltan Unheard]] was there.", None, "Zoltan Unheard"),
    ],
)
def test_a_source_is_known_by_its_own_words(text: str, represents: str | None, speaker: str | None) -> None:
    found = heard(text)[0]
    assert (found.represents, found.speaker) == (represents, speaker), found


def labels(text: str, *, on: str = "2023-06-20", spec: CaseSpec | None = None) -> list[str | None]:
    return [found.represents for found in heard(text, on=on, spec=spec)]


def test_a_surname_goes_back_to_the_full_name_wherever_it_stands() -> None:
    text = (
        "[[Bell]] was first to react.\n\nTom Bell, an analyst at the Elm Institute, spoke. [[Bell’s]] view is shared."
    )
    assert labels(text) == ["expert: Elm Institute", "expert: Elm Institute"]


def test_a_surname_first_name_goes_back_to_the_full_name() -> None:
    text = "Taiwan's deputy minister Hsu Ming-chen spoke. [[Hsu]] asked for calm."
    assert labels(text) == ["Taiwan"]


def test_an_office_holder_needs_no_introduction() -> None:
    found = heard("[[Modi]] and his guests left early. [[Von der Leyen]] stayed.")
    assert [(entry.represents, entry.speaker) for entry in found] == [
        ("India", "Narendra Modi"),
        ("European Union", "Ursula von der Leyen"),
    ]


def test_a_former_office_holder_no_longer_speaks_for_the_state() -> None:
    found = heard("[[Angela Merkel]] defended her record.", on="2023-06-20")[0]
    assert (found.represents, found.standing) == ("expert: Angela Merkel", Standing.COMMENTATOR)
    assert heard("[[Angela Merkel]] defended her record.", on="2019-06-20")[0].represents == "Germany"


@pytest.mark.parametrize(
    ("on", "speaker"),
    [("1955-03-01", "Hastings Ismay"), ("2023-06-20", "Jens Stoltenberg"), ("2025-02-01", "Mark Rutte")],
)
def test_an_office_is_the_person_who_held_it_on_the_date(on: str, speaker: str) -> None:
    assert heard("[[The NATO chief]] was firm.", on=on)[0].speaker == speaker


def test_a_misspelt_holder_of_a_named_office_gets_the_holders_name() -> None:
    found = heard("[[Russian Foreign Ministry spokeswoman Maria Zakarova]] protested.")[0]
    assert (found.represents, found.speaker) == ("Russia", "Maria Zakharova")
    assert "spelt like" in found.rule


def test_he_is_the_speaker_heard_last() -> None:
    text = (
        "[[French President Emmanuel Macron]] spoke first. [[He]] asked for time.\n\n"
        "“We are not in a hurry to side with the Chancellor of Germany or anyone,” [[he]] added."
    )
    assert labels(text) == ["France", "France", "France"]


def test_she_is_the_person_named_last_when_nobody_was_heard() -> None:
    text = "Kaja Kallas, the Estonian prime minister, met reporters in Riga. [[She]] asked for more."
    assert labels(text) == ["Estonia"]


def test_a_later_subject_takes_the_pronoun_from_an_earlier_speaker() -> None:
    text = "[[Olaf Scholz]] agreed. Later Pedro Sánchez took the floor. [[He]] did not agree."
    assert labels(text) == ["Germany", "Spain"]


def test_they_and_it_are_the_actor_named_last() -> None:
    assert labels("Brazil and India met. [[They]] want a veto.") == ["Brazil"]
    assert labels("Norway waited. [[It]] has doubts.") == ["Norway"]


def test_first_person_in_a_quotation_is_the_speaker() -> None:
    assert labels("[[Tom Bell of the Elm Institute]] said [[I]] doubt it.")[1] == "expert: Elm Institute"


def test_a_bare_office_is_the_person_introduced_with_it() -> None:
    text = (
        "Ines Duarte, the Portuguese minister for the sea, and Tom Bell, an analyst at the Elm Institute, met. "
        "[[The minister]] agreed, [[the analyst]] did not."
    )
    assert labels(text) == ["Portugal", "expert: Elm Institute"]


def test_two_named_together_are_taken_for_the_first_and_said_to_be_joint() -> None:
    found = heard("[[Hungary and Slovakia]] objected.")[0]
    assert (found.represents, found.joint) == ("Hungary", True)
    assert found.score < heard("[[Hungary]] objected.")[0].score
    assert not heard("[[Bosnia and Herzegovina]] objected.")[0].joint


def test_brussels_is_the_body_that_the_document_is_about() -> None:
    assert labels("NATO ministers met. [[Brussels]] is ready.", spec=case("nato", "2023-07-11")) == ["NATO"]
    assert labels("The EU budget is late. The European Commission waits. [[Brussels]] is ready.") == ["European Union"]


def test_one_of_many_is_the_only_member_heard() -> None:
    text = "[[One member state]] objects. [[Hungary]] said it would vote no. [[Serbia]] was pleased."
    assert labels(text, spec=case("eu-council", "2023-07-11")) == ["Hungary", "Hungary", "Serbia"]
    text += " [[Poland]] said no as well."
    assert labels(text, spec=case("eu-council", "2023-07-11"))[0] == "European Union members (some)"


def test_standing_before_nato() -> None:
    text = (
        "[[Finland]] agreed, [[Sweden]] too; [[Japan]] waited, [[China]] protested, [[NATO]] met, [[Reuters]] wrote; "
        "[[some allies]] doubted; [[Tom Bell of the Elm Institute]] doubted; [[the Baltic states]] agreed; "
        "[[the IP4]] waited."
    )
    standings = [found.standing for found in heard(text, spec=case("nato", "2023-07-11"))]
    assert standings == [
        Standing.MEMBER,
        Standing.PARTNER,
        Standing.PARTNER,
        Standing.OUTSIDE,
        Standing.SECRETARIAT,
        Standing.MEDIUM,
        Standing.UNKNOWN,
        Standing.COMMENTATOR,
        Standing.UNKNOWN,
        Standing.PARTNER,
    ]


def test_standing_before_the_security_council() -> None:
    text = "[[Gabon]] abstained. [[Kenya]] watched. [[Russia]] vetoed it. [[The UN Secretary-General]] regretted it."
    found = heard(text, on="2022-10-01", spec=case("unsc", "2022-10-01"))
    assert [entry.standing for entry in found] == [
        Standing.MEMBER,
        Standing.MEMBER,
        Standing.MEMBER,
        Standing.SECRETARIAT,
    ]
    assert heard("[[Kenya]] watched.", spec=case("unsc", "2023-10-01"))[0].standing is Standing.OUTSIDE


def test_standing_in_a_body_of_ones_own() -> None:
    seats = (Seat(actor_id=ActorId("PER"), name="Peru"), Seat(actor_id=ActorId("CHL"), name="Chile"))
    spec = CaseSpec(issue=case("river-board", "2023-07-11").issue, seats=seats)
    found = heard("[[Peru]] agreed, [[Bolivia]] did not.", spec=spec)
    assert [entry.standing for entry in found] == [Standing.MEMBER, Standing.OUTSIDE]


def test_without_a_case_no_state_has_a_seat() -> None:
    assert heard("[[France]] agreed.")[0].standing is Standing.OUTSIDE


def test_without_any_date_an_office_names_nobody_when_it_changed_hands() -> None:
    found = heard("[[The NATO chief]] was firm.", on="")[0]
    assert (found.represents, found.speaker) == ("NATO", None)


def test_a_list_of_people_is_no_apposition() -> None:
    text = "[[Mark Rutte]], German Chancellor Olaf Scholz and others met. [[Scholz]] spoke."
    assert labels(text) == ["Netherlands", "Germany"]


@pytest.mark.parametrize(
    ("text", "represents"),
    [
        ("[[The German Marshall Fund]] published it.", "expert: German Marshall Fund"),
        ("[[A fellow at the Royal United Services Institute]] said so.", "expert: Royal United Services Institute"),
        ("[[The Japan Times]] reported it.", "media: The Japan Times"),
        ("[[Amrita Rao]], an India analyst at the Elm Institute, said so.", "expert: Elm Institute"),
        ("[[Amrita Rao]], of the Australian National University, said so.", "expert: Australian National University"),
        ("[[Experts in Beijing]] said so.", "experts (unspecified)"),
        ("[[A former Singaporean diplomat]] said so.", "expert: former Singaporean diplomat"),
        ("[[Allies of Ukraine]] said so.", "Allies of Ukraine (unspecified)"),
        ("[[Russian state media]] said so.", "media: Russian state media"),
        ("[[The Venezuelan opposition leader Marta Vela]] said so.", "expert: Marta Vela"),
    ],
)
def test_a_state_inside_another_name_does_not_speak(text: str, represents: str | None) -> None:
    assert labels(text) == [represents]


def test_statements_may_come_in_any_order_and_none_is_left_out() -> None:
    text = "[[Olaf Scholz]] agreed. [[He]] smiled."
    document = Document(name="own.txt", text="Olaf Scholz agreed. He smiled.", published=PartialDate("2023-06-20"))
    spans = ((20, 22), (0, 11))
    statements = [
        Statement(
            document_id=document.id,
            source=anchor(document, *span),
            cue=None,
            contents=(anchor(document, 12, 18),),
            form=Form.ACT,
        )
        for span in spans
    ]
    found = identify(document, statements, registry(), spec=None)
    assert [entry.statement_id for entry in found] == [statement.id for statement in statements]
    assert [entry.represents for entry in found] == ["Germany", "Germany"]
    assert labels(text) == ["Germany", "Germany"]


def test_a_statement_without_a_source_is_nobodys() -> None:
    document = Document(name="own.txt", text="The plan is said to be dead.")
    statement = Statement(
        document_id=document.id, source=None, cue=anchor(document, 12, 16), contents=(), form=Form.INDIRECT
    )
    found = identify(document, [statement], registry(), spec=None)[0]
    assert (found.represents, found.standing, found.rule) == (None, Standing.UNKNOWN, "no source named")


def test_a_title_outweighs_a_better_known_namesake() -> None:
    found = heard("[[Peruvian Trade Minister Scholz]] disagreed with the chancellor.")[0]
    assert (found.represents, found.speaker) == ("Peru", "Scholz")


def test_what_belongs_to_somebody_is_whom_they_speak_for() -> None:
    found = heard("Olaf Scholz came late. [[His government]] is divided.")[0]
    assert (found.represents, found.speaker) == ("Germany", None)
    assert labels("The United Nations met. [[Its latest report]] is bleak.") == ["United Nations"]


def test_a_headline_in_capitals_is_nobodys_name() -> None:
    assert labels("Macron Doubts Plan\n\n[[Macron]] had doubts.") == ["France"]


def test_the_ministry_of_a_state_is_that_states() -> None:
    assert labels("China protested. [[The Russian Foreign Ministry]] was silent.") == ["Russia"]
    assert labels("China protested. [[The ministry]] was firm.") == ["China"]


@pytest.mark.parametrize(
    ("text", "represents"),
    [
        ("[[The Pope]] prayed.", "Holy See"),
        ("[[British MP Tom Reed]] asked.", "United Kingdom"),
        ("[[The Polish opposition]] protested.", "Polish opposition (unspecified)"),
        ("[[Ms. Baerbock]] agreed.", "Germany"),
        ("[[The Biden administration]] agreed.", "United States"),
        ("[[Emily Stone (Elm Centre for Policy)]] doubts it.", "expert: Elm Centre for Policy"),
        ("In Beijing, [[foreign ministry spokesman Li Jian]] disagreed.", "China"),
        ("[[Kenya's chief negotiator, Ali Mwangi,]] asked for money.", "Kenya"),
        ("[[Bulgaria's and Romania's ministers]] agreed.", "Bulgaria"),
        ("[[The delegate of the Republic of Korea]] agreed.", "South Korea"),
        ("[[Retired US general Mark Brown]] doubts it.", "expert: Mark Brown"),
    ],
)
def test_ways_of_naming_that_are_rarer(text: str, represents: str | None) -> None:
    assert labels(text) == [represents]
