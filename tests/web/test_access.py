"""Who may open what, over the whole URL map: the tables are written by hand and not derived from the views."""

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from ipf_talent import db
from ipf_talent.accounts.models import Invitation, Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications.models import Application, ApplicationMessage, Document
from ipf_talent.cohorts.board.models import Nudge
from ipf_talent.cohorts.days.kinds import DayStatus
from ipf_talent.cohorts.days.models import DayCompany, DayLock, DayRoom, DayStudent, DayTalk, DayWish, MatchDay
from ipf_talent.enrolments.models import ClassList, Enrolment, InternshipPeriod, SchoolClass
from ipf_talent.exchange.models import ImportRun
from ipf_talent.matching.kinds import CorrectionStatus
from ipf_talent.matching.models import Correction
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Establishment, Organisation, Recognition
from ipf_talent.programmes.listing_models import ProgrammeFollow
from ipf_talent.programmes.models import Intake, Offering, OpenDay, Programme, Progression
from ipf_talent.skills import queries as skills
from ipf_talent.vacancies import search
from ipf_talent.vacancies.filters import Alert
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.saved_models import Favourite, SavedSearch
from ipf_talent.web import access
from tests.factories.accounts import make_user
from tests.factories.applications import make_shown
from tests.factories.corrections import make_correction
from tests.factories.days import make_day, make_day_company, make_day_student
from tests.factories.enrolments import make_shown_class
from tests.factories.exchange import make_shown_import
from tests.factories.guidance import make_guided
from tests.factories.listings import make_shown_listing
from tests.factories.organisations import make_establishment, make_organisation, make_recognition, make_school
from tests.factories.placements import make_agreed
from tests.factories.rounds import make_shown_round
from tests.factories.vacancies import make_vacancy

