"""What whoever builds a tree asks for: the document as it would be, and the metrics to link it to."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import Response
from flask_appbuilder.api import BaseApi, expose, protect, rison, safe
from superset.views.base_api import statsd_metrics

from superset_kpi_plugin.api.analysis import load_question
from superset_kpi_plugin.api.errors import answer_errors
from superset_kpi_plugin.api.log import logged
from superset_kpi_plugin.schemas import PreviewSchema
from superset_kpi_plugin.services.metrics import ORDERS, find_metrics
from superset_kpi_plugin.services.preview import preview_document

METRICS_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "search": {"type": "string", "maxLength": 250},
        "dataset_uuid": {"type": "string", "maxLength": 100},
        "order_column": {"type": "string", "enum": list(ORDERS)},
        "order_direction": {"type": "string", "enum": ["asc", "desc"]},
        "page": {"type": "integer", "minimum": 0, "maximum": 1_000_000},
        "page_size": {"type": "integer", "minimum": 1, "maximum": 200},
    },
    "additionalProperties": False,
}


class BuildingRoutes(BaseApi):
    """Routes of the tree's API for its builder; they save nothing."""

    apispec_parameter_schemas: ClassVar[dict[str, Any]] = {"kpi_metrics_schema": METRICS_SCHEMA}

    @expose("/preview", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("preview")
    def preview(self) -> Response:
        """Evaluate a document that is not saved.
        ---
        post:
          summary: A document evaluated as it would be, what is wrong with it, and what to look at
          description: >-
            Takes a whole document and the fields of evaluate; nothing is saved. What is refused is named in
            errors and left out, and everything else is evaluated, as the caller.
          requestBody:
            required: true
            content:
              application/json:
                schema: {$ref: '#/components/schemas/PreviewSchema'}
                examples: {demo: {$ref: '#/components/examples/KpiTreePreviewRequest'}}
          responses:
            200:
              description: The evaluation, errors and findings
              content:
                application/json:
                  examples: {demo: {$ref: '#/components/examples/KpiTreePreviewResponse'}}
                  schema:
                    type: object
                    properties:
                      result:
                        type: object
                        properties:
                          evaluation: {type: object, nullable: true, description: 'As evaluate answers it'}
                          errors:
                            type: object
                            additionalProperties: {type: array, items: {type: string}}
                          findings: {type: array, items: {type: object}}
                          proof: {type: object, nullable: true, description: 'Of the formulas, with prove'}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            422: {$ref: '#/components/responses/422'}
            500: {$ref: '#/components/responses/500'}
        """
        question = load_question(PreviewSchema())
        return self.response(200, result=preview_document(question.pop("document"), **question))

    @expose("/metrics/", methods=("GET",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @rison(METRICS_SCHEMA)
    @logged("metrics")
    def metrics(self, **kwargs: Any) -> Response:
        """Find metrics to link a node to.
        ---
        get:
          summary: The saved metrics of the datasets that the caller may read
          parameters:
          - in: query
            name: q
            content:
              application/json:
                schema: {$ref: '#/components/schemas/kpi_metrics_schema'}
          responses:
            200:
              description: One page of metrics
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      count: {type: integer}
                      result: {type: array, items: {type: object}}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            500: {$ref: '#/components/responses/500'}
        """
        count, result = find_metrics(**kwargs["rison"])
        return self.response(200, count=count, result=result)
