"""Cases of our own making, of several bodies and habits of wording, written before the method was run on them."""

from __future__ import annotations

from dataclasses import dataclass

from winset.corpus.types import Document, clean_text
from winset.ids import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCase:
    """Documents, and what a reader of them would write down."""

    name: str
    texts: tuple[tuple[str, str], ...]  # day of publication, text
    asked_for: tuple[str, ...]  # words that the proposal must hold
    fallbacks: tuple[tuple[str, ...], ...]  # of each fallback that must be found, words that its label must hold
    body: str | None
    rule: str | None = None
    on: str | None = None

    @property
    def documents(self) -> tuple[Document, ...]:
        """As a reader of files makes them, the first line being the title."""
        return tuple(
            Document(
                name=f"{self.name}-{number}.txt",
                text=clean_text(text),
                title=text.partition("\n")[0],
                published=PartialDate(day),
            )
            for number, (day, text) in enumerate(self.texts, 1)
        )


SANCTIONS = MadeCase(
    name="sanctions",
    texts=(
        (
            "2024-02-06",
            (
                "Ministers split over aluminium ban\n\n"
                "Poland and Estonia want the European Union to ban imports of aluminium from Russia in its next package"
                " of sanctions, diplomats said on Tuesday.\n\n"
                "Germany and Italy oppose a ban on Russian aluminium, fearing higher prices for carmakers. Rome would"
                " prefer an import quota that shrinks every year. “A quota gives our industry time,” Italy's"
                " industry minister said.\n\n"
                "At present the metal is sold freely in the bloc. Sanctions require the unanimous agreement of the"
                " member states. Foreign ministers will meet in Brussels on 19 February 2024 to decide.\n"
            ),
        ),
        (
            "2024-02-10",
            (
                "Hungary threatens to veto ban on Russian aluminium\n\n"
                "Hungary said it would veto a ban on imports of aluminium from Russia. Its foreign minister called the"
                " ban “a shot in our own foot”.\n\n"
                "Sweden supports banning the imports. A tariff instead of a ban would be too weak, its trade minister"
                " argued. The Foreign Affairs Council takes up the package on 19 February.\n"
            ),
        ),
    ),
    asked_for=("ban", "aluminium"),
    fallbacks=(("quota",), ("tariff",)),
    body="eu-council",
    rule="eu-unanimity",
    on="2024-02-19",
)

MANDATE = MadeCase(
    name="mandate",
    texts=(
        (
            "2018-03-01",
            (
                "Council to vote on mission in the Lake provinces\n\n"
                "The Security Council is due to vote on 15 March 2018 on a draft resolution that would extend the"
                " mandate of the stabilisation mission in the Lake provinces for twelve months. The current mandate"
                " expires on 17 March.\n\n"
                "France, which drafted the text, asked members to renew the mandate of the mission without changes. The"
                " United States favours a technical rollover of three months instead, so that troop numbers can be"
                " reviewed first.\n"
            ),
        ),
        (
            "2018-03-08",
            (
                "Russia sceptical of longer mandate\n\n"
                "Russia has reservations about extending the mandate, its deputy ambassador told the Security Council."
                " China would accept a shorter extension of six months. The Netherlands and Sweden backed the extension"
                " of the mission's mandate. A permanent member could block the resolution with its veto.\n"
            ),
        ),
    ),
    asked_for=("mandate", "mission"),
    fallbacks=(("rollover",), ("shorter", "extension")),
    body="unsc",
    rule="unsc-substantive",
    on="2018-03-15",
)

FUND = MadeCase(
    name="fund",
    texts=(
        (
            "2022-11-08",
            (
                "Poor countries demand fund for flood damage\n\n"
                "Developing countries called for the creation of a fund for loss and damage at the climate talks in"
                " Sharm el-Sheikh. The G77, supported by the small island states, proposed that the fund be set up at"
                " once. “We came here for a fund,” the chair of the G77 said.\n\n"
                "The United States and Switzerland objected to a new fund. They offered to expand existing humanitarian"
                " aid rather than create a fund.\n\n"
                "Decisions of the Conference of the Parties are taken by consensus.\n"
            ),
        ),
        (
            "2022-11-14",
            (
                "Islands hold out for a loss and damage fund\n\n"
                "The establishment of a loss and damage fund remained open on Monday. The European Union suggested a"
                " mosaic of insurance schemes as an alternative to the fund. Australia said the decision on the fund"
                " should be postponed until the next session.\n\n"
                "The conference is to end on 18 November 2022.\n"
            ),
        ),
    ),
    asked_for=("fund", "damage"),
    fallbacks=(("humanitarian", "aid"), ("insurance",), ("postpone",)),
    body="unfccc",
    rule="unfccc-consensus",
    on="2022-11-18",
)