PUBLIC = """
    home.index home.theme home.about home.help home.accessibility home.privacy home.sources health.healthz health.readyz static
    accounts.sign_up accounts.check_mail accounts.confirm accounts.sign_in accounts.forgot accounts.reset accounts.confirm_email
    people.invitation programmes.index programmes.show programmes.tracks programmes.track institutions.index institutions.show
    vacancies.index vacancies.show companies.index companies.show skills.index skills.show skills.occupations skills.occupation
    profiles.edit profiles.skills profiles.add_skill profiles.remove_skill profiles.suggest profiles.read_text profiles.wishes
    profiles.show profiles.forget matching.places matching.place matching.programmes matching.programme matching.report
    corrections.place corrections.programme pathways.index map.index plans.index plans.calendar plans.save plans.saved
    kept_plans.show
    kept_plans.rename kept_plans.remove kept_plans.share kept_plans.end_share kept_plans.shared kept_plans.export onward.programme
    demo.look_around demo.mail
    enrolments.invitation applications.how guests.show guests.act guests.sheet
    events.index events.show
    saved.index saved.keep saved.let_go saved.stop saved.atom
    placing.how placing.check
    placements.how
""".split()  # noqa: SIM905 a table to read
RULES = dict.fromkeys(PUBLIC, "public") | {
    **dict.fromkeys(("my_day.sign_up", "my_day.interest", "my_day.show", "my_day.leave", "my_day.outcome"), "may_take_part"),
    "my_day.calendar": "may_take_part",
    **dict.fromkeys(("company_day.sign_up", "company_day.leave", "company_day.show", "company_day.outcome"), "may_bring_company"),
    **dict.fromkeys(("office_day.index", "office_day.new"), "organises_days"),
    **dict.fromkeys(("office_day.show", "office_day.edit", "office_day.act", "office_day.rooms"), "organises"),
    **dict.fromkeys(("office_day.remove_room", "office_day.plan", "office_day.publish", "office_day.lock"), "organises"),
    **dict.fromkeys(("office_day.unlock", "office_day.company_leaves"), "organises"),
    **dict.fromkeys(("office_day.remove", "office_day.invite", "office_day.sheets"), "organises"),
    "home.dashboard": "is_signed_in",
    "accounts.settings": "is_signed_in",
    "accounts.sign_out": "is_signed_in",
    "account.details": "is_signed_in",
    "account.password": "is_signed_in",
    "account.email": "is_signed_in",
    "account.close": "is_signed_in",
    "people.register": "is_signed_in",
    "people.index": "looks_after_people",
    "people.show": "may_see_people",
    "people.remove": "may_see_people",
    "people.withdraw": "may_see_people",
    "people.pending": "is_platform_admin",
    "people.accept": "may_check",
    "people.refuse": "may_check",
    "company.show": "keeps_company",
    "company.about": "keeps_company",
    "company.add_address": "keeps_company",
    "company.change_address": "keeps_address",
    "company.remove_address": "keeps_company",
    "company.strike_skill": "keeps_company",
    "company.put_skill_back": "keeps_company",
    "recognitions.declare": "keeps_company",
    "recognitions.amend": "keeps_recognition",
    "recognitions.retract": "keeps_company",
    "recognitions.index": "checks_recognitions",
    "recognitions.decide": "may_decide",
    "companies.interest": "is_student",
    **dict.fromkeys(("exchange.index", "exchange.columns", "exchange.template"), "exchanges_listings"),
    **dict.fromkeys(("exchange.show", "exchange.progress", "exchange.faults", "exchange.discard"), "may_see_import"),
    "exchange.apply": "may_import",
    "exchange.release": "may_release",
    "exchange.export": "lists_programmes",
    "listings.index": "lists_programmes",
    "listings.new": "lists_programmes",
    "listed.checked": "lists_programmes",
    "listed.review": "reviews_listings",
    "listings.show": "may_see_listing",
    "listings.task": "manages_listing",
    "listed.preview": "may_see_listing",
    "listed.history": "may_see_listing",
    "listed.do": "may_see_listing",
    "listed.check": "manages_listing",
    "listed.remove": "manages_listing",
    "offerings.new": "manages_listing",
    "offerings.show": "manages_offering",
    "offerings.do": "may_move_offering",
    "offerings.remove": "manages_offering",
    "offerings.new_intake": "manages_offering",
    "offerings.intake": "manages_offering",
    "offerings.cancel_intake": "manages_offering",
    "offerings.restore_intake": "manages_offering",
    "open_days.new": "manages_listing",
    "open_days.show": "manages_listing",
    "open_days.remove": "manages_listing",
    "edges.index": "manages_listing",
    "edges.new": "manages_listing",
    "edges.show": "manages_edge",
    "edges.remove": "manages_edge",
    "following.index": "is_signed_in",
    "following.export": "is_signed_in",
    "following.follow": "is_signed_in",
    "following.unfollow": "is_signed_in",
    "posting.index": "offers_places",
    "posting.new": "offers_places",
    "posting.show": "manages",
    "posting.task": "manages",
    "posting.preview": "manages",
    "posted.publish": "manages",
    "posted.pause": "manages",
    "posted.resume": "manages",
    "posted.withdraw": "manages",
    "posted.close": "manages",
    "posted.extend": "manages",
    "posted.copy": "manages",
    "posted.template": "manages",
    "posted.remove": "manages",
    "posted.statistics": "manages",
    "posted.review": "reviews_places",
    "posted.look": "may_review",
    "posted.approve": "may_review",
    "posted.send_back": "may_review",
    "saved.export": "is_signed_in",
    "saved.save": "is_signed_in",
    "saved.change_alert": "keeps_search",
    "saved.remove": "keeps_search",
    "matching.check": "may_try",
    "corrections.index": "reads_corrections",
    "corrections.settle": "reads_corrections",
    "applications.index": "may_respond",
    "applications.respond": "may_respond",
    "applications.documents": "may_respond",
    "applications.export": "is_signed_in",
    "applications.show": "is_own",
    "applications.act": "is_own",
    "applications.accept": "is_own",
    "applications.message": "is_own",
    "applications.cv": "is_own",
    "applications.cv_file": "is_own",
    "reports.new": "is_own",
    "received.index": "handles_responses",
    "received.show": "may_handle",
    "received.act": "may_handle",
    "received.message": "may_handle",
    "received.cv": "may_handle",
    "school_wishes.index": "places_students",
    "school_wishes.act": "may_place",
    "reports.index": "is_platform_admin",
    "reports.handle": "is_platform_admin",
    **dict.fromkeys(("enrolments.mine", "enrolments.export"), "is_signed_in"),
    **dict.fromkeys(("classes.index", "classes.new", "classes.send", "classes.template"), "coordinates"),
    **dict.fromkeys(
        ("classes.show", "classes.edit", "classes.remove", "classes.look", "classes.apply", "classes.refused"), "may_coordinate"
    ),
    **dict.fromkeys(("periods.index", "periods.new", "students.to_confirm"), "coordinates"),
    **dict.fromkeys(("periods.show", "periods.remove", "students.show", "students.act"), "may_coordinate"),
    **dict.fromkeys(("board.index", "board.export", "board.nudge"), "coordinates"),
    "placements.export": "is_signed_in",
    "placements.index": "works_with_placements",
    "placements.show": "may_see",
    "placements.act": "may_guide",
    "placements.check": "may_manage",
    "placements.contract": "may_manage",
    "placements.decide": "may_manage",
    "placements.rules": "may_set_rules",
    "placement_edit.data": "may_manage",
    "placement_edit.agreement": "may_manage",
    "placement_edit.change": "may_manage",
    "placement_edit.preview": "may_manage",
    "placement_edit.preview_pdf": "may_manage",
    "placement_signing.signed": "may_manage",
    "placement_signing.ask": "may_manage",
    "placement_signing.end": "may_manage",
    "placement_signing.scan": "may_see_scan",
    "agreements.show": "may_read_agreement",
    "agreements.download": "may_read_sheet",
    "agreements.earlier": "may_read_sheet",
    "agreements.sign": "may_read_agreement",
    "agreements.answer": "may_read_agreement",
    "agreements.note": "may_manage",
    "my_placement.index": "has_placements",
    "my_placement.show": "is_own",
    "my_placement.cancel": "is_own",
    "my_placement.assignment": "is_own",
    "company_placements.index": "receives_placements",
    "company_placements.show": "may_follow",
    "company_placements.cancel": "may_act_for_company",
    "company_placements.assignment": "may_act_for_company",
    "hours.week": "is_own",
    "hours.enter": "is_own",
    "hours.tell": "is_own",
    "own_guidance.show": "is_own",
    "own_guidance.moment": "is_own",
    "own_guidance.outcome": "is_own",
    "company_guidance.index": "receives_placements",
    "company_guidance.approve": "receives_placements",
    "company_guidance.send_back": "receives_placements",
    "company_guidance.show": "may_look_after",
    "company_guidance.outcome": "may_look_after",
    "company_guidance.moment": "may_look_after",
    "company_guidance.advise": "may_look_after",
    "school_guidance.index": "works_with_placements",
    "school_guidance.show": "may_see",
    "school_guidance.plan": "may_see",
    "school_guidance.note": "may_see",
    "school_guidance.decide": "may_see",
    "school_guidance.ask": "may_see",
    "school_guidance.link": "may_see",
    "school_guidance.revoke": "may_see",
    "replacements.index": "places_students",
    "replacements.finish": "may_find_place",
    "replacements.propose": "may_find_place",
    "records.school": "places_students",
    "records.company": "receives_placements",
    "rounds.index": "runs_rounds",
    "rounds.new": "runs_rounds",
    "rounds.show": "may_run",
    "rounds.settings": "may_run",
    "rounds.places": "may_run",
    "rounds.act": "may_run",
    "rounds.trial": "may_run",
    "rounds.locks": "may_run",
    "rounds.unlock": "may_run",
    "rounds.download": "may_run",
    "my_rounds.index": "is_signed_in",
    "my_rounds.export": "is_signed_in",
    "my_rounds.show": "takes_part",
    "my_rounds.wishes": "takes_part",
    "my_rounds.learning": "takes_part",
    "my_rounds.answer": "takes_part",
    "priorities.index": "says_priorities",
    "priorities.show": "may_say",
}
"""The rule beside each view; a new view fails the test until it stands here too."""

