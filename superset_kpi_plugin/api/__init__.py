"""The REST API: one class per resource."""
