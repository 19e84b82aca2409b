"""The technical fields by which skills, programmes and places are grouped."""

from enum import StrEnum

from ipf_talent.i18n import lazy


class Field(StrEnum):
    """A field of high-tech work."""

    MECHATRONICS = "mechatronics"
    MECHANICS = "mechanics"
    ELECTRONICS = "electronics"
    AUTOMATION = "automation"
    ROBOTICS = "robotics"
    SOFTWARE = "software"
    DATA_AI = "data-ai"
    VISION_OPTICS = "vision-optics"
    PRODUCTION = "production"
    MATERIALS = "materials"
    QUALITY = "quality"
    ENERGY = "energy"
    PROCESS = "process"
    LOGISTICS = "logistics"
    DESIGN = "design"
    RESEARCH = "research"
    MANAGEMENT = "management"
    COMMUNICATION = "communication"
    SAFETY = "safety"


LABELS = {
    Field.MECHATRONICS: lazy("Mechatronics"),
    Field.MECHANICS: lazy("Mechanical engineering"),
    Field.ELECTRONICS: lazy("Electronics"),
    Field.AUTOMATION: lazy("Automation and control"),
    Field.ROBOTICS: lazy("Robotics"),
    Field.SOFTWARE: lazy("Software"),
    Field.DATA_AI: lazy("Data and AI"),
    Field.VISION_OPTICS: lazy("Vision and optics"),
    Field.PRODUCTION: lazy("Production"),
    Field.MATERIALS: lazy("Materials"),
    Field.QUALITY: lazy("Quality and measuring"),
    Field.ENERGY: lazy("Energy"),
    Field.PROCESS: lazy("Process industry"),
    Field.LOGISTICS: lazy("Logistics"),
    Field.DESIGN: lazy("Design"),
    Field.RESEARCH: lazy("Research"),
    Field.MANAGEMENT: lazy("Organising"),
    Field.COMMUNICATION: lazy("Working with people"),
    Field.SAFETY: lazy("Safety"),
}

TYPE_LABELS = {
    "skill": lazy("Skill"),
    "knowledge": lazy("Knowledge"),
    "tool": lazy("Tool"),
    "transversal": lazy("Way of working"),
}
"""What kind of thing a concept of the taxonomy is."""
