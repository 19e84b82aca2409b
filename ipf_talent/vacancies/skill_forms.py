"""The filters of the lists of skills and occupations, with how many each choice would leave."""

from ipf_talent.i18n import lazy
from ipf_talent.programmes.levels import LEVEL_LABELS
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.skills.fields import TYPE_LABELS
from ipf_talent.web.choosing import Chooser, select


class SkillFilter(Chooser):
    """What to show of the skills."""

    field = select(lazy("Field"), FIELD_LABELS)
    type = select(lazy("Kind"), TYPE_LABELS)


class OccupationFilter(Chooser):
    """What to show of the occupations."""

    level = select(lazy("Level"), LEVEL_LABELS)
    field = select(lazy("Field"), FIELD_LABELS)
