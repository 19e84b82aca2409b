"""A card in words, for its page and its forms."""

from datetime import date
from typing import Any

from flask_babel import format_date

from ipf_talent.i18n import _, ngettext, pick
from ipf_talent.profiles.card import Card
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import START_LABELS
from ipf_talent.vacancies.kinds import KIND_LABELS, VacancyKind


def point_values(card: Card) -> dict[str, Any]:
    """The card as the form of the level takes it."""
    return {"point": card.point, "programme": card.programme or "", "year": str(card.year or "")}


def wish_values(card: Card, today: date) -> dict[str, Any]:
    """The card as the form of wishes takes it."""
    minor = card.is_minor_on(today)
    names = ("wish", "available_from", "available_until", "hours_per_week")
    values = {name: getattr(card, name) for name in names}
    return values | {
        "kinds": list(card.kinds),
        "languages": list(card.languages),
        "place": card.place or "",
        "travel_km": str(card.travel_km or ""),
        "age": "" if minor is None else "minor" if minor else "adult",
        "adult_on": card.adult_on if minor else None,
    }


def facts(card: Card, programme: Any, today: date) -> dict[str, list[tuple[str, str | None]]]:
    """What the card says, by step; None where nothing was said."""
    kinds = [str(KIND_LABELS[VacancyKind(kind)]) for kind in card.kinds if kind in set(VacancyKind)]
    languages = [str(LANGUAGE_LABELS[code]) for code in card.languages if code in LANGUAGE_LABELS]
    hours = card.hours_per_week
    return {
        "now": [
            (_("Level"), str(START_LABELS[card.point]) if card.point else None),
            (_("Programme"), f"{pick(programme, 'title')} – {programme.institution}" if programme else None),
            (_("Year"), str(card.year) if card.year else None),
        ],
        "wishes": [
            (_("What you want to learn"), card.wish or None),
            (_("Kind of place"), ", ".join(kinds) or None),
            (_("Languages"), ", ".join(languages) or None),
            (_("Period"), _period(card)),
            (_("Hours"), ngettext("%(num)d hour a week", "%(num)d hours a week", hours) if hours else None),
            (_("Travel"), _travel(card)),
            (_("Age"), _age(card, today)),
        ],
    }


def open_ends(card: Card, programme: Any) -> list[tuple[str, str, str]]:
    """What was not said yet: its name, why it helps, and the endpoint that asks for it."""
    ends = [
        (card.point, _("Your level"), _("Then we show the routes and places that are open to you."), "profiles.edit"),
        (programme, _("Your programme"), _("Then you can add what it teaches with one click."), "profiles.edit"),
        (card.skills, _("What you can do"), _("Without skills we cannot say which places fit."), "profiles.skills"),
        (card.wish, _("What you want to learn"), _("We compare your words with what each place offers."), "profiles.wishes"),
        (
            card.languages,
            _("Your languages"),
            _("Then we leave out places where another language is spoken."),
            "profiles.wishes",
        ),
        (card.available_from, _("When you can start"), _("Then we leave out what is too early or too late."), "profiles.wishes"),
        (card.adult_on, _("Your age"), _("Then we leave out what is not safe for you yet, and ask it no more."), "profiles.wishes"),
        (card.place, _("Your town"), _("Then you see how far away each place is."), "profiles.wishes"),
    ]
    return [(name, why, endpoint) for said, name, why, endpoint in ends if not said]


def _period(card: Card) -> str | None:
    begin = format_date(card.available_from, "long") if card.available_from else None
    end = format_date(card.available_until, "long") if card.available_until else None
    if begin and end:
        return str(_("%(begin)s to %(end)s", begin=begin, end=end))
    if begin:
        return str(_("from %(begin)s", begin=begin))
    return str(_("until %(end)s", end=end)) if end else None


def _age(card: Card, today: date) -> str | None:
    if card.adult_on is None:
        return None
    day = format_date(card.adult_on, "long")
    return str(_("16 or 17, and 18 from %(day)s", day=day) if card.is_minor_on(today) else _("18 or older"))


def _travel(card: Card) -> str | None:
    if card.place and card.travel_km:
        return str(_("up to %(km)s km from %(place)s", km=card.travel_km, place=card.place))
    return card.place
