"""The Superset configuration of the demo, of compose.yml and of the tests.

Everything that differs between them comes from the environment:

KPI_HOME          where Superset keeps its files (and its SQLite metadata, when no other is named)
KPI_METADATA_URI  the metadata database, else SQLite in KPI_HOME
KPI_REDIS_URL     Redis for caches and Celery, without a database number; else files in KPI_HOME and no Celery
KPI_SECRET_KEY    else one is generated once and kept in KPI_HOME
"""

import os
import secrets
from pathlib import Path
from typing import Any

from superset.config import CeleryConfig as StockCeleryConfig

from superset_kpi_plugin import init_app

HOME = Path(os.environ["KPI_HOME"])
REDIS_URL = os.environ.get("KPI_REDIS_URL", "").rstrip("/")


def _kept_secret() -> str:
    """The home's own secret: made at the first start, readable by its owner only."""
    path = HOME / "secret_key"
    if not path.exists():
        mine = HOME / f"secret_key.{os.getpid()}"
        with open(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(42))
        try:
            os.link(mine, path)
        except FileExistsError:  # another process was first
            pass
        finally:
            mine.unlink()
    return path.read_text()


def _cache(name: str, seconds: int) -> dict[str, Any]:
    kept = {"CACHE_DEFAULT_TIMEOUT": seconds, "CACHE_KEY_PREFIX": f"kpi_{name}_"}
    if REDIS_URL:
        return {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": f"{REDIS_URL}/1", **kept}
    return {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(HOME / "cache" / name), **kept}


SECRET_KEY = os.environ.get("KPI_SECRET_KEY") or _kept_secret()
SQLALCHEMY_DATABASE_URI = os.environ.get("KPI_METADATA_URI") or f"sqlite:///{HOME / 'superset.db'}?timeout=30"

CACHE_CONFIG = _cache("superset", 3600)
DATA_CACHE_CONFIG = _cache("data", 3600)
FILTER_STATE_CACHE_CONFIG = {**_cache("filter_state", 7776000), "REFRESH_TIMEOUT_ON_RETRIEVAL": True}
EXPLORE_FORM_DATA_CACHE_CONFIG = {**_cache("explore", 604800), "REFRESH_TIMEOUT_ON_RETRIEVAL": True}


class CeleryConfig(StockCeleryConfig):
    broker_url = f"{REDIS_URL}/0"
    result_backend = f"{REDIS_URL}/2"
    broker_connection_retry_on_startup = True


CELERY_CONFIG = CeleryConfig if REDIS_URL else None

LANGUAGES = {
    "en": {"flag": "us", "name": "English"},
    "vi": {"flag": "vn", "name": "Tiếng Việt"},
    "ja": {"flag": "jp", "name": "日本語"},
}

# The plugin: the three lines of the README.
FLASK_APP_MUTATOR = init_app
FEATURE_FLAGS = {"DYNAMIC_PLUGINS": True}
