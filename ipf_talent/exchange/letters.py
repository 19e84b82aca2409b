"""The mail about a file that waits for a second person."""

from ipf_talent.exchange import queries
from ipf_talent.exchange.kinds import Hold
from ipf_talent.exchange.models import ImportRun
from ipf_talent.notifications import letters


def held(run: ImportRun) -> int:
    """Tell the other programme managers of the school; gives to how many."""
    others = [one for one in queries.managers_of(run.school_id) if one.id != run.by_id]
    for manager in others:
        values = {"name": manager.display_name, "feed": run.feed.name, "rows": run.rows, "before": run.feed.rows}
        values["shrinks"] = Hold.SHRINKS.value in run.report.get("hold", ())
        letters.write(
            "import_held", to=manager.email, language=manager.language, link=("exchange.show", {"slug": run.key}), values=values
        )
    return len(others)
