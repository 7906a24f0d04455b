from __future__ import annotations

import json
import subprocess
import sys

import pytest

PIECES = [  # what patterns stumble over when it goes on and on
    "-", " ", "x\t", "x\n", "\n ", '"', "\u201ca ", "a\u201d ", "'a ", "a'", "(", "(a) ", ".", "a. ", "U.S. ", "A",
    "Aa ", "Ana Lima ", "1", "1 May ", "2031-05-", "By ", "By Ana Lima and ", "a: ", "Title: x\n", "http://",
    "www.", "a@", "a@b.", "said ", '"I will," he said, ', "a, ", "and ", "that ", "a; ", "#", "# a\n", "*", "_a",
    "_", "[", "[a](", "<", "<a ", "<!--", "&", "%", "|", "---\n", "- ", "+", "a-", "a\xad", "a\u200b", "\u200d",
    "\u0301", "a\u0301", "\u4f1a", "\u300c\u4f1a", "\uff16\u6708", "\u202e", "\U0001f600", "Mr. ",
    "the minister of the ", "of the ", "1,000 ", "$1", "a/", "2031 ", "*a*", '" " ', '"\n', "\xa0", "a\u2028",
    "''", "``", "\xab", "a\xbb", "\u201ea", "Posted by ", "Monday, ", "\u2014", "a \u2014 ", "ANA LIMA: x\n",
    "Q: a?\nA: b.\n", "who ", "saying ", "told reporters that ",
]  # fmt: skip
LONG = 50_000  # characters: a pattern that tries all pairs of places takes many seconds over them
COMPUTING = 4  # seconds for one text, of which the hundredth part is needed

READING = """
import json, resource, sys, time
from winset.corpus.readers import READERS
from winset.corpus.types import Limits
from winset.errors import Unreadable

for number, text in enumerate(json.load(sys.stdin)):
    bound = int(time.process_time()) + int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (bound, resource.RLIM_INFINITY))
    print(number, flush=True)
    try:
        READERS["text"](text.encode(), name="a", limits=Limits())
    except Unreadable:
        pass
print("done")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of computing there")
def test_no_repetition_keeps_our_own_patterns_busy() -> None:
    ends = (("", ""), ("x ", " end."))
    texts = [f"{start}{piece * (LONG // len(piece))}{end}" for piece in PIECES for start, end in ends]
    told = subprocess.run(
        [sys.executable, "-c", READING, str(COMPUTING)],
        input=json.dumps(texts).encode(),
        stdout=subprocess.PIPE,
        check=False,
    )
    last = told.stdout.decode().split()[-1]
    assert last == "done", f"{PIECES[int(last) // len(ends)]!r}, again and again, does not come to an end"
    assert told.returncode == 0
