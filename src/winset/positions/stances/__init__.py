"""The stance methods: what each statement says for or against the proposal."""

from winset.positions.stances.combined import combined
from winset.positions.stances.language_model import language_model
from winset.positions.stances.lexicon import lexicon
from winset.positions.stances.trained_model import trained_model
from winset.positions.types import Stance
from winset.registry import Family

STANCES: Family[..., tuple[Stance, ...]] = Family("stance method", [combined, trained_model, lexicon, language_model])