FISHERIES = MadeCase(
    name="fisheries",
    texts=(
        (
            "2021-11-20",
            (
                "Fish subsidies before ministers\n\n"
                "Trade ministers meeting in Geneva from 30 November 2021 are asked to prohibit subsidies for fishing in"
                " distant waters. New Zealand, Iceland and six others tabled the prohibition of subsidies for"
                " distant-water fishing.\n\n"
                "India insists on an exemption of twenty-five years for developing countries. China rejects the"
                " prohibition of subsidies and offers a cap on new payments. The WTO's members decide by consensus.\n"
            ),
        ),
        (
            "2021-11-25",
            (
                "The chair's text\n\n"
                "The chair's text would prohibit subsidies for fishing in distant waters. The WTO has no rules for such"
                " subsidies today. Japan and South Korea could live with a transition period of seven years. Norway"
                " endorsed the prohibition.\n"
            ),
        ),
    ),
    asked_for=("prohibit", "subsidies"),
    fallbacks=(("cap",), ("transition", "period")),
    body="wto",
    rule="wto-consensus",
    on="2021-11-30",
)

BUDGET = MadeCase(
    name="budget",
    texts=(
        (
            "2019-11-12",
            (
                "Secretariat seeks more money\n\n"
                "The secretariat's plan to raise the annual budget of the OSCE by eight percent ran into criticism on"
                " Monday. Russia and Azerbaijan are against raising the budget. Canada, Norway and Switzerland back the"
                " increase.\n\n"
                "The budget has been frozen since 2014. Delegates spoke of zero nominal growth as a fallback.\n"
            ),
        ),
        (
            "2019-11-20",
            (
                "No deal on budget yet\n\n"
                "The OSCE Permanent Council failed to agree on raising the annual budget. Kazakhstan proposed to"
                " compensate for inflation only. “A budget increase is overdue,” the Swiss envoy said. Each of the 57"
                " participating states must agree. The matter goes to the Ministerial Council in Bratislava on 5"
                " December 2019.\n"
            ),
        ),
    ),
    asked_for=("raise", "budget"),
    fallbacks=(("zero", "growth"),),
    body="osce",
    rule="osce-consensus",
    on="2019-12-05",
)

ENLARGEMENT = MadeCase(
    name="enlargement",
    texts=(
        (
            "2019-10-10",
            (
                "France blocks talks with Skopje\n\n"
                "France refuses to open accession talks with North Macedonia. The Commission recommended opening"
                " accession talks with North Macedonia in May. Twenty-five governments support opening the talks.\n\n"
                "Paris proposed a gradual association instead, with access to the single market in stages. The EU's"
                " leaders meet on 17 and 18 October 2019. Enlargement needs unanimity.\n"
            ),
        ),
        (
            "2019-10-14",
            (
                "Denmark and the Netherlands have doubts about accession talks\n\n"
                "The Netherlands would agree to accession talks with North Macedonia but not with others. Austria,"
                " Poland and Slovenia urged the European Union to start accession talks. Denmark would rather postpone"
                " the decision until spring.\n"
            ),
        ),
    ),
    asked_for=("accession", "talks", "north macedonia"),
    fallbacks=(("association",), ("postpone",)),
    body="eu-council",
    rule="eu-unanimity",
    on="2019-10-17",
)

HARBOUR = MadeCase(  # a body that no registry holds, and no day named
    name="harbour",
    texts=(
        (
            "2020-06-01",
            (
                "Fishing towns want a night closure of the old harbour\n\n"
                "The night closure of the old harbour was on the agenda of the Lagoon Assembly again. Port Elm wishes"
                " to close the old harbour at night. Saltby is opposed to closing the old harbour. A curfew for large"
                " vessels would suffice, its mayor said.\n"
            ),
        ),
        (
            "2020-06-03",
            (
                "Harbour row goes on\n\n"
                "“Closing the old harbour at night protects the seals,” the mayor of Port Elm said. Reedwick rejected"
                " the closure. All five towns must agree.\n"
            ),
        ),
    ),
    asked_for=("clos", "harbour"),
    fallbacks=(("curfew",),),
    body=None,
)

EVERY_CASE = (SANCTIONS, MANDATE, FUND, FISHERIES, BUDGET, ENLARGEMENT, HARBOUR)

SEVERAL_ISSUES = """\
SUMMARY OF THE MEETING

NUTRIENT RUNOFF: Delegates considered a draft decision on nutrient runoff. Norway, supported by Iceland and opposed by \
Brazil, proposed adopting a binding target for nutrient runoff. Brazil preferred a voluntary target. The EU and Japan \
supported the binding target for nutrient runoff.

SEABED SURVEY: Fiji called for a regional seabed survey. Australia and Fiji supported the seabed survey, while China \
opposed the regional seabed survey. India suggested a pilot project instead.

REPORTING: Canada proposed biennial reporting by all parties. The African Group opposed biennial reporting. \
Switzerland supported biennial reporting. Many delegates expressed concern about the workload.
"""
