"""Five articles, each with a light paraphrase: other number words, forms of dates, synonyms, another order: nothing."""

from __future__ import annotations

from typing import Any

import pytest

FERRY = (
    """
Ferry line to Oland closes after 41 years

SANDHAMN, March 3, 2021 (Norda) - The Sound Company will close its ferry line to Oland from 1 April, its director, Karin
Ahlstrand, told reporters on Wednesday. It will be the first time the Sound Company has given up a line.

The line carried 146,000 passengers in 2019, and lost 12 million euros last year for the third year running.
""",
    """
After forty-one years, no more ferries to Oland

Sandhamn, 3 March 2021 - For the third consecutive year the ferry line to Oland has lost money: EUR 12m last year. In
2019 some 146,000 travellers used it. From April 1 the Sound Company will run it no longer, said director Karin
Ahlstrand on Wednesday. The Sound Company has never before given up a line.
""",
)
DROUGHT = (
    """
Rationing begins in the Verda valley

By Ines Okar, 12 August 2018

Water Minister Paulo Renn ordered rationing in eighteen towns of the Verda valley on Friday. "We have water for sixty
days, and I will not gamble with the sixty-first," he said. The Verda reservoirs stand at 22 percent.
""",
    """
Eighteen Verda towns must save water

The reservoirs of the Verda are 22% full. On Friday, August 10, Paulo Renn, the minister for water, ordered that water
be rationed in 18 towns in the valley (Ines Okar reports, Aug. 12, 2018). "We have water for sixty days," the minister
said, "and I will not gamble with the sixty-first."
""",
)
TRIAL = (
    """
Judge sentences former mayor of Trellin

On 7 November 2016 a court in Trellin sentenced its former mayor, Olga Marsh, to four years in prison. She had taken
bribes of $2.4 million from the builder Dent and Sons. Prosecutor Leonid Farb had asked for six years.
""",
    """
Four years for Olga Marsh

Trellin's ex-mayor Olga Marsh was sent to prison for 4 years by a court in Trellin on November 7, 2016. The prosecutor,
Leonid Farb, had demanded 6 years. The builder Dent and Sons had bribed her with 2.4 million dollars.
""",
)
SUMMIT = (
    """
Five lake states sign treaty

KORMA, 19/06/2014

The presidents of five lake states signed a fishing treaty in Korma on Thursday. The treaty limits catches to 38,000
tonnes a year from 1 January 2015. It is the second treaty of its kind after the one of 1988. Secretary-General Amadou
Bello of the Lake Union called it "a promise to our grandchildren that we shall be held to".
""",
    """
A treaty for the lake

Amadou Bello, secretary general of the Lake Union, spoke of "a promise to our grandchildren that we shall be held to".
In Korma on June 19, 2014 the five presidents of the lake's states put their names to a treaty on fishing, the second
after that of 1988. From January 1, 2015 no more than 38,000 tonnes may be caught per year.
""",
)
BRIDGE = (
    """
Bridge over the Sarn opens

The bridge over the Sarn was opened on Monday, 9 May 2022, by Transport Commissioner Edith Vole. It is 1,240 metres
long, cost 318 million pounds and took seven years to build. Around 20,000 cars a day are expected.
""",
    """
Edith Vole opens Sarn bridge (May 9, 2022)

Seven years in the building, the 1,240-metre Sarn bridge was opened on Monday by the commissioner for transport, Edith
Vole. About twenty thousand cars are expected daily. The cost was £318 million.
""",
)


@pytest.mark.parametrize("texts", [FERRY, DROUGHT, TRIAL, SUMMIT, BRIDGE])
def test_a_light_paraphrase_tells_nothing_differently(find: Any, texts: tuple[str, str]) -> None:
    found = find(*texts)
    assert not found, [(row.about, [telling.value for telling in row.tellings]) for row in found]


def test_nor_do_all_of_them_together(find: Any) -> None:
    assert not find(*FERRY, *DROUGHT, *TRIAL, *SUMMIT, *BRIDGE)
