"""A person at the in-process app: logged in, with the CSRF token that a browser would send."""

from __future__ import annotations

from contextvars import Context
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

ORIGIN = "http://localhost"


class Client:
    def __init__(self, app: Flask, username: str | None) -> None:
        self.username = username
        self.http = app.test_client()
        self.headers = {"Referer": f"{ORIGIN}/"}
        if username is not None:
            with app.app_context():
                user = app.appbuilder.sm.find_user(username)  # type: ignore[attr-defined]
                assert user is not None, f"the template has no user {username}"
                identity = str(user.id)
            with self.http.session_transaction() as session:
                session["_user_id"] = identity
                session["_fresh"] = True
            token = self.get("/api/v1/security/csrf_token/").json or {}
            self.headers["X-CSRFToken"] = token.get("result", "")

    def request(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {**self.headers, **options.pop("headers", {})}

        def answer() -> TestResponse:
            response = self.http.open(path, method=method, headers=headers, base_url=ORIGIN, **options)
            response.get_data()
            response.close()  # as web servers do
            return response

        # An app context that the test has pushed would hand the last person's login on to this request.
        return Context().run(answer)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.request("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.request("POST", path, json=json, **options)

    def put(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.request("PUT", path, json=json, **options)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self.request("DELETE", path, **options)
