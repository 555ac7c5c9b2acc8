"""`/api/v1/kpi_tree/`: trees, whole, and their evaluation."""

from __future__ import annotations

from typing import Any, ClassVar

from apispec import APISpec
from flask import Blueprint, Response
from flask_appbuilder.api import expose, protect, safe
from superset.constants import MODEL_API_RW_METHOD_PERMISSION_MAP, RouteMethod
from superset.views.base_api import BaseSupersetModelRestApi, RelatedFieldFilter, statsd_metrics
from superset.views.filters import BaseFilterRelatedUsers, FilterRelatedOwners

from superset_kpi_plugin.api.analysis import AnalysisRoutes, load_question
from superset_kpi_plugin.api.building import BuildingRoutes
from superset_kpi_plugin.api.errors import answer_errors, refuse_unreadable_argument, request_json
from superset_kpi_plugin.api.examples import openapi_examples
from superset_kpi_plugin.api.exchange import ExchangeRoutes
from superset_kpi_plugin.api.listing import ListRoutes, TreeInterface
from superset_kpi_plugin.api.log import logged
from superset_kpi_plugin.api.planning import PlanningRoutes
from superset_kpi_plugin.api.starting import StartingRoutes
from superset_kpi_plugin.api.takeaway import TakeawayRoutes
from superset_kpi_plugin.models import KpiTree
from superset_kpi_plugin.schemas import (
    ContributionsSchema,
    DashboardSchema,
    DownloadSchema,
    EvaluationSchema,
    PlanSchema,
    PreviewSchema,
    ProofSchema,
    ProposeSchema,
    SeekSchema,
    TreeSchema,
)
from superset_kpi_plugin.security import PERMISSION_VIEW, VisibleTreeFilter
from superset_kpi_plugin.services.evaluation import evaluate_tree
from superset_kpi_plugin.services.trees import (
    create_tree,
    delete_tree,
    find_tree,
    readable_document,
    update_tree,
)