SIGNED_IN = frozenset({"student", "manager", "stranger", "coordinator", "cluster", "admin"})
EVENT_STUDENT = ("/events/ours/sign-up", "/events/ours/interest", "/events/ours/mine", "/events/ours/mine/calendar")
IMPORT = ("/listings/import", "/listings/import/columns", "/listings/import/template.csv", "/listings/import/template.xlsx")
IMPORT_OURS = tuple(f"/listings/import/ours{way}" for way in ("", "/progress", "/faults.csv", "/faults.xlsx"))
OPEN_TO = {
    **dict.fromkeys((*IMPORT, *IMPORT_OURS), frozenset({"coordinator", "admin"})),
    "/listings/export": frozenset({"coordinator"}),
    **dict.fromkeys(("/my-school", "/my-school.json"), SIGNED_IN),
    **dict.fromkeys(("/classes", "/classes/new", "/classes/1", "/classes/1/edit"), frozenset({"coordinator"})),
    **dict.fromkeys(
        ("/classes/import", "/classes/import/template.csv", "/classes/import/ours", "/classes/import/ours/refused.csv"),
        frozenset({"coordinator"}),
    ),
    **dict.fromkeys(("/board", "/board.csv", "/students/confirm", "/students/ours"), frozenset({"coordinator"})),
    **dict.fromkeys(("/periods", "/periods/new", "/periods/ours"), frozenset({"coordinator"})),
    **dict.fromkeys(EVENT_STUDENT, frozenset({"student"})),
    "/events/ours/company": frozenset({"manager", "stranger"}),
    "/events/ours/tables": frozenset({"manager"}),
    **dict.fromkeys(("/events/office", "/events/new", "/events/ours/office", "/events/ours/change"), frozenset({"cluster"})),
    "/events/ours/sheets": frozenset({"cluster"}),
    "/start": SIGNED_IN,
    "/account": SIGNED_IN,
    "/account/details": SIGNED_IN,
    "/account/password": SIGNED_IN,
    "/account/email": SIGNED_IN,
    "/account/close": SIGNED_IN,
    "/organisations/new": SIGNED_IN,
    "/organisation/people": frozenset({"manager", "stranger", "coordinator"}),
    "/organisation/ours/people": frozenset({"manager", "admin"}),
    "/organisations/pending": frozenset({"admin"}),
    "/match/places/ours/check": frozenset({"manager", "cluster"}),
    "/listings": frozenset({"coordinator"}),
    "/listings/new": frozenset({"coordinator"}),
    "/listings/review": frozenset({"coordinator", "admin"}),
    "/listings/ours": frozenset({"coordinator", "admin"}),
    "/listings/ours/task/text": frozenset({"coordinator"}),
    "/listings/ours/preview": frozenset({"coordinator", "admin"}),
    "/listings/ours/history": frozenset({"coordinator", "admin"}),
    "/listings/ours/offerings/new": frozenset({"coordinator"}),
    "/listings/ours/offerings/1": frozenset({"coordinator"}),
    "/listings/ours/offerings/1/intakes/new": frozenset({"coordinator"}),
    "/listings/ours/offerings/1/intakes/1": frozenset({"coordinator"}),
    "/listings/ours/open-days/new": frozenset({"coordinator"}),
    "/listings/ours/open-days/1": frozenset({"coordinator"}),
    "/listings/ours/edges": frozenset({"coordinator"}),
    "/listings/ours/edges/new": frozenset({"coordinator"}),
    "/listings/ours/edges/own": frozenset({"coordinator"}),
    "/following": SIGNED_IN,
    "/following/export": SIGNED_IN,
    "/posting": frozenset({"manager", "stranger"}),
    "/posting/new": frozenset({"manager", "stranger"}),
    "/posting/ours": frozenset({"manager"}),
    "/posting/ours/task/text": frozenset({"manager"}),
    "/posting/ours/preview": frozenset({"manager"}),
    "/posting/ours/statistics": frozenset({"manager"}),
    "/posting/review": frozenset({"admin"}),
    "/posting/waits/review": frozenset({"admin"}),
    "/organisation/ours": frozenset({"manager"}),
    "/organisation/ours/about": frozenset({"manager"}),
    "/organisation/ours/addresses/new": frozenset({"manager"}),
    "/organisation/ours/addresses/1": frozenset({"manager"}),
    "/organisation/ours/recognitions/new": frozenset({"manager"}),
    "/organisation/ours/recognitions/1": frozenset({"manager"}),
    "/recognitions": frozenset({"coordinator", "admin"}),
    "/recognitions/1": frozenset({"coordinator", "admin"}),
    "/companies/ours/interest": frozenset({"student"}),
    "/corrections": frozenset({"manager", "stranger", "coordinator", "cluster"}),
    "/responses": frozenset({"student"}),
    "/responses/documents": frozenset({"student"}),
    "/responses.json": SIGNED_IN,
    "/vacancies/ours/respond": frozenset({"student"}),
    "/responses/ours": frozenset({"student"}),
    "/responses/ours/accept": frozenset({"student"}),
    "/responses/ours/report": frozenset({"student"}),
    "/received": frozenset({"manager", "stranger"}),
    "/received/ours": frozenset({"manager"}),
    "/responses/ours/cv/file": frozenset({"student"}),
    "/received/ours/cv": frozenset({"manager"}),
    "/wishes": frozenset({"coordinator"}),
    "/reports": frozenset({"admin"}),
    "/saved/export": SIGNED_IN,
    "/rounds": frozenset({"coordinator"}),
    "/rounds/new": frozenset({"coordinator"}),
    "/rounds/ours": frozenset({"coordinator"}),
    "/rounds/ours/settings": frozenset({"coordinator"}),
    "/rounds/ours/places": frozenset({"coordinator"}),
    "/rounds/ours/trial": frozenset({"coordinator"}),
    "/rounds/ours/locks": frozenset({"coordinator"}),
    "/rounds/ours/certificate.json": frozenset({"coordinator"}),
    "/my-rounds": SIGNED_IN,
    "/my-rounds.json": SIGNED_IN,
    "/my-rounds/ours": frozenset({"student"}),
    "/placing/places": frozenset({"manager", "stranger"}),
    "/placing/places/ours": frozenset({"manager"}),
    "/placements.json": SIGNED_IN,
    "/placements": frozenset({"coordinator"}),
    "/placements/guided": frozenset({"coordinator"}),
    "/placements/guided/data": frozenset({"coordinator"}),
    "/placements/rules/ours": frozenset(),
    "/placements/scans/1": frozenset({"coordinator"}),
    "/agreements/guided": frozenset({"coordinator", "student", "manager"}),
    "/agreements/guided/1.pdf": frozenset({"coordinator", "student", "manager"}),
    "/agreements/guided/1/1.pdf": frozenset({"coordinator", "student", "manager"}),
    "/placements/guided/agreement/preview": frozenset(),
    "/placements/guided/agreement/preview.pdf": frozenset(),
    "/my-placement": frozenset({"student"}),
    "/my-placement/guided": frozenset({"student"}),
    "/received/placements": frozenset({"manager", "stranger"}),
    "/received/placements/guided": frozenset({"manager"}),
    "/my-placement/guided/hours": frozenset({"student"}),
    "/my-placement/guided/guidance": frozenset({"student"}),
    "/received/hours": frozenset({"manager", "stranger"}),
    "/received/weeks": frozenset({"manager", "stranger"}),
    "/received/placements/guided/guidance": frozenset({"manager"}),
    "/received/placements/guided/advice": frozenset({"manager"}),
    "/guidance": frozenset({"coordinator"}),
    "/placements/record": frozenset({"coordinator"}),
    "/placements/guided/guidance": frozenset({"coordinator"}),
    "/replacements": frozenset({"coordinator"}),
}
"""Who gets an answer on a page; `manager` looks after the organisation `ours`, `stranger` after another company."""

