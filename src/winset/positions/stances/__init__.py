"""The stance methods: what each statement says for or against the proposal."""

from winset.positions.stances.lexicon import lexicon
from winset.registry import Family

STANCES = Family("stance method", [lexicon])