class KpiTreeRestApi(
    AnalysisRoutes,
    BuildingRoutes,
    PlanningRoutes,
    StartingRoutes,
    ListRoutes,
    ExchangeRoutes,
    TakeawayRoutes,
    BaseSupersetModelRestApi,
):
    """List and `_info` are FAB's; the rest reads and writes a tree as one document."""

    datamodel = TreeInterface(KpiTree)
    resource_name = "kpi_tree"
    openapi_spec_tag = "KPI Trees"
    allow_browser_login = True
    class_permission_name = PERMISSION_VIEW
    method_permission_name: ClassVar[dict[str, str]] = {
        **MODEL_API_RW_METHOD_PERMISSION_MAP,
        "evaluate": "read",
        "contributions": "read",
        "seek": "read",
        "proof": "read",
        "dimensions": "read",
        "download": "read",
        "preview": "write",
        "metrics": "write",
        "plan": "write",
        "templates": "write",
        "propose": "write",
        "export": "read",
        "add_to_dashboard": "write",
    }
    include_route_methods: ClassVar[set[str]] = {
        *(RouteMethod.GET_LIST, RouteMethod.INFO, RouteMethod.RELATED),
        *(RouteMethod.GET, RouteMethod.POST, RouteMethod.PUT, RouteMethod.DELETE),
        "evaluate",
        "contributions",
        "seek",
        "proof",
        "dimensions",
        "download",
        "preview",
        "metrics",
        "plan",
        "templates",
        "propose",
        "bulk_delete",
        "favorite_status",
        "add_favorite",
        "remove_favorite",
        *(RouteMethod.EXPORT, RouteMethod.IMPORT),
        "add_to_dashboard",
    }

    base_filters: ClassVar[list[list[Any]]] = [["id", VisibleTreeFilter, lambda: []]]
    list_columns: ClassVar[list[str]] = [
        *("id", "uuid", "slug", "name", "description", "departments", "grain", "published", "version"),
        *("owners.id", "owners.first_name", "owners.last_name"),
        *("changed_on_delta_humanized", "changed_on_utc", "created_on"),
        *("changed_by.id", "changed_by.first_name", "changed_by.last_name"),
        *("created_by.id", "created_by.first_name", "created_by.last_name"),
    ]
    list_select_columns: ClassVar[list[str]] = [*list_columns, "changed_on", "changed_by_fk", "created_by_fk"]
    show_columns = list_columns
    add_columns: ClassVar[list[str]] = ["slug", "name", "description", "grain", "published"]
    edit_columns = add_columns
    search_columns: ClassVar[list[str]] = [
        *("id", "slug", "name", "description", "departments", "grain", "published"),
        *("owners", "created_by", "changed_by"),
    ]
    order_columns: ClassVar[list[str]] = ["slug", "name", "grain", "published", "changed_on", "created_on"]
    base_order: ClassVar[tuple[str, str]] = ("changed_on", "desc")
    page_size = 25
    max_page_size = 1000

    extra_fields_rel_fields: ClassVar[dict[str, list[str]]] = {}
    allowed_rel_fields: ClassVar[set[str]] = {"owners", "created_by", "changed_by"}
    related_field_filters: ClassVar[dict[str, RelatedFieldFilter]] = {
        "owners": RelatedFieldFilter("first_name", FilterRelatedOwners),
        "created_by": RelatedFieldFilter("first_name", FilterRelatedOwners),
        "changed_by": RelatedFieldFilter("first_name", FilterRelatedOwners),
    }
    base_related_field_filters: ClassVar[dict[str, list[list[Any]]]] = {
        name: [["id", BaseFilterRelatedUsers, lambda: []]] for name in ("owners", "created_by", "changed_by")
    }
    openapi_spec_component_schemas = (
        TreeSchema,
        EvaluationSchema,
        ContributionsSchema,
        SeekSchema,
        ProofSchema,
        DownloadSchema,
        PreviewSchema,
        PlanSchema,
        ProposeSchema,
        DashboardSchema,
    )

    @expose("/<id_or_slug>", methods=("GET",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("get")
    def get(self, id_or_slug: str) -> Response:
        """Get a whole tree.
        ---
        get:
          summary: Get a whole KPI tree by uuid or slug
          parameters:
          - {in: path, name: id_or_slug, required: true, schema: {type: string}}
          responses:
            200:
              description: The tree document
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      id: {type: integer}
                      result: {$ref: '#/components/schemas/TreeSchema'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            500: {$ref: '#/components/responses/500'}
        """
        return self._document_response(200, find_tree(id_or_slug))

    @expose("/", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("post")
    def post(self) -> Response:
        """Create a tree.
        ---
        post:
          summary: Create a KPI tree from a whole document
          requestBody:
            required: true
            content:
              application/json:
                schema: {$ref: '#/components/schemas/TreeSchema'}
                examples: {demo: {$ref: '#/components/examples/KpiTreeCreateRequest'}}
          responses:
            201:
              description: The tree as stored
              content:
                application/json:
                  examples: {demo: {$ref: '#/components/examples/KpiTreeCreateResponse'}}
                  schema:
                    type: object
                    properties:
                      id: {type: integer}
                      result: {$ref: '#/components/schemas/TreeSchema'}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            422: {$ref: '#/components/responses/422'}
            500: {$ref: '#/components/responses/500'}
        """
        return self._document_response(201, create_tree(request_json()))

    @expose("/<id_or_slug>", methods=("PUT",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("put")
    def put(self, id_or_slug: str) -> Response:
        """Replace a tree.
        ---
        put:
          summary: Replace a KPI tree by a whole document carrying the version that was read
          parameters:
          - {in: path, name: id_or_slug, required: true, schema: {type: string}}
          requestBody:
            required: true
            content:
              application/json:
                schema: {$ref: '#/components/schemas/TreeSchema'}
                examples: {demo: {$ref: '#/components/examples/KpiTreeReplaceRequest'}}
          responses:
            200:
              description: The tree as stored, with its new version
              content:
                application/json:
                  examples: {demo: {$ref: '#/components/examples/KpiTreeReplaceResponse'}}
                  schema:
                    type: object
                    properties:
                      id: {type: integer}
                      result: {$ref: '#/components/schemas/TreeSchema'}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            409:
              description: Somebody else saved first; nothing was saved
              content:
                application/json:
                  schema: {type: object, properties: {message: {type: string}}}
            422: {$ref: '#/components/responses/422'}
            500: {$ref: '#/components/responses/500'}
        """
        return self._document_response(200, update_tree(id_or_slug, request_json()))

    @expose("/<id_or_slug>", methods=("DELETE",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("delete")
    def delete(self, id_or_slug: str) -> Response:
        """Delete a tree.
        ---
        delete:
          summary: Delete a KPI tree with everything in it
          parameters:
          - {in: path, name: id_or_slug, required: true, schema: {type: string}}
          responses:
            200:
              description: Deleted
              content:
                application/json:
                  schema: {type: object, properties: {message: {type: string}}}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            500: {$ref: '#/components/responses/500'}
        """
        delete_tree(id_or_slug)
        return self.response(200, message="OK")

    @expose("/<id_or_slug>/evaluate", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("evaluate")
    def evaluate(self, id_or_slug: str) -> Response:
        """Evaluate a tree.
        ---
        post:
          summary: Compute a KPI tree for a window, as the caller
          description: >-
            Reads every metric through Superset's own query path with the caller's dataset access and
            row-level security, and answers each node's actual, target, attainment, score, pace, status
            and forecast.
          parameters:
          - {in: path, name: id_or_slug, required: true, schema: {type: string}}
          requestBody:
            content:
              application/json:
                schema: {$ref: '#/components/schemas/EvaluationSchema'}
                examples:
                  demo: {$ref: '#/components/examples/KpiTreeEvaluateRequest'}
                  by_dimension: {$ref: '#/components/examples/KpiTreeMembersRequest'}
          responses:
            200:
              description: The evaluation
              content:
                application/json:
                  examples:
                    demo: {$ref: '#/components/examples/KpiTreeEvaluateResponse'}
                    by_dimension: {$ref: '#/components/examples/KpiTreeMembersResponse'}
                  schema:
                    type: object
                    properties:
                      result:
                        type: object
                        properties:
                          tree: {type: object}
                          window: {type: object}
                          headline: {type: object}
                          nodes: {type: object, description: 'One object of numbers per node key'}
                          history: {type: object, nullable: true, description: 'Lists per node key'}
                          compare: {type: object, description: 'One object per comparison asked for'}
                          by: {type: object, nullable: true, description: 'Lists per node key, by member'}
                          overridden: {type: array, items: {type: string}}
                          queries: {type: array, items: {type: object}}
                          filters_not_applied: {type: array, items: {type: object}}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            422: {$ref: '#/components/responses/422'}
            500: {$ref: '#/components/responses/500'}
        """
        tree = find_tree(id_or_slug)
        return self.response(200, result=evaluate_tree(tree, **load_question(EvaluationSchema())))

    def create_blueprint(self, *args: Any, **kwargs: Any) -> Blueprint:
        blueprint: Blueprint = super().create_blueprint(*args, **kwargs)
        # Flask-AppBuilder's own routes parse `q` before anything of the plugin's is asked.
        blueprint.before_request(refuse_unreadable_argument)
        return blueprint

    def add_apispec_components(self, api_spec: APISpec) -> None:
        super().add_apispec_components(api_spec)
        for name, example in openapi_examples().items():
            api_spec.components.example(name, example)

    def _document_response(self, status: int, tree: KpiTree) -> Response:
        response: Response = self.response(status, id=tree.id, result=readable_document(tree))
        return response
