"""How start.sh web serves Superset."""

import os
from typing import Any

bind = f"{os.environ.get('KPI_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8088')}"
workers = int(os.environ.get("KPI_WORKERS", "2"))
threads = int(os.environ.get("KPI_THREADS", "8"))
worker_class = "gthread"
timeout = 120
graceful_timeout = 5
accesslog = os.environ.get("KPI_ACCESS_LOG")
wsgi_app = "superset.app:create_app()"


def post_worker_init(worker: Any) -> None:
    """Say once, when a first worker can answer, where to go: on descriptor 3, which demo.sh opens."""
    if worker.age == 1 and "KPI_GREETING" in os.environ:
        os.write(3, os.environ["KPI_GREETING"].encode())
