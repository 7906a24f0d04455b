"""When each statement of twelve invented articles was said; every genre dates its statements in another way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from winset.corpus.types import Document
from winset.ids import PartialDate
from winset.statements.dates import said_on
from winset.statements.segmentation import segments

FLOOR = 0.97  # of all statements below; raise it, never lower it quietly

_MARK = re.compile(r"\{(?P<part>[scq])(?P<numbers>[\d,]+):|\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text in which {s1:who} {c1:said} {q1:what} mark the statements, with the day of each."""

    genre: str
    published: str | None
    marked: str
    days: dict[int, str]  # number of the statement -> accepted answers, parted by "|"


AGENCY = Article(
    genre="agency report",
    published="2024-10-17",  # a Thursday
    marked="""OSLO, Oct 17 (Fjord News) - {s1:Norway's fisheries minister Kari Lund} {c1:said} on Thursday {q1:that \
the cod quota would fall by a fifth next year}.

{s2:Lund} {c2:told} reporters that {q2:stocks in the Barents Sea had shrunk since 2019}. "{q3:We have no choice}," \
{s3:she} {c3:said}.

{s4:The fishermen's union} {c4:rejected} {q4:the cut} late on Wednesday. "{q5:This will close harbours by January}," \
{s5:its leader Per Dahl} {c5:told} the broadcaster NRN.

{s6:Russia}, which shares the stock, {c6:had proposed} {q6:a smaller cut} last week. {s7:Its ambassador}, who \
arrived on Monday, {c7:said} {q7:that talks would go on}.

Ahead of the November 12 session, {s8:the European Commission} {c8:urged} {q8:both sides to follow the scientists}. \
In a September 30 letter, {s9:Commissioner Ana Reis} {c9:warned} {q9:of a collapse}. {s10:She} {c10:added} {q10:that \
Brussels would send observers}.

{s11:Analysts} {c11:say} {q11:prices will rise}. {s12:Some shopkeepers} {c12:feared} {q12:that cod would vanish from \
the menus before Christmas}. {s13:Lund} is to speak in Tromsø on Saturday; {s14:her deputy} {c14:said} two days ago \
{q14:that no minister would resign}.
""",
    days={
        1: "2024-10-17",
        2: "2024-10-17",
        3: "2024-10-17",
        4: "2024-10-16",
        5: "2024-10-16|None",
        6: "2024-10",
        7: "None",
        8: "None",
        9: "2024-09-30",
        10: "2024-09-30",
        11: "None",
        12: "None",
        14: "2024-10-15",
    },
)
RELEASE = Article(
    genre="press release",
    published="2022-05-03",
    marked="""# Remarks by Secretary-General Mira Okafor at the Lake Forum, 3 May 2022

Geneva, 3 May 2022 - {s1:The Lake Council} today {c1:welcomed} {q1:the accord on ground water}.

{s2:Secretary-General Okafor} {c2:said} {q2:that the accord closes a gap of thirty years}. "{q3:It is late, but it \
is here}," {s3:she} {c3:added}.

The accord was signed on 28 April. A day later, {s4:the host government} {c4:called} {q4:it a model for the region}. \
{s5:Its neighbour} {c5:objected} the following week {q5:to two annexes}.

{s6:The Council's charter of 1994} {c6:states} {q6:that water is shared}. In its resolution of 12 March 2021, \
{s7:the Council} {c7:demanded} {q7:a meter on every well}. {s8:Okafor} {c8:has repeatedly said} {q8:that meters come \
first}.

At the 2019 forum {s9:farmers} {c9:protested} {q9:against any meter}. {s10:A spokesperson for the farmers} \
{c10:said} this morning {q10:that they would study the text}. {s11:The Council} {c11:will meet} {q11:to review it} \
on 9 June.

"{q12:Nobody owns a river}," {s12:the poet Ilse Brandt} {c12:wrote} in 1987.
""",
    days={
        1: "2022-05-03",
        2: "2022-05-03",
        3: "2022-05-03",
        4: "2022-04-29",
        5: "2022-05|2022",
        6: "1994|None",
        7: "2021-03-12",
        8: "None",
        9: "2019",
        10: "2022-05-03",
        11: "None",
        12: "1987",
    },
)
TRANSCRIPT = Article(
    genre="transcript",
    published=None,
    marked="""# Press conference of the Harbour Committee

Rotterdam, 14 February 2023

{s1:CHAIR VOS}: {q1:Good morning. We have read your paper of 2 January, and we reject its second chapter.}

{s2:MS ADEYEMI}: {q2:Thank you. The port cannot wait until 2026, as we said on Monday.}

{s3:CHAIR VOS}: {q3:It will have to wait.}

{s4:MR KIM}: {q4:We support the chair. Our members voted on 10 February.}

{s5:MS ADEYEMI}: {q5:Then we will build without you.}

{s6:CHAIR VOS}: {q6:Any other business? No. The next meeting is on 20 March 2023.}

{s7:MR KIM}: {q7:We thank the chair.}

{s8:MS ADEYEMI}: {q8:So do we.}

{s9:CHAIR VOS}: {q9:The meeting is closed.}

{s10:MR KIM}: {q10:See you in March.}
""",
    days=dict.fromkeys(range(1, 11), "2023-02-14"),
)
ESSAY = Article(
    genre="magazine essay",
    published="2021-11",
    marked="""The dam has divided the valley since 1968, when {s1:the engineer Otto Halm} {c1:promised} {q1:light \
for every barn}. {s2:His critics} {c2:feared} {q2:the silt}.

In January, on a visit to Bern, {s3:the energy minister Lea Roth} {c3:called} {q3:the dam a cathedral of the \
nation}. Later, {s4:Roth} {c4:conceded} {q4:that it leaks}. {s5:Her opponents} {c5:question} {q5:the numbers}.

{s6:Paul Etter}, who gave a long interview in August during which {s7:he} {c7:declared} {q7:that the wall could \
break}, was laughed at. {s8:He} {c8:insists} {q8:that he was right}. In the spring of 2019, {s9:a commission} had \
{c9:concluded} {q9:that the wall was sound}.

{s10:The 2016 laureate Nina Frei} {c10:believes} {q10:that rivers remember}. {s11:Frei} {c11:wrote} last year \
{q11:that the valley should be drained}. {s12:The minister} {c12:answered} the next month {q12:that poets need light \
too}.

Their parents {c13:argued} about it as well: "{q13:Let it stand}," {s13:the mayor} {c14:said} in mid-1987. \
{s15:Other villages} {c15:remain} {q15:undecided}.
""",
    days={
        1: "1968",
        2: "None|1968",
        3: "2021-01",
        4: "None|2021",
        5: "None",
        7: "2021-08",
        8: "None",
        9: "2019",
        10: "None",
        11: "2020",
        12: "None|2020",
        13: "1987",
        15: "None",
    },
)
CLIMATE = Article(
    genre="negotiation report",
    published="2019-12-09",  # a Monday
    marked="""On Friday, {s1:the COASTAL GROUP} {c1:proposed} {q1:a fund for losses}. {s2:The UPLAND STATES} \
{c2:opposed} {q2:it}. In the evening, {s3:the CO-CHAIRS} {c3:suggested} {q3:a smaller text}.

Over the weekend, {s4:ministers} {c4:agreed} {q4:to bracket the third paragraph}. On Saturday, 7 December, \
{s5:BOLIVAR} {c5:said} {q5:that brackets are no policy}, and {s6:the COASTAL GROUP} {c6:lamented} {q6:the delay}.

{s7:The Secretariat} {c7:noted} on Sunday morning {q7:that only 14 pledges had arrived since June}. {s8:It} \
{c8:recalled} {q8:the deadline of 31 December}. {s9:BOLIVAR} {c9:replied} the same day {q9:that the deadline is \
void}.

Today {s10:the President of the conference, Ingrid Holm,} {c10:presented} {q10:a new draft}. {s11:Holm} {c11:said} \
{q11:it was her last}. Three days earlier {s12:she} {c12:had ruled out} {q12:any draft}. {s13:The UPLAND STATES} \
{c13:are expected to answer} {q13:it} on Tuesday.
""",
    days={
        1: "2019-12-06",
        2: "2019-12-06|None",
        3: "2019-12-06|None",
        4: "2019-12",
        5: "2019-12-07",
        6: "2019-12-07",
        7: "2019-12-08",
        8: "2019-12-08",
        9: "2019-12-08",
        10: "2019-12-09",
        11: "2019-12-09",
        12: "2019-12-06",
        13: "None",
    },
)
UNDATED = Article(
    genre="report without its own date",
    published=None,
    marked="""{s1:The regulator} {c1:said} on Wednesday {q1:that the bank had failed the test}. {s2:The bank} \
{c2:denied} {q2:it}.

In 2020 {s3:an auditor, Jo Park,} {c3:had warned} {q3:of hidden losses}. {s4:Park} {c4:repeated} {q4:the warning} in \
a 12 March 2021 interview. "{q5:Nobody listened}" ({s5:Park}, 4 June 2021).

{s6:The finance ministry} {c6:declined} {q6:to comment}. On 9 June, {s7:the bank's chief Rolf Amsel} {c7:told} \
shareholders {q7:that all was well}. {s8:He} {c8:added} {q8:that critics were paid}. The day after, {s9:Park} \
{c9:sued}. {s10:A judge} {c10:found} {q10:in July 2021 that the claim was fair}. {s11:The declaration}, adopted on 3 \
August 2021, {c11:calls} {q11:for a new regulator}. {s12:Many savers} {c12:think} {q12:that it comes too late}.
""",
    days={
        1: "None",
        2: "None",
        3: "2020",
        4: "2021-03-12",
        5: "2021-06-04",
        6: "None",
        7: "2021-06-09",
        8: "2021-06-09",
        11: "2021-08-03",
        12: "None",
    },
)
ANALYSIS = Article(
    genre="newspaper analysis",
    published="2023-08-23",  # a Wednesday
    marked="""Last updated on 24 August 2023

{s1:Prime Minister Dora Kallas} {c1:announced} {q1:the withdrawal from the treaty} last Wednesday. Speaking in \
parliament on Tuesday, {s2:the opposition leader Ivo Tamm} {c2:called} {q2:it a leap into the dark}. "{q3:We were \
not asked on 1 July}," {s3,4:Tamm} {c3:said}, {c4:adding} {q4:that the court would decide in autumn}.

{s5:Kallas} {c5:met} the Swedish envoy on 15 August. {s6:The envoy} {c6:expressed} {q6:concern}, {s7:a diplomat} \
{c7:said}. {s8:Latvia} {c8:has criticised} {q8:the step}. After the vote of 5 June, {s9:its foreign minister} \
{c9:spoke} of {q9:a mistake}.

{s10:The prime minister's spokesman} {c10:told} the Daily Coast in an interview published on 20 August {q10:that \
there was no way back}. {s11:He} {c11:declined} {q11:to say what comes next}. {s12:Experts} {c12:doubt} {q12:it}. In \
her Sunday column {s13:the economist Mari Saar} {c13:wrote} {q13:that the treaty, signed in March 1999, was dead \
anyway}. By Friday {s14:the cabinet} {c14:wants} {q14:a new draft}. {s15:The president} {c15:said} a fortnight ago \
{q15:that she would veto it}.
""",
    days={
        1: "2023-08-16",
        2: "2023-08-22",
        3: "2023-08-22",
        4: "2023-08-22",
        6: "2023-08-15|None",
        8: "None",
        9: "None",
        10: "2023-08-20",
        11: "2023-08-20",
        12: "None",
        13: "2023-08-20",
        14: "None",
        15: "2023-08",
    },
)
COUNCIL = Article(
    genre="ministers' meeting",
    published="2020-07-02",  # a Thursday
    marked="""BRUSSELS - Ministers failed again. Arriving at the meeting on Wednesday, {s1:Estonia's minister Liis \
Rebane} {c1:told} journalists {q1:that the levy had come too early}. "{q2:We asked for a study in March 2018}," \
{s2,3:she} {c2:said}, {c3:recalling} {q3:a promise of the presidency}. {s4:Her Irish counterpart, Tom Keane,} \
{c4:agreed}. {s5:Keane} {c5:warned} {q5:that peat cutters would strike}.

In a letter sent on June 25 and seen by this newspaper, {s6:nine governments} {c6:demanded} {q6:a delay until 2022}. \
{s7:The letter} {c7:calls} {q7:the levy unjust}. Four days earlier, {s8:the Commission's vice-president Hana Novak} \
{c8:had defended} {q8:it} before parliament.

{s9:Novak} {c9:repeated} this week {q9:that there is no plan B}. {s10:Spain} {c10:backs} {q10:her}. {s11:Madrid} \
{c11:will present} {q11:its figures} next Tuesday. Last autumn, {s12:the same government} {c12:voted} {q12:against a \
levy}. {s13:Diplomats} {c13:said} yesterday {q13:that a compromise was near}. "{q14:Nobody will remember this in \
August}," {s14:one of them} {c14:joked}.
""",
    days={
        1: "2020-07-01",
        2: "2020-07-01",
        3: "2020-07-01",
        4: "2020-07-01|None",
        5: "2020-07-01|None",
        6: "2020-06-25",
        7: "None|2020-06-25",
        8: "2020-06-21",
        9: "2020|2020-07|2020-06",
        10: "None",
        11: "None",
        12: "2019",
        13: "2020-07-01",
        14: "2020-07-01|None",
    },
)
HISTORY = Article(
    genre="policy brief",
    published="2018",
    marked="""The strait was closed twice. When {s1:the admiral Yusuf Demir} {c1:proposed} {q1:a convoy} on 4 \
November 1973, {s2:the cabinet} {c2:refused} {q2:it} the same evening. A week later {s3:Demir} {c3:resigned}, \
{c4:saying} {q4:that he had been lied to}. In 1981 {s5:a tribunal} {c5:ruled} {q5:that the closure was lawful} \
(Demir v. State, 1981).

{s6:The 2015 White Paper} {c6:states} {q6:that the strait is open to all}. In December of the same year {s7:the \
navy} {c7:announced} {q7:patrols}. {s8:Two scholars} {c8:argue} {q8:that patrols invite trouble} (Osman and Lee \
2017). {s9:Greece} has {c9:protested} {q9:against them} since 2016.

In its declaration of 9 May 2017, {s10:the Black Shore Forum} {c10:urged} {q10:restraint}; {s11:Bulgaria} \
{c11:abstained}. {s12:The current foreign minister}, speaking in Varna in early 2018, {c12:described} {q12:the \
patrols as routine}. {s13:He} {c13:added} {q13:that nobody had been hurt}.
""",
    days={
        1: "1973-11-04",
        2: "1973-11-04",
        4: "1973-11|1973",
        5: "1981",
        6: "2015|None",
        7: "2015-12|None",
        8: "2017|None",
        9: "None",
        10: "2017-05-09",
        11: "2017-05-09|None",
        12: "2018",
        13: "2018|None",
    },
)
COURT = Article(
    genre="local news, month first",
    published="2022-09-19",  # a Monday
    marked="""{s1:Sheriff Dale Hobbs} {c1:said} Monday {q1:the bridge will stay shut until Oct. 3}. {s2:Hobbs} \
{c2:made} the announcement after an inspection Friday; {s3:inspectors} {c3:found} {q3:cracks}.

"{q4:I crossed it every day since 1990}," {s4:resident Mae Ortiz} {c4:told} The Valley Sun over the weekend. \
{s5:Ortiz}, 71, {c5:called} {q5:the closure "overdue."}

{s6:A spokesperson for the state} {c6:declined} {q6:to comment} Sunday night. In an Aug. 30 email, {s7:engineer Lou \
Beck} {c7:had cautioned} {q7:that the deck "could fail by winter"}. {s8:Beck}'s firm {c8:did not respond} Monday. \
{s9:Mayor Kim Tran} {c9:plans} {q9:to ask for funds} at Thursday's council session. At last Thursday's session, \
{s10:she} {c10:promised} {q10:a ferry}.

{s11:Critics} {c11:say} {q11:the ferry is too small}. {s12:Governor Ruth Hale}, who visited in July, {c12:supports} \
{q12:it}. {s13:Hale} {c13:tweeted} on 9/9/22 {q13:that help was coming}. Earlier this year {s14:she} {c14:vetoed} \
{q14:a bridge fund}.
""",
    days={
        1: "2022-09-19",
        3: "2022-09-16|None",
        4: "2022-09",
        5: "2022-09|None",
        6: "2022-09-18",
        7: "2022-08-30",
        9: "None",
        10: "2022-09-15",
        11: "None",
        12: "None",
        13: "2022-09-09",
        14: "2022",
    },
)
ELECTION = Article(
    genre="news feature",
    published="2016-11-28",  # a Monday
    marked="""LIMA - For weeks {s1:the mayor Inés Vela} {c1:refused} {q1:to speak}. On Saturday night she broke her \
silence. "{q2:I did not sell the park}," {s2:Vela} {c2:told} supporters outside her house.

Prosecutors {c3:opened} an inquiry on Nov. 14 after {s3:the daily El Faro} {c4:reported} {q4:that a firm had paid \
her campaign in 2014}. {s5:The prosecutor, Raúl Campos,} {c5:said} at the time {q5:that there was no suspect}. \
{s6:He} {c6:struck} a different tone last Thursday: "{q6:Everyone is a suspect}," he told a radio station.

{s8:Vela's party} {c8:has called} {q8:the inquiry a show}. {s9:Its leader} {c9:asked} two weeks ago {q9:for a new \
judge}. {s10:A court} {c10:rejected} {q10:the request} the following day. {s11:Lawyers for the firm} {c11:did not \
answer} {q11:questions} on Sunday.

A poll published in mid-November {c12:found} {q12:that most voters want her gone}. {s13:The governor}, her rival \
since 2011, {c13:announced} earlier this month {q13:that he would run}. {s14:He} {c14:promised} {q14:to keep the \
park}.
""",
    days={
        1: "None",
        2: "2016-11-26",
        4: "2016-11|None|2016-11-14",
        5: "None|2016-11-14",
        6: "2016-11-24",
        8: "None",
        9: "2016-11",
        10: "None|2016-11",
        11: "2016-11-27",
        12: "2016-11",
        13: "2016-11",
        14: "2016-11",
    },
)
SUMMIT = Article(
    genre="think tank commentary",
    published="2024-02-20",  # a Tuesday
    marked="""At the Porto summit in June 2023, {s1:leaders} {c1:agreed} {q1:to share the cable}. {s2:The final \
communiqué}, adopted on 18 June, {c2:speaks} {q2:of "a common good"}. Yet only a month later {s3:Denmark} \
{c3:withdrew}, {c4:arguing} {q4:that costs had doubled}.

{s5:President Jonas Weil} {c5:rejected} {q5:that argument} in a speech in Aarhus on 2 September. "{q6:Costs are a \
choice}," {s6:he} {c6:said}. Speaking to students there, {s7:Weil} also {c7:suggested} {q7:that others may follow}. \
{s8:The Danish prime minister} {c8:replied} three days later {q8:that choices have costs}.

Since then little has moved. {s9:Brussels} {c9:insists} {q9:that the plan stands}. {s10:The Commission} \
{c10:proposed} {q10:a smaller cable} in its January 2024 paper, and {s11:Sweden} {c11:welcomed} {q11:it}. \
{s12:Experts such as Kaja Lind of the Nordic Grid Institute} {c12:doubt} {q12:the figures}; {s13:Lind} {c13:wrote} \
last week {q13:that "nobody has counted the storms of 2022"}. This Thursday {s14:ministers} {c14:will discuss} \
{q14:the paper}.
""",
    days={
        1: "2023-06",
        2: "2023-06-18",
        4: "2023-07",
        5: "2023-09-02",
        6: "2023-09-02",
        7: "2023-09-02",
        8: "2023-09-05",
        9: "None",
        10: "2024-01",
        11: "None|2024-01",
        12: "None",
        13: "2024-02",
        14: "None",
    },
)
ARTICLES = (AGENCY, RELEASE, TRANSCRIPT, ESSAY, CLIMATE, UNDATED, ANALYSIS, COUNCIL, HISTORY, COURT, ELECTION, SUMMIT)


