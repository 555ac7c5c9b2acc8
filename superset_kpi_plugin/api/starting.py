"""What a tree can start from: templates of the catalogue, and saved metrics."""

from __future__ import annotations

from flask import Response
from flask_appbuilder.api import BaseApi, expose, protect, safe
from superset.views.base_api import statsd_metrics

from superset_kpi_plugin.api.analysis import load_question
from superset_kpi_plugin.api.errors import answer_errors
from superset_kpi_plugin.api.log import logged
from superset_kpi_plugin.schemas import ProposeSchema
from superset_kpi_plugin.services.metric_trees import propose_from_metric
from superset_kpi_plugin.services.proposals import propose_from_template
from superset_kpi_plugin.services.templates import list_templates


class StartingRoutes(BaseApi):
    """Routes of the tree's API that propose a tree; they save nothing."""

    @expose("/templates/", methods=("GET",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("templates")
    def templates(self) -> Response:
        """List the templates.
        ---
        get:
          summary: The templates that a tree can start from, in the viewer's language
          responses:
            200:
              description: One row per template; `kgi` is its code in the catalogue
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      result:
                        type: array
                        items:
                          type: object
                          properties:
                            id: {type: string}
                            kgi: {type: string}
                            purposes: {type: array, items: {type: object}}
                            name: {type: string}
                            description: {type: string}
                            nodes: {type: integer, description: How many KPIs it has}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            500: {$ref: '#/components/responses/500'}
        """
        return self.response(200, result=list_templates())

    @expose("/propose/", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("propose")
    def propose(self) -> Response:
        """Propose a tree.
        ---
        post:
          summary: Propose a tree from a template or from a saved metric
          description: >-
            From a template, whose sources are left open, with the caller's saved metrics that fit each
            node by name, best first, for a person to confirm. From a metric, the tree that its own SQL
            arithmetic implies. Nothing is saved.
          requestBody:
            required: true
            content:
              application/json:
                schema: {$ref: '#/components/schemas/ProposeSchema'}
                examples:
                  template: {$ref: '#/components/examples/KpiTreeProposeRequest'}
                  metric: {$ref: '#/components/examples/KpiTreeImpliedRequest'}
          responses:
            200:
              description: A document that can be saved, and what its nodes may read
              content:
                application/json:
                  examples:
                    template: {$ref: '#/components/examples/KpiTreeProposeResponse'}
                    metric: {$ref: '#/components/examples/KpiTreeImpliedResponse'}
                  schema:
                    type: object
                    properties:
                      result:
                        type: object
                        properties:
                          document: {$ref: '#/components/schemas/TreeSchema'}
                          proposals: {type: object, description: 'Metrics per node key, best first'}
                          note: {type: string, nullable: true}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            422: {$ref: '#/components/responses/422'}
            500: {$ref: '#/components/responses/500'}
        """
        question = load_question(ProposeSchema())
        metric = question["metric"]
        if metric is not None:
            result = propose_from_metric(str(metric["dataset_uuid"]), metric["metric_name"])
        else:
            result = propose_from_template(question["template"], question["language"], question["currency"])
        return self.response(200, result=result)
