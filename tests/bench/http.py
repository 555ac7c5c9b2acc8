"""HTTP as a browser's fetch does it: kept-alive connections of a person who sent the login form."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import requests

AGENT = {"User-Agent": "kpi-bench"}  # the session belongs to one agent


def log_in(url: str, username: str, password: str) -> requests.Session:
    """A session for setting things up: its headers carry the CSRF token that writing needs."""
    session = requests.Session()
    session.headers.update(AGENT)
    form = session.get(f"{url}/login/").text
    token = re.search(r'id="csrf_token"[^>]*value="([^"]+)"', form)
    assert token, "the login form has no CSRF token"
    fields = {"username": username, "password": password, "csrf_token": token[1]}
    session.post(f"{url}/login/", data=fields).raise_for_status()
    answer = session.get(f"{url}/api/v1/security/csrf_token/")
    answer.raise_for_status()
    session.headers.update({"X-CSRFToken": answer.json()["result"], "Referer": f"{url}/"})
    return session


def send(session: requests.Session, method: str, url: str, body: Any = None) -> Any:
    answer = session.request(method, url, json=body)
    if not answer.ok:
        raise RuntimeError(f"{method} {url} answers {answer.status_code}: {answer.text[:2000]}")
    return answer.json()


class Refused(Exception):
    """An answer that is not 200."""


class Connection:
    """One connection. Python's `requests` would cost the side with more requests more than a browser does."""

    def __init__(self, url: str, session: requests.Session) -> None:
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in session.cookies)
        self.headers = {**AGENT, "Cookie": cookies, "Content-Type": "application/json"}
        self.http = HTTPConnection(urlsplit(url).netloc, timeout=600)

    def open(self) -> None:
        """Connect anew. gunicorn ends a connection that rests for two seconds, and which worker takes a new
        one is chance: every timed run gets its own chance, and pays for no connecting."""
        self.http.close()
        self.http.request("GET", "/health")
        self.http.getresponse().read()

    def post(self, path: str, body: bytes) -> Any:
        self.http.request("POST", path, body, self.headers)
        response = self.http.getresponse()
        text = response.read()
        if response.status != 200:
            raise Refused(f"{path} answers {response.status}: {text[:2000].decode(errors='replace')}")
        return json.loads(text)


class Browser:
    """Six connections to one server, as HTTP/1.1 browsers have."""

    def __init__(self, url: str, session: requests.Session, connections: int = 6) -> None:
        self.connections = [Connection(url, session) for _ in range(connections)]
        self.pool = ThreadPoolExecutor(connections)

    def open(self) -> None:
        list(self.pool.map(Connection.open, self.connections))

    def post(self, path: str, bodies: Sequence[bytes]) -> list[Any]:
        """The answers, in the order of the bodies; each connection takes the next body when it is free."""
        waiting = deque(enumerate(bodies))
        answers: list[Any] = [None] * len(bodies)

        def work(connection: Connection) -> None:
            while waiting:
                try:
                    index, body = waiting.popleft()
                except IndexError:  # another connection was faster
                    return
                answers[index] = connection.post(path, body)

        list(self.pool.map(work, self.connections))
        return answers
