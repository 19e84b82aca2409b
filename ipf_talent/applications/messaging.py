"""Writing a message on the page of a response, which both sides do in the same way."""

from collections.abc import Callable
from typing import cast

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import talking
from ipf_talent.applications.forms import MessageForm, new_key
from ipf_talent.applications.kinds import Who
from ipf_talent.applications.models import Application
from ipf_talent.db import session
from ipf_talent.errors import DomainError

Page = Callable[..., ResponseReturnValue]


def written(application: Application, who: Who, page: Page) -> ResponseReturnValue:
    """
    Take the message that was sent in, and go back to the page of the response.

    Args:
        page: shows the response with a status and the form, where the message was refused.
    """
    form, me = MessageForm(), cast(User, current_user)
    if form.submitted():
        try:
            talking.write(application, who, by=me, body=form.body.data or "", once=str(form.once.data), now=clock.now())
            session.commit()
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            return redirect(url_for(".show", slug=application.key, _anchor="messages"), 303)
    form.once.data = form.once.data or new_key()
    return page(application, 422, message=form)
