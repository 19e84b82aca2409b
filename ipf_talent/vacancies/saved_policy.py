"""Whose a saved search is."""

from ipf_talent.accounts.models import User
from ipf_talent.vacancies.saved_models import SavedSearch


def keeps_search(user: User, search: SavedSearch) -> bool:
    """Whoever made it, and nobody else."""
    return bool(user.is_authenticated) and search.user_id == user.id
