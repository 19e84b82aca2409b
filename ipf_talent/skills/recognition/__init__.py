"""
Which skills a text speaks of, and by which words: a library of values in, values out.

>>> from ipf_talent.skills.recognition import Recogniser
>>> from ipf_talent.skills.taxonomy import Concept, Taxonomy
>>> plc = Concept("plc-programming", "skill", "automation", "PLC's programmeren", "PLC programming")
>>> welding = Concept("welding", "skill", "production", "lassen", "welding")
>>> recogniser = Recogniser(Taxonomy.of([plc, welding], [], []))
>>> [(found.slug, found.words) for found in recogniser.find("Ik ben PLC-programmeur, maar kan niet lassen.")]
[('plc-programming', ('PLC-programmeur',))]
"""

from .recogniser import Recognised, Recogniser

__all__ = ["Recognised", "Recogniser"]
