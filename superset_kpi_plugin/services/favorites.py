"""Trees that somebody starred, to find them again."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlalchemy.sql import Select
from superset.extensions import db
from superset.utils.core import get_user_id
from superset.utils.decorators import transaction

from superset_kpi_plugin.exceptions import ForbiddenError
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.models import KpiTree, tree_favorite
from superset_kpi_plugin.security import visible_trees
from superset_kpi_plugin.services.many import find_trees
from superset_kpi_plugin.services.references import chunks


def starred() -> Select:
    """The ids of the trees that the viewer starred; the guest of an embedded dashboard has none."""
    return select(tree_favorite.c.tree_id).where(tree_favorite.c.user_id == get_user_id())


def favorites_among(ids: Collection[int]) -> set[int]:
    """Which of these trees the viewer starred and may still see."""
    found: set[int] = set()
    for some in chunks(list(ids)):
        query = visible_trees(db.session.query(KpiTree.id)).filter(
            KpiTree.id.in_(some), KpiTree.id.in_(starred())
        )
        found |= {tree_id for (tree_id,) in query}
    return found


@transaction(on_error=None)
def add_favorite(tree_id: int) -> None:
    """Star a tree; doing it twice changes nothing.

    :raises TreeNotFoundError: no such tree, or not for this viewer
    """
    user_id = _user_id()
    find_trees([tree_id])
    if tree_id not in favorites_among([tree_id]):
        db.session.execute(insert(tree_favorite).values(tree_id=tree_id, user_id=user_id))


@transaction(on_error=None)
def remove_favorite(tree_id: int) -> None:
    """Take the star away; a tree that has none stays as it is.

    :raises TreeNotFoundError: no such tree, or not for this viewer
    """
    user_id = _user_id()
    find_trees([tree_id])
    star = (tree_favorite.c.tree_id == tree_id) & (tree_favorite.c.user_id == user_id)
    db.session.execute(delete(tree_favorite).where(star))


def _user_id() -> int:
    user_id = get_user_id()
    if user_id is None:
        raise ForbiddenError(_("Log in to star a KPI tree."))
    return int(user_id)
