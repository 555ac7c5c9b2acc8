"""What can be asked of a tree besides its evaluation."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_appbuilder.api import BaseApi, expose, protect, safe
from marshmallow import Schema, ValidationError
from superset.views.base_api import statsd_metrics

from superset_kpi_plugin.api.errors import answer_errors, request_json
from superset_kpi_plugin.api.log import logged
from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.schemas import ContributionsSchema, ProofSchema, SeekSchema
from superset_kpi_plugin.services.check import flatten
from superset_kpi_plugin.services.contributions import explain_tree
from superset_kpi_plugin.services.proving import prove_tree
from superset_kpi_plugin.services.seeking import seek_goal
from superset_kpi_plugin.services.trees import find_tree


def load_question(schema: Schema) -> dict[str, Any]:
    """The request's body, checked.

    :raises InvalidDocumentError: with the path of every field that is wrong
    """
    body = request_json()
    try:
        question: dict[str, Any] = schema.load(body)
    except ValidationError as ex:
        raise InvalidDocumentError(flatten(ex.messages, body)) from None
    return question


class AnalysisRoutes(BaseApi):
    """Routes of the tree's API that explain an evaluation; they read, and save nothing."""

    @expose("/<id_or_slug>/contributions", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("contributions")
    def contributions(self, id_or_slug: str) -> Response:
        """Explain a change of the goal.
        ---
        post:
          summary: What every leaf and every unexplained amount adds to a change of the KGI
          description: >-
            The change from the target, the previous period or the same period a year before to the actual.
            The rows of kind leaf and remainder sum to the change; rows of kind node are subtotals.
          parameters:
          - {in: path, name: id_or_slug, required: true, schema: {type: string}}
          requestBody:
            required: true
            content:
              application/json:
                schema: {$ref: '#/components/schemas/ContributionsSchema'}
                examples: {demo: {$ref: '#/components/examples/KpiTreeContributionsRequest'}}
          responses:
            200:
              description: The change and what adds to it
              content:
                application/json:
                  examples: {demo: {$ref: '#/components/examples/KpiTreeContributionsResponse'}}
                  schema:
                    type: object
                    properties:
                      result:
                        type: object
                        properties:
                          change: {type: number, nullable: true}
                          contributions: {type: array, items: {type: object}}
                          paths: {type: array, items: {type: object}}
                          reason: {type: object, nullable: true}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            422: {$ref: '#/components/responses/422'}
            500: {$ref: '#/components/responses/500'}
        """
        tree = find_tree(id_or_slug)
        return self.response(200, result=explain_tree(tree, **load_question(ContributionsSchema())))

    @expose("/<id_or_slug>/seek", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("seek")
    def seek(self, id_or_slug: str) -> Response:
        """Seek a goal.
        ---
        post:
          summary: What a node's actual must be for the KGI to meet its target, all else equal
          parameters:
          - {in: path, name: id_or_slug, required: true, schema: {type: string}}
          requestBody:
            required: true
            content:
              application/json:
                schema: {$ref: '#/components/schemas/SeekSchema'}
                examples: {demo: {$ref: '#/components/examples/KpiTreeSeekRequest'}}
          responses:
            200:
              description: The actual that meets the target, or why none does
              content:
                application/json:
                  examples: {demo: {$ref: '#/components/examples/KpiTreeSeekResponse'}}
                  schema:
                    type: object
                    properties:
                      result:
                        type: object
                        properties:
                          value: {type: number, nullable: true}
                          wanted: {type: number, nullable: true}
                          sensitivity: {type: number, nullable: true}
                          reason: {type: object, nullable: true}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            422: {$ref: '#/components/responses/422'}
            500: {$ref: '#/components/responses/500'}
        """
        tree = find_tree(id_or_slug)
        return self.response(200, result=seek_goal(tree, **load_question(SeekSchema())))

    @expose("/<id_or_slug>/proof", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("proof")
    def proof(self, id_or_slug: str) -> Response:
        """Prove the links.
        ---
        post:
          summary: Whether the children explain their parents over the last closed periods
          description: >-
            Formulas beside a source of their own are held against what was measured, over `periods` closed
            periods, 12 by default; `tolerance` is the largest error that proves one, 0.01 by default.
            Influences are looked for by correlation over the last 24 closed periods.
          parameters:
          - {in: path, name: id_or_slug, required: true, schema: {type: string}}
          requestBody:
            required: true
            content:
              application/json:
                schema: {$ref: '#/components/schemas/ProofSchema'}
                examples: {demo: {$ref: '#/components/examples/KpiTreeProofRequest'}}
          responses:
            200:
              description: One row per formula that can be proved, and one per influence
              content:
                application/json:
                  examples: {demo: {$ref: '#/components/examples/KpiTreeProofResponse'}}
                  schema:
                    type: object
                    properties:
                      result:
                        type: object
                        properties:
                          tree: {type: object}
                          window: {type: object, description: The last closed period}
                          tolerance: {type: number}
                          components: {type: array, items: {type: object}}
                          influences: {type: array, items: {type: object}}
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
        return self.response(200, result=prove_tree(tree, **load_question(ProofSchema())))
