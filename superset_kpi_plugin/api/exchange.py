"""Trees to and from elsewhere: files, and Superset's dashboards."""

from __future__ import annotations

from typing import Any

from flask import Response, request, send_file
from flask_appbuilder.api import BaseApi, expose, protect, rison, safe
from superset.views.base_api import statsd_metrics
from werkzeug.exceptions import BadRequest

from superset_kpi_plugin.api.analysis import load_question
from superset_kpi_plugin.api.errors import answer_errors
from superset_kpi_plugin.api.listing import IDS, asked_ids
from superset_kpi_plugin.api.log import logged
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.schemas import DashboardSchema
from superset_kpi_plugin.services.dashboards import add_to_dashboard
from superset_kpi_plugin.services.portable import export_trees, import_trees


class ExchangeRoutes(BaseApi):
    """Routes of the tree's API that take trees out, bring them in and show them elsewhere."""

    @expose("/export/", methods=("GET",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @rison(IDS)
    @logged("export")
    def export(self, **kwargs: Any) -> Response:
        """Export trees.
        ---
        get:
          summary: Download KPI trees as a zip of YAML files
          description: >-
            One file per tree, as the caller may read it: what reads a dataset that they may not read is
            masked. People and moments stay behind.
          parameters:
          - in: query
            name: q
            content:
              application/json:
                schema: {type: array, items: {type: integer}}
          responses:
            200:
              description: The zip
              content:
                application/zip:
                  schema: {type: string, format: binary}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            500: {$ref: '#/components/responses/500'}
        """
        name, bundle = export_trees(asked_ids(kwargs["rison"]))
        return send_file(bundle, mimetype="application/zip", as_attachment=True, download_name=name)

    @expose("/import/", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("import_")
    def import_(self) -> Response:
        """Import trees.
        ---
        post:
          summary: Store the KPI trees of an exported zip or of one YAML file, all of them or none
          requestBody:
            required: true
            content:
              multipart/form-data:
                schema:
                  type: object
                  properties:
                    formData: {type: string, format: binary, description: The file}
                    overwrite: {type: string, description: 'true replaces trees that are there already'}
          responses:
            200:
              description: Stored
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      message: {type: string}
                      result:
                        type: array
                        items:
                          type: object
                          properties:
                            uuid: {type: string}
                            slug: {type: string}
                            name: {type: string}
                            left_open: {type: array, items: {type: string}}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            422: {$ref: '#/components/responses/422'}
            500: {$ref: '#/components/responses/500'}
        """
        upload = request.files.get("formData")
        if upload is None:
            raise BadRequest(_("Send the file as formData, in multipart/form-data."))
        overwrite = request.form.get("overwrite") == "true"
        stored = import_trees(upload.filename or "upload", upload.stream, overwrite)
        return self.response(200, message="OK", result=stored)

    @expose("/<id_or_slug>/dashboard/", methods=("POST",))
    @protect()
    @safe
    @answer_errors
    @statsd_metrics
    @logged("add_to_dashboard")
    def add_to_dashboard(self, id_or_slug: str) -> Response:
        """Put a tree on a dashboard.
        ---
        post:
          summary: Make a chart of a KPI tree and put it on a dashboard, or on a new one
          description: >-
            The chart is the last row of the dashboard, of its first tab where there are tabs. The caller
            needs Superset's own rights to charts and dashboards, and to this dashboard.
          parameters:
          - {in: path, name: id_or_slug, required: true, schema: {type: string}}
          requestBody:
            required: true
            content:
              application/json:
                schema: {$ref: '#/components/schemas/DashboardSchema'}
                examples: {demo: {$ref: '#/components/examples/KpiTreeDashboardRequest'}}
          responses:
            201:
              description: The chart, the dashboard and its address
              content:
                application/json:
                  examples: {demo: {$ref: '#/components/examples/KpiTreeDashboardResponse'}}
                  schema:
                    type: object
                    properties:
                      result:
                        type: object
                        properties:
                          chart_id: {type: integer}
                          dashboard_id: {type: integer}
                          url: {type: string}
            400: {$ref: '#/components/responses/400'}
            401: {$ref: '#/components/responses/401'}
            403: {$ref: '#/components/responses/403'}
            404: {$ref: '#/components/responses/404'}
            422: {$ref: '#/components/responses/422'}
            500: {$ref: '#/components/responses/500'}
        """
        return self.response(201, result=add_to_dashboard(id_or_slug, **load_question(DashboardSchema())))