HIDDEN = {
    *IMPORT_OURS, *(f"/listings/import/ours/{deed}" for deed in ("apply", "release", "discard")),
    "/classes/1", "/classes/1/edit", "/classes/import/ours", "/classes/import/ours/refused.csv", "/periods/ours", "/students/ours",
    *EVENT_STUDENT, "/events/ours/company", "/events/ours/tables",
    "/placements/guided", "/placements/guided/data", "/placements/rules/ours", "/placements/scans/1", "/agreements/guided",
    "/agreements/guided/1/1.pdf", "/placements/guided/agreement/preview", "/placements/guided/agreement/preview.pdf",
    "/agreements/guided/1.pdf", "/my-placement/guided", "/received/placements/guided",
    "/my-placement/guided/hours", "/my-placement/guided/guidance", "/received/placements/guided/guidance",
    "/received/placements/guided/advice", "/placements/guided/guidance",
    "/listings/ours", "/listings/ours/task/text", "/listings/ours/preview", "/listings/ours/history",
    "/listings/ours/offerings/new", "/listings/ours/offerings/1", "/listings/ours/offerings/1/intakes/new",
    "/listings/ours/offerings/1/intakes/1", "/listings/ours/open-days/new", "/listings/ours/open-days/1",
    "/listings/ours/edges", "/listings/ours/edges/new", "/listings/ours/edges/own",
    "/rounds/ours", "/rounds/ours/settings", "/rounds/ours/places", "/rounds/ours/trial", "/rounds/ours/locks",
    "/rounds/ours/certificate.json", "/my-rounds/ours", "/placing/places/ours",
    "/responses/ours", "/responses/ours/accept", "/responses/ours/report", "/responses/ours/cv/file", "/received/ours",
    "/received/ours/cv",
    "/posting/ours", "/posting/ours/task/text", "/posting/ours/preview", "/posting/ours/statistics", "/posting/waits/review",
    "/organisation/ours/people", "/match/places/ours/check", "/organisation/ours", "/organisation/ours/about",
    "/organisation/ours/addresses/new", "/organisation/ours/addresses/1", "/organisation/ours/recognitions/new",
    "/organisation/ours/recognitions/1", "/recognitions/1",
}  # fmt: skip
"""Where the refusal must not even tell that the thing exists."""

