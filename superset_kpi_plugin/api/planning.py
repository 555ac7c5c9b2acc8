"""What is asked while targets are entered."""

from __future__ import annotations

from flask import Response
from flask_appbuilder.api import BaseApi, expose, protect, safe
from superset.views.base_api import statsd_metrics

from superset_kpi_plugin.api.analysis import load_question
from superset_kpi_plugin.api.errors import answer_errors
from superset_kpi_plugin.api.log import logged
from superset_kpi_plugin.schemas import PlanSchema
from superset_kpi_plugin.services.planning import plan_year


class PlanningRoutes(BaseApi):
    """Routes of the tree's API for whoever sets targets; they save nothing."""

    @expose("/plan/", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("plan")
    def plan(self) -> Response:
        """Plan a year of targets.
        ---
        post:
          summary: A year of periods, with nodes' actuals of the year before and amounts spread over them
          description: >-
            `year` is a day in the fiscal year asked for, by default the as-of day, which is today. `fills`
            has the nodes asked about by key, with null or with how the year is to be filled: an amount is
            spread evenly (`even`) or by the shape of the year before (`last_year`), or that year is grown by
            a percentage (`grow`). `proposed` then has one value per period, null where there is nothing to
            grow from.
          requestBody:
            required: true
            content:
              application/json:
                schema: {$ref: '#/components/schemas/PlanSchema'}
                examples: {demo: {$ref: '#/components/examples/KpiTreePlanRequest'}}
          responses:
            200:
              description: The year
              content:
                application/json:
                  examples: {demo: {$ref: '#/components/examples/KpiTreePlanResponse'}}
                  schema:
                    type: object
                    properties:
                      result:
                        type: object
                        properties:
                          year: {type: object}
                          periods: {type: array, items: {type: object}}
                          nodes: {type: object, additionalProperties: {type: object}}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            422: {$ref: '#/components/responses/422'}
            500: {$ref: '#/components/responses/500'}
        """
        question = load_question(PlanSchema())
        return self.response(200, result=plan_year(**question))
