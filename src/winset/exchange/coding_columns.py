"""The columns of a coding sheet: what stands in it, and what a person writes into it."""

from __future__ import annotations

from winset.positions.rulings import WORDS
from winset.positions.types import Voice

ID, HASH, DOCUMENT, CODER = "id", "text_hash", "document", "coder"

STATEMENT = {  # read for knowing which statement a row is about, or by the coder alone
    ID: "the statement's id",
    DOCUMENT: "name of the document",
    HASH: "id of the document's text: a row made for another version of it is refused",
    "date": "when it was said, else when it was published",
    "source": "who said it, in the text's words",
    "cue": "the words that introduce it",
    "content": "what was said, gaps shown as […]",
    "before": "the text before it",
    "after": "the text after it",
}
MACHINE = {  # left out of a blind sheet
    "speaker": "the person who speaks, as identified",
    "represents": "whom the source speaks for, as identified",
    "machine_stance": f"{', '.join(WORDS)} (not about the issue)",
    "machine_confidence": "of its stance, 0-1",
    "machine_direction": "-1 against to 1 for",
    "machine_relevance": "that it is about the issue, 0-1",
    "machine_firmness": "0-1",
    "machine_hedged": "yes or no",
    "machine_conditional": "yes or no",
    "machine_voice": ", ".join(Voice),
    "machine_rung": "the option it speaks of; empty: the proposal itself",
    "machine_reason": "the words or rule that decided",
}
CODES = {  # what a coder fills in; an empty cell is not coded
    "stance": f"{', '.join(WORDS)} (not about the issue)",
    "direction": "-1 against to 1 for",
    "place": "instead of direction: a place on the issue's 0-100 scale, from status quo to proposal",
    "firmness": "0-1: a veto or flat refusal is 1",
    "hedged": "yes or no",
    "conditional": "yes or no",
    "voice": ", ".join(Voice),
    "rung": "label of the option it speaks of, or: proposal",
    "relevance": "that it is about the issue, 0-1",
    "actor": "whose statement it is: a name, ISO code or id of the registry, expert: NAME, media: NAME, or nobody",
}
PERSON = {CODER: "who codes; empty: the one whom --coder names", **CODES, "why": "the coder's reason, kept as it is"}