DEEDS = {
    "/listings/import": frozenset({"coordinator", "admin"}),
    "/listings/import/ours/apply": frozenset({"coordinator"}),
    **dict.fromkeys(("/listings/import/ours/release", "/listings/import/ours/discard"), frozenset({"coordinator", "admin"})),
    "/my-school": SIGNED_IN,
    **dict.fromkeys(("/classes/new", "/classes/1/edit", "/classes/1/remove", "/classes/import"), frozenset({"coordinator"})),
    **dict.fromkeys(("/periods/new", "/periods/ours", "/periods/ours/remove"), frozenset({"coordinator"})),
    "/classes/import/ours/apply": frozenset({"coordinator"}),
    **dict.fromkeys(("/students/confirm", "/students/ours", "/students/ours/act", "/board/nudge"), frozenset({"coordinator"})),
    **dict.fromkeys(("/events/ours/sign-up", "/events/ours/interest", "/events/ours/mine/leave"), frozenset({"student"})),
    "/events/ours/mine/outcome": frozenset({"student"}),
    "/events/ours/company": frozenset({"manager", "stranger"}),
    **dict.fromkeys(("/events/ours/company/leave", "/events/ours/tables/outcome"), frozenset({"manager"})),
    **dict.fromkeys(("/events/new", "/events/ours/change", "/events/ours/act", "/events/ours/rooms"), frozenset({"cluster"})),
    **dict.fromkeys(("/events/ours/rooms/remove", "/events/ours/plan", "/events/ours/publish"), frozenset({"cluster"})),
    **dict.fromkeys(("/events/ours/remove", "/events/ours/invite"), frozenset({"cluster"})),
    **dict.fromkeys(("/events/ours/locks", "/events/ours/locks/remove", "/events/ours/companies/leave"), frozenset({"cluster"})),
    "/my-placement/guided/hours": frozenset({"student"}),
    "/my-placement/guided/cancel": frozenset({"student"}),
    "/my-placement/guided/assignment": frozenset({"student"}),
    "/received/placements/guided/cancel": frozenset({"manager"}),
    "/received/placements/guided/assignment": frozenset({"manager"}),
    "/agreements/guided/sign": frozenset({"coordinator", "student", "manager"}),
    "/agreements/guided/answer": frozenset({"coordinator", "student", "manager"}),
    "/agreements/guided/note": frozenset({"coordinator"}),
    "/placements/guided/signed/ask": frozenset({"coordinator"}),
    "/placements/guided/signed/end": frozenset({"coordinator"}),
    "/placements/guided/act": frozenset({"coordinator"}),
    "/placements/guided/check": frozenset({"coordinator"}),
    "/placements/guided/contract": frozenset({"coordinator"}),
    "/placements/guided/assignment": frozenset({"coordinator"}),
    "/placements/guided/data": frozenset({"coordinator"}),
    "/placements/guided/agreement": frozenset({"coordinator"}),
    "/placements/guided/change": frozenset({"coordinator"}),
    "/placements/guided/signed": frozenset({"coordinator"}),
    "/placements/rules/ours": frozenset(),
    "/my-placement/guided/hours/tell": frozenset({"student"}),
    "/my-placement/guided/guidance/moment": frozenset({"student"}),
    "/my-placement/guided/guidance/outcome": frozenset({"student"}),
    "/received/hours": frozenset({"manager", "stranger"}),
    "/received/hours/return": frozenset({"manager", "stranger"}),
    "/received/placements/guided/guidance/moment": frozenset({"manager"}),
    "/received/placements/guided/guidance/outcome": frozenset({"manager"}),
    "/received/placements/guided/advice": frozenset({"manager"}),
    "/placements/guided/guidance/day": frozenset({"coordinator"}),
    "/placements/guided/guidance/note": frozenset({"coordinator"}),
    "/placements/guided/guidance/decide": frozenset({"coordinator"}),
    "/placements/guided/guidance/ask": frozenset({"coordinator"}),
    "/placements/guided/guidance/link": frozenset({"coordinator"}),
    "/placements/guided/guidance/revoke": frozenset({"coordinator"}),
    "/replacements/1/finish": frozenset({"coordinator"}),
    "/replacements/1/propose": frozenset({"coordinator"}),
    "/listings/new": frozenset({"coordinator"}),
    "/listings/checked": frozenset({"coordinator"}),
    "/listings/ours/task/text": frozenset({"coordinator"}),
    "/listings/ours/do/submit": frozenset({"coordinator", "admin"}),
    "/listings/ours/checked": frozenset({"coordinator"}),
    "/listings/ours/remove": frozenset({"coordinator"}),
    "/listings/ours/offerings/new": frozenset({"coordinator"}),
    "/listings/ours/offerings/1": frozenset({"coordinator"}),
    "/listings/ours/offerings/1/do/submit": frozenset({"coordinator", "admin"}),
    "/listings/ours/offerings/1/remove": frozenset({"coordinator"}),
    "/listings/ours/offerings/1/intakes/new": frozenset({"coordinator"}),
    "/listings/ours/offerings/1/intakes/1": frozenset({"coordinator"}),
    "/listings/ours/offerings/1/intakes/1/cancel": frozenset({"coordinator"}),
    "/listings/ours/offerings/1/intakes/1/restore": frozenset({"coordinator"}),
    "/listings/ours/open-days/new": frozenset({"coordinator"}),
    "/listings/ours/open-days/1": frozenset({"coordinator"}),
    "/listings/ours/open-days/1/remove": frozenset({"coordinator"}),
    "/listings/ours/edges/new": frozenset({"coordinator"}),
    "/listings/ours/edges/own": frozenset({"coordinator"}),
    "/listings/ours/edges/own/remove": frozenset({"coordinator"}),
    "/programmes/ours/follow": SIGNED_IN,
    "/programmes/ours/unfollow": SIGNED_IN,
    "/responses/ours/act": frozenset({"student"}),
    "/responses/ours/message": frozenset({"student"}),
    "/responses/ours/cv": frozenset({"student"}),
    "/received/ours/act": frozenset({"manager"}),
    "/received/ours/message": frozenset({"manager"}),
    "/wishes/ours/act": frozenset(),
    "/reports/handle": frozenset({"admin"}),
    "/organisation/ours/people": frozenset({"manager", "admin"}),
    "/organisation/ours/people/remove": frozenset({"manager", "admin"}),
    "/organisation/ours/people/withdraw": frozenset({"manager", "admin"}),
    "/organisations/ours/accept": frozenset({"admin"}),
    "/organisations/ours/refuse": frozenset({"admin"}),
    "/corrections/settle": frozenset({"manager", "cluster"}),
    "/posting/new": frozenset({"manager", "stranger"}),
    "/posting/ours/task/text": frozenset({"manager"}),
    "/posting/ours/publish": frozenset({"manager"}),
    "/posting/ours/pause": frozenset({"manager"}),
    "/posting/ours/resume": frozenset({"manager"}),
    "/posting/ours/withdraw": frozenset({"manager"}),
    "/posting/ours/close": frozenset({"manager"}),
    "/posting/ours/extend": frozenset({"manager"}),
    "/posting/ours/copy": frozenset({"manager"}),
    "/posting/ours/template": frozenset({"manager"}),
    "/posting/ours/remove": frozenset({"manager"}),
    "/posting/waits/approve": frozenset({"admin"}),
    "/posting/waits/return": frozenset({"admin"}),
    "/organisation/ours/about": frozenset({"manager"}),
    "/organisation/ours/addresses/new": frozenset({"manager"}),
    "/organisation/ours/addresses/1": frozenset({"manager"}),
    "/organisation/ours/addresses/remove": frozenset({"manager"}),
    "/organisation/ours/skills/strike": frozenset({"manager"}),
    "/organisation/ours/skills/put-back": frozenset({"manager"}),
    "/organisation/ours/recognitions/new": frozenset({"manager"}),
    "/organisation/ours/recognitions/1": frozenset({"manager"}),
    "/organisation/ours/recognitions/retract": frozenset({"manager"}),
    "/recognitions/1": frozenset({"coordinator", "admin"}),
    "/companies/ours/interest": frozenset({"student"}),
    "/saved/searches": SIGNED_IN,
    "/saved/searches/ours/alert": frozenset({"student"}),
    "/saved/searches/ours/remove": frozenset({"student"}),
    "/rounds/new": frozenset({"coordinator"}),
    "/rounds/ours/act": frozenset({"coordinator"}),
    "/rounds/ours/settings": frozenset({"coordinator"}),
    "/rounds/ours/places": frozenset({"coordinator"}),
    "/rounds/ours/locks": frozenset({"coordinator"}),
    "/rounds/ours/unlock": frozenset({"coordinator"}),
    "/my-rounds/ours/wishes": frozenset({"student"}),
    "/my-rounds/ours/learning": frozenset({"student"}),
    "/my-rounds/ours/answer": frozenset({"student"}),
    "/placing/places/ours": frozenset({"manager"}),
}


