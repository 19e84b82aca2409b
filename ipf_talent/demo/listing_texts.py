"""The words of the made-up programmes; skills and fields are codes of the taxonomy, numbers crebos of the regulation of 2015."""

from collections.abc import Mapping
from typing import Any

from ipf_talent.programmes.levels import Level, Mode, ProgrammeType

_DIPLOMA = ProgrammeType.MBO_DIPLOMA
_ADMISSION_3 = "Vmbo kader, gemengd of theoretisch, een overgangsbewijs naar havo 4 of vwo 4, of een mbo-diploma niveau 2."
_ADMISSION_3_EN = "Vmbo kader, mixed or theoretical, proof of transfer to havo 4 or vwo 4, or an mbo diploma at level 2."
_ADMISSION_4 = "Vmbo kader, gemengd of theoretisch, een overgangsbewijs naar havo 4 of vwo 4, of een mbo-diploma niveau 2 of 3."
_ADMISSION_4_EN = "Vmbo kader, mixed or theoretical, proof of transfer to havo 4 or vwo 4, or an mbo diploma at level 2 or 3."

PROGRAMMES: Mapping[str, Mapping[str, Any]] = {
    "voorbeeld-mechatronica-4": {
        "title_nl": "Voorbeeld: Technicus mechatronica systemen",
        "title_en": "Example: Mechatronic systems technician",
        "type": _DIPLOMA, "level": Level.MBO_4, "nlqf": 4, "code": "25344", "sbu": 4800, "duration_months": 36,
        "description_nl": (
            "Voorbeeld. Je leert machines bouwen waarin mechanica, elektronica en besturing samenkomen. Je monteert modules, leest "
            "elektrische schema's, programmeert een PLC en zoekt storingen. In het tweede en derde jaar loop je stage."
        ),
        "description_en": (
            "Example. You learn to build machines that join mechanics, electronics and control. You assemble modules, read "
            "electrical diagrams, program a PLC and find faults. In the second and third year you do internships."
        ),
        "admission_nl": _ADMISSION_4, "admission_en": _ADMISSION_4_EN,
        "careers_nl": "Servicemonteur, testtechnicus, medewerker van een engineeringafdeling.",
        "careers_en": "Service technician, test technician, member of an engineering department.",
        "modes": (Mode.BOL, Mode.BBL), "fields": ("automation", "electronics", "mechatronics"),
        "skills": ("mechatronics", "assembly", "read-electrical-diagrams", "plc-programming", "troubleshooting", "pneumatics"),
    },
    "voorbeeld-verspaning-3": {
        "title_nl": "Voorbeeld: Allround verspaner",
        "title_en": "Example: All-round machinist",
        "type": _DIPLOMA, "level": Level.MBO_3, "nlqf": 3, "code": "25298", "sbu": 3200, "duration_months": 24,
        "description_nl": (
            "Voorbeeld. Je leert CNC-machines instellen en programmeren, en je draait en freest onderdelen van metaal. Je meet elk "
            "onderdeel na en je houdt de machine schoon en op maat."
        ),
        "description_en": (
            "Example. You learn to set up and program CNC machines, and you turn and mill parts of metal. You measure every part "
            "and you keep the machine clean and true."
        ),
        "admission_nl": _ADMISSION_3, "admission_en": _ADMISSION_3_EN,
        "careers_nl": "Verspaner, CNC-operator, gereedschapmaker.",
        "careers_en": "Machinist, CNC operator, toolmaker.",
        "modes": (Mode.BOL, Mode.BBL), "fields": ("mechanics", "production"),
        "skills": ("cnc-machining", "cnc-setup", "cnc-programming", "cnc-turning", "cnc-milling", "measure-parts"),
    },
    "voorbeeld-elektrotechniek-4": {
        "title_nl": "Voorbeeld: Technicus elektrotechnische systemen",
        "title_en": "Example: Electrotechnical systems technician",
        "type": _DIPLOMA, "level": Level.MBO_4, "nlqf": 4, "code": "25343", "sbu": 4800, "duration_months": 36,
        "description_nl": (
            "Voorbeeld. Je leert besturingskasten ontwerpen en bouwen, metingen doen aan elektrische systemen en installaties in "
            "bedrijf stellen. Veilig werken staat elke week op het rooster."
        ),
        "description_en": (
            "Example. You learn to design and build control panels, to measure electrical systems and to commission "
            "installations. Working safely is on the timetable every week."
        ),
        "admission_nl": _ADMISSION_4, "admission_en": _ADMISSION_4_EN,
        "careers_nl": "Paneelbouwer, inbedrijfsteller, werkvoorbereider elektro.",
        "careers_en": "Panel builder, commissioning technician, planner of electrical work.",
        "modes": (Mode.BOL,), "fields": ("automation", "electronics"),
        "skills": ("assemble-control-panels", "commissioning", "electrical-design", "measure-electrical-characteristics"),
    },
    "voorbeeld-verspaning-2": {
        "title_nl": "Voorbeeld: Verspaner",
        "title_en": "Example: Machinist",
        "type": _DIPLOMA, "level": Level.MBO_2, "nlqf": 2, "code": "25302", "sbu": 3200, "duration_months": 24,
        "description_nl": (
            "Voorbeeld. Je leert draai- en freesmachines bedienen volgens een tekening. Je werkt vier dagen bij een bedrijf en "
            "gaat een dag naar school."
        ),
        "description_en": (
            "Example. You learn to operate lathes and milling machines from a drawing. You work at a company for four days and go "
            "to school for one."
        ),
        "admission_nl": "Vmbo basis, of een diploma van de entreeopleiding.",
        "admission_en": "Vmbo basis, or a diploma of mbo level 1.",
        "careers_nl": "Verspaner, machineoperator.",
        "careers_en": "Machinist, machine operator.",
        "modes": (Mode.BBL,), "fields": ("mechanics", "production"),
        "skills": ("milling", "read-technical-drawings", "turning"),
    },
    "voorbeeld-engineering-4": {
        "title_nl": "Voorbeeld: Technicus engineering",
        "title_en": "Example: Engineering technician",
        "type": _DIPLOMA, "level": Level.MBO_4, "nlqf": 4, "code": "25297", "sbu": 4800, "duration_months": 36,
        "description_nl": (
            "Voorbeeld. Je leert onderdelen en samenstellingen tekenen in 3D, een ontwerp doorrekenen en overleggen met wie het "
            "maakt. Je eerste ontwerp houd je na een half jaar in je hand."
        ),
        "description_en": (
            "Example. You learn to draw parts and assemblies in 3D, to calculate a design and to discuss it with those who make "
            "it. You hold your first design in your hand after half a year."
        ),
        "admission_nl": _ADMISSION_4, "admission_en": _ADMISSION_4_EN,
        "careers_nl": "Tekenaar-constructeur, werkvoorbereider.",
        "careers_en": "Draughtsman, planner of work.",
        "modes": (Mode.BOL,), "fields": ("design", "mechanics"),
        "skills": ("cad", "mechanical-design", "three-d-modelling"),
    },
    "voorbeeld-keuzedeel-plc": {
        "title_nl": "Voorbeeld: Keuzedeel PLC-programmeren",
        "title_en": "Example: Elective module PLC programming",
        "type": ProgrammeType.ELECTIVE, "level": Level.MBO_4, "nlqf": None, "code": None, "sbu": 240, "duration_months": 5,
        "description_nl": "Voorbeeld. Je programmeert een PLC, maakt er een bedienscherm bij en stelt een kleine lijn in bedrijf.",
        "description_en": "Example. You program a PLC, make an operating screen for it and commission a small line.",
        "admission_nl": "Je volgt een opleiding op mbo-niveau 4 in de techniek.",
        "admission_en": "You follow a technical programme at mbo level 4.",
        "careers_nl": "", "careers_en": "",
        "modes": (Mode.PARTTIME,), "fields": ("automation",),
        "skills": ("commissioning", "hmi-design", "plc-programming"),
    },
    "voorbeeld-keuzedeel-robotica": {
        "title_nl": "Voorbeeld: Keuzedeel Robots instellen",
        "title_en": "Example: Elective module Setting up robots",
        "type": ProgrammeType.ELECTIVE, "level": Level.MBO_4, "nlqf": None, "code": None, "sbu": 240, "duration_months": 5,
        "description_nl": (
            "Voorbeeld. Je stelt een lasrobot en een pakrobot in, schrijft hun programma, zoekt storingen en maakt de cel veilig "
            "voor wie erin werkt."
        ),
        "description_en": "Example. You set up a welding robot and a picking robot, write their program and make the cell safe.",
        "admission_nl": "Je volgt een opleiding op mbo-niveau 4 in de techniek.",
        "admission_en": "You follow a technical programme at mbo level 4.",
        "careers_nl": "", "careers_en": "",
        "modes": (Mode.PARTTIME,), "fields": ("robotics",),
        "skills": ("robot-programming", "robot-welding", "set-up-robot"),
    },
}  # fmt: skip
"""Columns by slug; `modes`, `fields` and `skills` hang on it."""
