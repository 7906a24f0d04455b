"""Words by which a question is known, where none is asked with a mark, and by which a page talks to its reader."""

from __future__ import annotations

import re

_IF = r"(?:whether|if|how|who|whom|whose|what|which|why|when|where)"
_OPEN = (
    r"(?:unclear|uncertain|unknown|unsettled|undecided|unresolved|anybody[’']s guess|anyone[’']s guess"
    r"|an open question|open|not (?:yet |entirely |at all )?(?:clear|known|certain|settled)"
    r"|too early to (?:say|tell|know))"
)
_STILL = r"(?:still |yet |as yet |so far |currently |also |however |,){0,4}"

INDIRECT = re.compile(
    r"\b(?:"
    rf"(?:the|a|an?other|one|this) (?:[\w-]+ ){{0,3}}questions? (?:now |here |then |today |for \w+ )?"
    rf"(?:is|are|remains?|becomes?|was) {_STILL}(?:one of )?{_IF}\b"
    rf"|(?:the|a|an?other|one|this) (?:[\w-]+ ){{0,3}}question (?:of |as to )?{_IF} [^.;?!]{{3,200}}? "
    r"(?:remains|is still|has not been|is yet to be|is left) (?:open|unanswered|unresolved|answered|settled)"
    rf"|it (?:is|was|remains|seems) {_STILL}{_OPEN},? {_IF}\b"
    rf"|(?:it )?remains? to be seen,? {_IF}\b"
    rf"|(?:raises|poses|begs|leaves(?: open)?) the (?:[\w-]+ ){{0,2}}questions? (?:of |as to |about )?{_IF}\b"
    rf"|{_IF} [^.;?!]{{3,200}}? (?:remains to be seen|(?:is|remains) {_STILL}{_OPEN})"
    r")",
    re.IGNORECASE,
)
# what a page asks its reader, in no text of its own
TO_THE_READER = re.compile(
    r"\b(?:subscribe|subscriber|sign(?:ing)? up|newsletter|click|log ?in|register|password|cookies?|adblock\w*"
    r"|ad blocker"
    r"|read more|learn more|(?:get|keep) in touch|contact us|write to us|e-?mail us|our (?:app|site|website|readers?)"
    r"|this (?:page|site|website|form|link)|share (?:this|your)|your (?:comments?|feedback|browser|account|thoughts?"
    r"|question|story|views?|search|subscription|opinion)|comments? below|leave a comment|a (?:correction|tip|typo)"
    r"|enjoy(?:ed|ing)? (?:this|our)|like (?:this|what you)|looking for|did you (?:know|like|find|mean)|need help"
    r"|already have an|not a member|find what you|are you (?:a|an|sure)|do you (?:have|want|like)|have you got"
    r"|want to (?:know|read|see|hear|learn|support)|support (?:us|our)|donat\w+|faq|frequently asked)\b",
    re.IGNORECASE,
)
LABEL = re.compile(  # before the words of somebody who asks or is asked
    r"[*_\s]*(?:[QA][*_]*\s?[:.]"
    r"|(?:Question|Answer|Interviewer|[A-Z][\w.’'-]{0,30}(?: [A-Z][\w.’'-]{0,30}){0,3})[*_]*\s?:)[*_]*\s"
)
MAY_ASK = re.compile(  # a word of every indirect question: cheap to look for first
    r"question|unclear|uncertain|unknown|unsettled|undecided|unresolved|guess|open|clear|known|certain|settled|early|seen",
    re.IGNORECASE,
)
