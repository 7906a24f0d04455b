"""Which report rests on which, and when things happened.

references  the numbered notes and the bibliography of a document, with what is missing from it
credits     every place where a document names the outside source it rests on
origins     where each statement comes from in the end: statements of one origin are one source
timeline    dated events, each once however many documents tell it, planned ones marked
precedents  earlier instances of the kind of thing that is proposed: where, since, until, what became of them

Baseline: named media and documents, reference lists and links. Values are in `types`.
"""
