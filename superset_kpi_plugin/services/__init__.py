"""The verbs: what the API, the command line and the demo do with trees."""
