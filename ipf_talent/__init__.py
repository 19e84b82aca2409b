"""IPF Talent: routes through education, places at high-tech companies, and why they fit."""

from importlib import import_module
from pathlib import Path
from typing import Any, cast

from flask import Flask, g, request
from flask_compress import Compress
from flask_wtf import CSRFProtect
from sqlalchemy.exc import OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from ipf_talent import db, i18n, jobs
from ipf_talent.accounts import sessions
from ipf_talent.web import access, converters, headers, logs, problems, templating

PAGES = (
    "home.routes",
    "home.health",
    "accounts.routes",
    "accounts.settings_routes",
    "accounts.people_routes",
    "programmes.routes",
    "programmes.institution_routes",
    "programmes.listing_routes",
    "programmes.listed_routes",
    "programmes.offering_routes",
    "programmes.open_day_routes",
    "programmes.edge_routes",
    "programmes.follow_routes",
    "vacancies.routes",
    "vacancies.company_routes",
    "vacancies.company_manage_routes",
    "vacancies.company_recognition_routes",
    "vacancies.posting_routes",
    "vacancies.posted_routes",
    "vacancies.skill_routes",
    "vacancies.saved_routes",
    "profiles.routes",
    "matching.routes",
    "matching.correction_routes",
    "pathways.routes",
    "pathways.map.routes",
    "pathways.plan_routes",
    "pathways.kept_routes",
    "pathways.onward_routes",
    "applications.routes",
    "applications.received_routes",
    "applications.school_routes",
    "applications.report_routes",
    "cohorts.rounds.routes",
    "cohorts.rounds.my_routes",
    "cohorts.rounds.priority_routes",
    "cohorts.rounds.certificate_routes",
    "enrolments.routes",
    "enrolments.class_routes",
    "enrolments.student_routes",
    "enrolments.period_routes",
    "cohorts.board.routes",
    "placements.routes",
    "placements.edit_routes",
    "placements.agreement_routes",
    "placements.signing_routes",
    "placements.own_routes",
    "placements.company_placement_routes",
    "placements.guidance.hours_routes",
    "placements.guidance.own_routes",
    "placements.guidance.company_routes",
    "placements.guidance.school_routes",
    "placements.guidance.replacement_routes",
    "placements.guidance.guest_routes",
    "placements.guidance.record_routes",
    "cohorts.days.routes",
    "cohorts.days.student_routes",
    "cohorts.days.company_routes",
    "cohorts.days.office_routes",
    "exchange.routes",
    "demo.routes",
)
COMMANDS = (
    "home.cli",
    "accounts.cli",
    "skills.cli",
    "matching.cli",
    "notifications.cli",
    "applications.cli",
    "placements.cli",
    "cohorts.cli",
    "demo.cli",
)
JOBS = (
    "notifications.jobs",
    "programmes.jobs",
    "vacancies.jobs",
    "matching.jobs",
    "pathways.jobs",
    "applications.jobs",
    "enrolments.jobs",
    "cohorts.board.jobs",
    "placements.jobs",
    "placements.guidance.jobs",
    "cohorts.days.jobs",
    "cohorts.rounds.jobs",
    "exchange.jobs",
)
MODELS = (
    "organisations",
    "accounts",
    "notifications",
    "skills",
    "programmes",
    "vacancies",
    "profiles",
    "matching",
    "pathways",
    "applications",
    "enrolments",
    "placements",
)
ROOT = Path(config.ROOT)


def every_model() -> None:
    """Make every table known to the metadata."""
    for name in MODELS:
        import_module(f"ipf_talent.{name}.models")
    import_module("ipf_talent.programmes.listing_models")
    import_module("ipf_talent.exchange.models")
    import_module("ipf_talent.vacancies.company_models")
    import_module("ipf_talent.vacancies.saved_models")
    import_module("ipf_talent.placements.guidance.models")
    import_module("ipf_talent.cohorts.board.models")
    import_module("ipf_talent.cohorts.days.models")
    import_module("ipf_talent.cohorts.rounds.models")


def create_app(settings: type = config.Default, **overrides: Any) -> Flask:
    """
    Put all parts together.

    Args:
        settings: a class of `config`; `IPF_…` variables of the environment go above it, `overrides` above both.

    Raises:
        ConfigError: a setting is missing or unsafe.
    """
    app = Flask("ipf_talent", root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.config.from_object(settings)
    if not app.config["TESTING"]:
        app.config.from_prefixed_env("IPF")
    app.config.update(overrides)
    config.settle(app.config)
    if app.config["PROXIES"]:
        hops = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    every_model()
    _open_database(app)
    converters.init(app)
    logs.init(app)
    headers.init(app)
    _begin_writes(app)
    i18n.init(app)
    CSRFProtect(app)
    Compress(app)
    sessions.init(app)
    problems.init(app)
    templating.init(app)
    jobs.init(app)
    _register(app)
    access.public(cast(access.View, app.view_functions["static"]))
    access.refuse_silent_views(app)
    return app


def _open_database(app: Flask) -> None:
    url = app.config["DATABASE_URL"]
    if url.startswith("sqlite"):
        Path(app.config["INSTANCE"]).mkdir(parents=True, exist_ok=True)
    if engine := app.config.get("DATABASE_ENGINE"):
        app.extensions["database"] = engine
    else:
        app.extensions["database"] = db.connect(url)
        db.session.remove()
        db.session.configure(bind=app.extensions["database"])

    @app.teardown_appcontext
    def close_session(_error: BaseException | None) -> None:
        db.session.remove()


def _begin_writes(app: Flask) -> None:
    @app.before_request
    def begin_writes() -> None:
        if request.method in headers.SAFE:
            return
        try:
            db.writing()
        except OperationalError as error:
            if not db.is_taken(error):
                raise
            db.session.rollback()
            g.busy = True  # a form says so beside what was typed, instead of a page that loses it


def _register(app: Flask) -> None:
    for name in PAGES:
        module = import_module(f"ipf_talent.{name}")
        app.register_blueprint(module.bp)
        if hasattr(module, "init"):
            module.init(app)
    for name in COMMANDS:
        for command in import_module(f"ipf_talent.{name}").commands:
            app.cli.add_command(command)
    for name in JOBS:
        import_module(f"ipf_talent.{name}")
