"""The small forms around a search and a place that someone keeps."""

from wtforms import HiddenField, SelectField
from wtforms.validators import Length

from ipf_talent.i18n import lazy
from ipf_talent.vacancies.filters import ALERT_LABELS, Alert
from ipf_talent.vacancies.saved_services import LONGEST_QUERY
from ipf_talent.web.forms import Form, choices


class SaveForm(Form):
    """Keep a search."""

    query = HiddenField(default="", validators=[Length(max=4 * LONGEST_QUERY)])
    alert = SelectField(lazy("Mail about new places"), choices=choices(ALERT_LABELS), default=Alert.WEEKLY.value)


class AlertForm(Form):
    """How often mail comes."""

    alert = SelectField(lazy("Mail about new places"), choices=choices(ALERT_LABELS))


class KeepForm(Form):
    """A press of a button, with where to go afterwards."""

    next = HiddenField(default="")
