"""KPI trees for Apache Superset: a goal hierarchy over the datasets you already have."""

__version__ = "0.1.0"