CHANGING = [
    "/saved/places/ours/keep",
    "/saved/places/ours/let-go",
    "/sign-out",
    "/sign-in",
    "/sign-up",
    "/profile",
    "/profile/skills/add",
    "/match/places/ours/wrong",
    "/plan/keep?from=mbo_4&goal=possible",
    "/plan/kept/0123456789ab/name",
    "/plan/kept/0123456789ab/remove",
    "/plan/kept/0123456789ab/share",
    "/plan/kept/0123456789ab/end-share",
    "/theme",
    "/demo/student",
]


def _pass_number_one(session, *tables):
    """On PostgreSQL a number given by hand does not count; what is made afterwards must not get the same one."""
    if session.get_bind().dialect.name == "postgresql":
        for table in tables:
            session.execute(select(func.nextval(f"{table}_id_seq")))


SAME_ON_EVERY_DATABASE = True
"""Doors are code: a second database need not knock on two thousand of them again."""


@dataclass(frozen=True)
class Somebody:
    """Who signs in, known by what a session remembers; the row itself is another one in each test."""

    known_as: str

    def get_id(self):
        return self.known_as


@pytest.fixture(scope="module")
def crowd(application, empty_engine):
    """A connection on which the people stand, made once for all tests of this file."""
    with empty_engine.connect() as connection:
        outer = connection.begin()
        use(connection)
        people = {name: Somebody(user.get_id()) for name, user in settle(application, db.session).items()}
        db.session.remove()
        yield connection, people
        db.session.remove()
        outer.rollback()
        db.session.configure(bind=empty_engine, join_transaction_mode="conditional_savepoint")


