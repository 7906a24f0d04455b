from __future__ import annotations

from typing import Any

RECORD = "The President: I open the meeting.\n\nMr. Soto (Chile): We cannot accept it.\n\nMs. Rojas (Peru): We can.\n"


def test_each_labelled_paragraph_of_a_record_is_its_speakers(proposed: Any) -> None:
    assert proposed("speaker-labels", RECORD) == [
        ("The President", ":", "I open the meeting."),
        ("Mr. Soto (Chile)", ":", "We cannot accept it."),
        ("Ms. Rojas (Peru)", ":", "We can."),
    ]


def test_a_colon_in_prose_makes_no_record(proposed: Any) -> None:
    assert proposed("speaker-labels", "The Harbour Board: a history.\n\nIt was founded late.") == []
