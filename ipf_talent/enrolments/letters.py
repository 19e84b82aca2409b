"""Mails about being a student of a school: to the student, and to the coordinators of the school. No free text in them."""

from ipf_talent.enrolments import queries
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.notifications import letters


def invitation(enrolment: Enrolment, language: str, secret: str) -> None:
    """Your school put you on a list: come and see."""
    values = {"name": enrolment.name, "school": enrolment.school.name}
    link: letters.Link = ("enrolments.invitation", {"token": secret})
    letters.write("student_invitation", to=enrolment.email, language=language, link=link, values=values)


def confirmed(enrolment: Enrolment) -> None:
    """Your school confirmed your programme and year."""
    student = enrolment.student
    if student is None:
        return
    values = {
        "name": student.display_name,
        "school": enrolment.school.name,
        "programme": enrolment.programme.title_nl,
        "year": enrolment.year,
    }
    letters.write("student_confirmed", to=student.email, language=student.language, link=("enrolments.mine", {}), values=values)


def noted(enrolment: Enrolment) -> None:
    """A student says that something is wrong; what, stands on the page alone."""
    for row in queries.coordinators_of(enrolment.school_id):
        values = {"name": row.display_name, "school": enrolment.school.name}
        letters.write("student_noted", to=row.email, language=row.language, link=("students.to_confirm", {}), values=values)