def use(connection):
    db.session.remove()
    db.session.configure(bind=connection, join_transaction_mode="create_savepoint")


@pytest.fixture
def session(crowd):
    """The session where these people are; whatever a test commits is gone after it."""
    connection, _people = crowd
    skills.forget()
    search.forget()
    use(connection)
    inner = connection.begin_nested()
    yield db.session
    db.session.remove()
    inner.rollback()


@pytest.fixture
def people(crowd):
    """One person of each kind, by name."""
    return crowd[1]


def settle(app, session):
    """One person of each kind; the organisation `ours` with a place and what was said of it, and another of the same kind."""
    ours, theirs = make_organisation(slug="ours"), make_organisation(slug="theirs")
    make_establishment(ours, id=1)
    make_user(Role.WORKPLACE_TRAINER, ours)
    make_vacancy(slug="ours", company=ours)
    make_vacancy(slug="waits", company=ours, status=VacancyStatus.IN_REVIEW)
    make_correction(ours, id=1)
    make_recognition(ours, id=1)
    _pass_number_one(session, "establishment", "match_correction", "recognition")
    student = make_user(Role.STUDENT)
    with app.test_request_context():
        make_shown(student, make_vacancy(slug="answered", company=ours), key="ours")
    day = make_day(slug="ours", status=DayStatus.PUBLISHED)
    make_day_company(day, ours)
    make_day_student(day, student)
    session.add(SavedSearch(key="ours", user_id=student.id, name="robot", query="q=robot", alert=Alert.DAILY, language="en"))
    session.commit()
    coordinator = make_user(Role.COORDINATOR, make_school())
    make_shown_listing(coordinator, slug="ours")
    make_shown_class(coordinator.memberships[0].organisation)
    make_shown_import(coordinator.memberships[0].organisation)
    with app.test_request_context():
        make_shown_round(coordinator.memberships[0].organisation, student, key="ours")
        make_agreed(make_guided(student, ours, coordinator.memberships[0].organisation, key="guided"))
    return {
        "student": student,
        "manager": make_user(Role.COMPANY_MANAGER, ours),
        "stranger": make_user(Role.COMPANY_MANAGER, theirs),
        "coordinator": coordinator,
        "cluster": make_user(Role.CLUSTER_OFFICE),
        "admin": make_user(Role.PLATFORM_ADMIN),
    }