def unmarked(marked: str) -> tuple[str, dict[tuple[str, int], tuple[int, int]]]:
    """The text without its marks, and where each marked part of each statement stands in it."""
    text, spans, open_marks, at = "", {}, [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark["part"]:
            open_marks.append((mark["part"], mark["numbers"], len(text)))
        else:
            part, numbers, start = open_marks.pop()
            spans.update({(part, int(number)): (start, len(text)) for number in numbers.split(",")})
    return text + marked[at:], spans


def answers(article: Article) -> Iterator[tuple[int, str]]:
    text, spans = unmarked(article.marked)
    published = PartialDate(article.published) if article.published else None
    document = Document(name="article.txt", text=text, published=published)
    blocks = segments(text)
    for number in article.days:
        contents = [spans["q", number]] if ("q", number) in spans else []
        day = said_on(
            document,
            source=spans.get(("s", number)),
            cue=spans.get(("c", number)),
            contents=contents,
            segments=blocks,
        )
        yield number, str(day)


def wrong(article: Article) -> list[str]:
    return [
        f"{article.genre}, {number}: {day}, not {article.days[number]}"
        for number, day in answers(article)
        if day not in article.days[number].split("|")
    ]


def test_most_statements_of_every_genre_have_their_day() -> None:
    asked = sum(len(article.days) for article in ARTICLES)
    mistakes = [line for article in ARTICLES for line in wrong(article)]
    assert 1 - len(mistakes) / asked >= FLOOR, "\n".join(mistakes)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.genre)
def test_no_statement_is_dated_after_its_publication(article: Article) -> None:
    latest = PartialDate(article.published or "2023-12-31").latest
    assert all(day == "None" or PartialDate(day).earliest <= latest for _, day in answers(article))
