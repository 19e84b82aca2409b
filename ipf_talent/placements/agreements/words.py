"""The usual words of an agreement, in its own language: a beginning for the coordinator, who reads and changes them."""

from collections.abc import Mapping

USUAL: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "guidance_text": (
            "De begeleider van het bedrijf begeleidt de student op de werkplek en bespreekt elke week hoe het gaat. De begeleider "
            "van de school heeft aan het begin, halverwege en aan het eind een gesprek met de student en het bedrijf."
        ),
        "assessment_text": (
            "Het bedrijf geeft halverwege en aan het eind advies over het werk van de student. De school beoordeelt en beslist."
        ),
        "ending_text": (
            "De overeenkomst eindigt op de einddatum. Zij eindigt eerder als de partijen dat samen afspreken, als de student de "
            "opleiding verlaat, als het bedrijf stopt of zijn erkenning verliest, of als een partij zich niet aan de afspraken "
            "houdt en dat na een gesprek en een schriftelijke aanmaning niet verandert. Wie wil beëindigen, hoort eerst de "
            "andere partijen en doet het daarna schriftelijk, met de reden."
        ),
        "insurance_text": "De school verzekert de student tegen ongevallen en aansprakelijkheid tijdens de stage.",
    },
    "en": {
        "guidance_text": (
            "The supervisor of the company guides the student at the workplace and talks every week about how it goes. The "
            "supervisor of the school has a talk with the student and the company at the start, halfway and at the end."
        ),
        "assessment_text": (
            "The company gives advice on the student's work halfway and at the end. The school assesses and decides."
        ),
        "ending_text": (
            "The agreement ends on the end date. It ends earlier if the parties agree on that together, if the student leaves the "
            "programme, if the company stops or loses its recognition, or if a party does not keep to what was agreed and this "
            "does not change after a talk and a written reminder. Whoever wants to end it hears the other parties first and then "
            "does so in writing, with the reason."
        ),
        "insurance_text": "The school insures the student against accidents and liability during the internship.",
    },
}
