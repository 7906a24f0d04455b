"""What winset stands on: which packages, in which versions, with which checksums, under which licences.

locks.py      the files in requirements/, read
licences.py   the licences of what a base installation brings
sbom.py       the bill of materials that `make dist` puts beside the wheel
audit.py      known weaknesses of the locked versions: `make audit`

`make lock` writes requirements/*.txt anew.
"""
