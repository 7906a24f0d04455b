"""Coverage-guided fuzzing: what strangers hand us, thrown at the code that takes it apart, with the laws it must obey.

    make fuzz SECONDS=600                          every target that long, with atheris
    python -m fuzz run refi-qda --seconds 60       one of them
    python -m fuzz replay                          what is kept in corpora/ and regressions/, without atheris

A target takes bytes and is content or raises: content with a result that obeys the target's laws, and with a refusal of
ours (`errors.WinsetError`) that says something; all else is a finding.

targets.py      the list of them
readers.py, attribution.py, importers.py, stores.py, questions.py, lines.py, containers.py   the targets themselves
laws.py         what must hold of what comes out
words/          dictionaries of the formats, for the mutator
packing.py      plain text as a DOCX, PDF, QDPX, XLSX or DNA file, so that what is mutated is not the packing
seeds.py        what a campaign starts from, made here
one.py          a target under atheris; campaign.py counts what that comes to and keeps the shortest inputs
page.py         writes docs/reference/fuzzing.md of figures.json and mended.py
corpora/        what covers most of the code with the fewest bytes; regressions/ what was found once
"""
