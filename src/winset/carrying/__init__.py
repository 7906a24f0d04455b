"""Between a kept case and the files of other programs.

EXPORTS["dna"](store, path)            -> Exported: the file is there, and what it could not hold is told
IMPORTS["dna"](path, reading)          -> Project: what the file holds, for `projects.take_in`

projects.py   a case as a project, a project into a case
exports.py    the formats that winset writes, one function each
imports.py    the formats that winset reads, one function each
"""
