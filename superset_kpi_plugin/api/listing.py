"""What the list of trees can be filtered by, favourites, and deleting several trees at once."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from flask import Response
from flask_appbuilder.api import BaseApi, expose, protect, rison, safe
from flask_appbuilder.models.sqla.filters import BaseFilter
from flask_appbuilder.models.sqla.interface import SQLAInterface
from sqlalchemy import false
from sqlalchemy.orm import Query
from superset.extensions import db
from superset.views.base_api import statsd_metrics
from werkzeug.exceptions import BadRequest

from superset_kpi_plugin.api.errors import answer_errors
from superset_kpi_plugin.api.log import logged
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.models import KpiTree
from superset_kpi_plugin.security import visible_trees
from superset_kpi_plugin.services.favorites import add_favorite, favorites_among, remove_favorite, starred
from superset_kpi_plugin.services.many import delete_trees, summaries
from superset_kpi_plugin.services.searching import holds

IDS: dict[str, Any] = {"type": "array", "items": {"type": "integer"}, "maxItems": 1000}


class TreeAllTextFilter(BaseFilter):
    """Search in names, slugs and descriptions, as Superset's list pages do."""

    name = "All text"
    arg_name = "kpi_tree_all_text"

    def apply(self, query: Query, value: Any) -> Query:
        if not value:
            return query
        return query.filter(holds(str(value), (KpiTree.name, KpiTree.slug, KpiTree.description)))


class TreeFavoriteFilter(BaseFilter):
    """Trees that the viewer starred, or with false those that they did not."""

    name = "Is favorite"
    arg_name = "kpi_tree_is_favorite"

    def apply(self, query: Query, value: Any) -> Query:
        mine = KpiTree.id.in_(starred())
        return query.filter(mine if value else ~mine)


class TreeUuidFilter(BaseFilter):
    """The tree of a uuid; what is no uuid is no tree's."""

    name = "Has the uuid"
    arg_name = "kpi_tree_has_uuid"

    def apply(self, query: Query, value: Any) -> Query:
        try:
            return query.filter(KpiTree.uuid == UUID(str(value)))
        except ValueError:
            return query.filter(false())


class TreeDepartmentFilter(BaseFilter):
    """Trees that a department takes part in; databases write JSON differently, so text is not searched."""

    name = "Has the department"
    arg_name = "kpi_tree_has_department"

    def apply(self, query: Query, value: Any) -> Query:
        rows = visible_trees(db.session.query(KpiTree.id, KpiTree.departments))
        return query.filter(KpiTree.id.in_([tree_id for tree_id, names in rows if value in (names or ())]))


class TreeInterface(SQLAInterface):
    """Departments are JSON, a type for which the Flask-AppBuilder of Superset 4.1 and 5.0 has no filters."""

    def is_string(self, col_name: str) -> bool:
        return col_name == "departments" or bool(super().is_string(col_name))


def asked_ids(ids: Any) -> list[int]:
    """The ids of a `q=!(1,2)`.

    :raises BadRequest: there are none
    """
    if not ids:
        raise BadRequest(_("Name at least one KPI tree by its id: ?q=!(1,2)"))
    return list(ids)


class ListRoutes(BaseApi):
    """Routes of the tree's API that its list needs."""

    search_filters: ClassVar[dict[str, list[type[BaseFilter]]]] = {
        "id": [TreeFavoriteFilter, TreeUuidFilter],
        "name": [TreeAllTextFilter],
        "departments": [TreeDepartmentFilter],
    }

    def pre_get_list(self, data: dict[str, Any]) -> None:
        """Tell of every tree how many nodes it has and what its goal is called."""
        told = summaries(data["ids"])
        for tree_id, row in zip(data["ids"], data["result"], strict=True):
            row.update(told[tree_id])

    @expose("/", methods=("DELETE",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @rison(IDS)
    @logged("bulk_delete")
    def bulk_delete(self, **kwargs: Any) -> Response:
        """Delete several trees.
        ---
        delete:
          summary: Delete several KPI trees, all of them or none
          parameters:
          - in: query
            name: q
            content:
              application/json:
                schema: {type: array, items: {type: integer}}
          responses:
            200:
              description: Deleted
              content:
                application/json:
                  schema: {type: object, properties: {message: {type: string}}}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            500: {$ref: '#/components/responses/500'}
        """
        count = delete_trees(asked_ids(kwargs["rison"]))
        return self.response(200, message=_("KPI trees deleted: %(count)s.", count=count))

    @expose("/favorite_status/", methods=("GET",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @rison(IDS)
    @logged("favorite_status")
    def favorite_status(self, **kwargs: Any) -> Response:
        """Tell which trees are starred.
        ---
        get:
          summary: Which of these KPI trees the caller starred
          parameters:
          - in: query
            name: q
            content:
              application/json:
                schema: {type: array, items: {type: integer}}
          responses:
            200:
              description: One row per id, in the order asked
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      result:
                        type: array
                        items:
                          type: object
                          properties: {id: {type: integer}, value: {type: boolean}}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            500: {$ref: '#/components/responses/500'}
        """
        ids = asked_ids(kwargs["rison"])
        found = favorites_among(ids)
        return self.response(200, result=[{"id": tree_id, "value": tree_id in found} for tree_id in ids])

    @expose("/<int:pk>/favorites/", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("add_favorite")
    def add_favorite(self, pk: int) -> Response:
        """Star a tree.
        ---
        post:
          summary: Star a KPI tree for the caller
          parameters:
          - {in: path, name: pk, required: true, schema: {type: integer}}
          responses:
            200:
              description: Starred
              content:
                application/json:
                  schema: {type: object, properties: {result: {type: string}}}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            500: {$ref: '#/components/responses/500'}
        """
        add_favorite(pk)
        return self.response(200, result="OK")

    @expose("/<int:pk>/favorites/", methods=("DELETE",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("remove_favorite")
    def remove_favorite(self, pk: int) -> Response:
        """Take a tree's star away.
        ---
        delete:
          summary: Take the caller's star from a KPI tree
          parameters:
          - {in: path, name: pk, required: true, schema: {type: integer}}
          responses:
            200:
              description: No longer starred
              content:
                application/json:
                  schema: {type: object, properties: {result: {type: string}}}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            500: {$ref: '#/components/responses/500'}
        """
        remove_favorite(pk)
        return self.response(200, result="OK")
