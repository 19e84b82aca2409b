"""An independent check of a timetable: it shares no code with what makes one, and counts everything again by hand."""

from collections.abc import Iterable

from ipf_talent.cohorts.timetable.question import Company, Question, Student, Talk


def faults(question: Question, talks: Iterable[Talk]) -> list[str]:
    """What is wrong with a timetable, one sentence for each; nothing where it can be held as it stands."""
    listed = list(talks)
    found = ["a talk stands there twice"] if len(set(listed)) != len(listed) else []
    found += [f"the fixed talk {talk} is missing" for talk in sorted(question.fixed) if talk not in listed]
    for talk in listed:
        found += _unfit(question, talk)
    for student in question.students:
        found += _of_student(question, student, [talk for talk in listed if talk.student == student.code])
    for company in question.companies:
        found += _of_company(company, [talk for talk in listed if talk.company == company.code])
    return found


def _of_student(question: Question, student: Student, own: list[Talk]) -> list[str]:
    found = []
    if len(own) > question.most:
        found.append(f"{student.code} has {len(own)} talks, more than {question.most}")
    if len({talk.round for talk in own}) < len(own):
        found.append(f"{student.code} would be in two places at once")
    if len({talk.company for talk in own}) < len(own):
        found.append(f"{student.code} talks twice with the same company")
    return found


def _of_company(company: Company, own: list[Talk]) -> list[str]:
    found = []
    if company.talks is not None and len(own) > company.talks:
        found.append(f"{company.code} has {len(own)} talks, more than the {company.talks} it wants")
    busy = {number: sum(talk.round == number for talk in own) for number in sorted({talk.round for talk in own})}
    full = {number: talks for number, talks in busy.items() if talks > company.tables}
    found += [f"{company.code} has {talks} talks at {company.tables} tables in round {number}" for number, talks in full.items()]
    return found


def below(question: Question, talks: Iterable[Talk]) -> list[str]:
    """The students with fewer talks than were guaranteed, in order."""
    listed = list(talks)
    return sorted(
        student.code
        for student in question.students
        if sum(talk.student == student.code for talk in listed) < question.least
    )  # fmt: skip


def _unfit(question: Question, talk: Talk) -> list[str]:
    student = next((one for one in question.students if one.code == talk.student), None)
    company = next((one for one in question.companies if one.code == talk.company), None)
    if student is None or company is None:
        return [f"{talk}: nobody of that code"]
    found = []
    if talk.round < 1 or talk.round > question.rounds:
        found.append(f"{talk}: no such round")
    if talk.round in student.away:
        found.append(f"{talk}: the student is away")
    if talk.round in company.away:
        found.append(f"{talk}: the company is away")
    if talk.company not in student.interests and talk not in question.fixed:
        found.append(f"{talk}: they do not wish each other")
    return found
