"""What can be had of a tree besides answers in JSON, and what there is to choose from."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response
from flask_appbuilder.api import BaseApi, expose, protect, safe
from superset.views.base_api import statsd_metrics

from superset_kpi_plugin.api.analysis import load_question
from superset_kpi_plugin.api.errors import answer_errors
from superset_kpi_plugin.api.log import logged
from superset_kpi_plugin.schemas import DownloadSchema
from superset_kpi_plugin.services.dimensions import dimensions_of
from superset_kpi_plugin.services.exporting import export_tree
from superset_kpi_plugin.services.trees import find_tree


class TakeawayRoutes(BaseApi):
    """Routes of the tree's API that offer columns and files; they save nothing."""

    @expose("/<id_or_slug>/dimensions", methods=("GET",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("dimensions")
    def dimensions(self, id_or_slug: str) -> Response:
        """List the columns by which a tree can be told.
        ---
        get:
          summary: The columns by whose members a KPI tree can be evaluated, of datasets the caller may read
          parameters:
          - {in: path, name: id_or_slug, required: true, schema: {type: string}}
          responses:
            200:
              description: The columns, the ones that reach most nodes first
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
                            column: {type: string}
                            label: {type: string, nullable: true}
                            datasets: {type: array, items: {type: string}}
                            nodes: {type: integer, description: 'How many nodes it reaches'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            500: {$ref: '#/components/responses/500'}
        """
        return self.response(200, result=dimensions_of(find_tree(id_or_slug)))

    @expose("/<id_or_slug>/download", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("download")
    def download(self, id_or_slug: str) -> Response:
        """Export an evaluation.
        ---
        post:
          summary: An evaluation as an Excel workbook or a CSV file, computed as the caller
          description: >-
            Wants Superset's own permission to export data besides (can_csv on Superset, or can_export_data
            where GRANULAR_EXPORT_CONTROLS is on).
          parameters:
          - {in: path, name: id_or_slug, required: true, schema: {type: string}}
          requestBody:
            content:
              application/json:
                schema: {$ref: '#/components/schemas/DownloadSchema'}
                examples:
                  workbook: {value: {period: 2026-09, by: region}}
                  csv: {value: {period: 2026-09, format: csv}}
          responses:
            200:
              description: The file
              content:
                application/vnd.openxmlformats-officedocument.spreadsheetml.sheet:
                  schema: {type: string, format: binary}
                text/csv:
                  schema: {type: string}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            422: {$ref: '#/components/responses/422'}
            500: {$ref: '#/components/responses/500'}
        """
        file = export_tree(find_tree(id_or_slug), **load_question(DownloadSchema()))
        response = Response(file.content, mimetype=file.mimetype)
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return response