def token(client):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]


def rows(session):
    tables = (User, Membership, Invitation, Organisation, Establishment, Recognition, ApplicationMessage, Document)
    tables = (*tables, SavedSearch, Favourite, Programme, Offering, Intake, OpenDay, Progression, ProgrammeFollow)
    tables = (*tables, InternshipPeriod, SchoolClass, Enrolment, ClassList, Nudge)
    tables = (*tables, ImportRun)
    tables = (*tables, MatchDay, DayRoom, DayCompany, DayStudent, DayWish, DayLock, DayTalk)
    waiting = select(func.count()).where(Correction.status == CorrectionStatus.OPEN)
    places = session.execute(select(Vacancy.slug, Vacancy.status, Vacancy.version).order_by(Vacancy.id)).all()
    told = session.execute(select(Application.key, Application.state).order_by(Application.id)).all()
    counts = [session.scalar(select(func.count()).select_from(table)) for table in tables]
    alerts = session.scalars(select(SavedSearch.alert).order_by(SavedSearch.id)).all()
    return [*counts, session.scalar(waiting), *places, *told, *alerts]


def test_every_view_says_who_may_use_it_and_the_table_knows_each(app):
    said = {rule.endpoint: getattr(app.view_functions[rule.endpoint], "access", None) for rule in app.url_map.iter_rules()}
    assert said == RULES


def test_a_silent_view_does_not_start_the_application(app):
    app.view_functions["silent"] = lambda: ""
    try:
        with pytest.raises(RuntimeError, match="silent"):
            access.refuse_silent_views(app)
    finally:
        del app.view_functions["silent"]


def addressed(path):
    """The rule of an address."""
    named = (
        re.sub(r"\b(ours|guided)\b", "<slug:slug>", path).replace("waits", "<slug:slug>").replace("/task/text", "/task/<slug:task>")
    )
    named = named.replace("/intakes/1", "/intakes/<number:intake>").replace("/do/submit", "/do/<slug:deed>")
    named = named.replace("/edges/own", "/edges/<slug:name>").replace("/1/1.pdf", "/<number:agreement>/1.pdf")
    return named.replace("/1", "/<number:number>")


def test_the_table_of_pages_names_every_guarded_page(app):
    guarded = {rule.rule for rule in app.url_map.iter_rules() if RULES[rule.endpoint] != "public"}
    named = {addressed(path) for path in {**OPEN_TO, **DEEDS}}
    assert guarded - named == {"/sign-out"}


@pytest.mark.parametrize("path", OPEN_TO)
def test_a_guest_is_asked_to_sign_in_and_comes_back(client, people, path):
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.location == f"/sign-in?next={path}"


@pytest.mark.parametrize("who", sorted(SIGNED_IN))
@pytest.mark.parametrize("path", OPEN_TO)
def test_a_page_opens_for_whom_it_is_meant(client, people, sign_in, who, path):
    sign_in(client, people[who])
    status = client.get(path).status_code
    assert status == (200 if who in OPEN_TO[path] else 404 if path in HIDDEN else 403)


@pytest.mark.parametrize(("path", "who"), [(path, who) for path in DEEDS for who in sorted(SIGNED_IN - DEEDS[path])])
def test_a_deed_that_is_not_ones_own_is_refused_and_changes_nothing(client, people, sign_in, session, who, path):
    sign_in(client, people[who])
    before = rows(session)
    answer = client.post(path, data={"csrf_token": token(client), "number": "1", "email": "x@y.example", "role": "signer"})
    assert answer.status_code in (403, 404)
    assert rows(session) == before


@pytest.mark.parametrize("path", [*DEEDS, "/sign-out"])
def test_a_guest_does_no_deed(client, people, session, path):
    before = rows(session)
    answer = client.post(path, data={"csrf_token": token(client)})
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")
    assert rows(session) == before


@pytest.mark.parametrize("path", [*DEEDS, *CHANGING])
def test_nothing_changes_without_a_token(client, people, sign_in, session, path):
    sign_in(client, people["admin"])
    before = rows(session)
    assert client.post(path, data={"number": "1", "slug": "cad", "point": "mbo_4"}).status_code == 400
    assert rows(session) == before


def test_an_organisation_that_was_not_checked_is_seen_by_nobody_but_its_own(client, people, sign_in, session):
    make_organisation(slug="unchecked", name="Nog niet bekeken", verified_at=None)
    make_school(slug="unchecked-school", name="Nog niet bekeken", verified_at=None, kind=OrganisationKind.SCHOOL)
    for path in ("/companies/unchecked", "/institutions/unchecked-school"):
        assert client.get(path).status_code == 404
    for path in ("/companies", "/institutions"):
        assert "Nog niet bekeken" not in client.get(path).text
