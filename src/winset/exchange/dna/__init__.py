"""Study files of Discourse Network Analyzer (.dna, an SQLite database): who said what of which concept, for or against.

    is_dna(source)                 whether it is one, by its name
    read_dna(path)                 its statements as a discourse, for a network
    read_dna_project(path)         all of it as a project
    write_dna(project, path)       a file that the program opens

Source of the format: Discourse Network Analyzer 3.0 and 3.1, its database schema.
"""

from winset.exchange.dna.network import Study, read_dna
from winset.exchange.dna.opening import is_dna
from winset.exchange.dna.reading import read_dna_project
from winset.exchange.dna.writing import LOSSES, PASSWORD, write_dna

__all__ = ["LOSSES", "PASSWORD", "Study", "is_dna", "read_dna", "read_dna_project", "write_dna"]
