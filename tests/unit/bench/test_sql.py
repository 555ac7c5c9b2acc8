"""Reading PostgreSQL's log."""

from __future__ import annotations

from tests.bench.sql import reads, statements_of

LOG = """\
2026-11-22 01:00:00.000 UTC [12] LOG:  statement: BEGIN
2026-11-22 01:00:00.001 UTC [12] LOG:  statement: SELECT sum(amount) AS revenue
\tFROM public.postgresql_visits
\tWHERE channel = 'a
\tb'
2026-11-22 01:00:00.002 UTC [13] ERROR:  no such thing
\tand more of it
2026-11-22 01:00:00.003 UTC [12] LOG:  statement: SELECT pg_catalog.version()
2026-11-22 01:00:00.004 UTC [12] LOG:  statement: WITH x AS (SELECT 1) SELECT * FROM x, postgresql_orders
2026-11-22 01:00:00.005 UTC [12] LOG:  checkpoint starting: time
"""


def test_statements_with_all_their_lines() -> None:
    found = statements_of(LOG)
    assert found[0] == "BEGIN"
    assert found[1] == (
        "SELECT sum(amount) AS revenue\nFROM public.postgresql_visits\nWHERE channel = 'a\nb'"
    )
    assert len(found) == 4


def test_only_what_reads_the_facts_counts() -> None:
    found = reads(statements_of(LOG), ["postgresql_visits", "postgresql_orders"])
    assert [text.split()[0] for text in found] == ["SELECT", "WITH"]
    assert reads(["INSERT INTO postgresql_visits SELECT 1"], ["postgresql_visits"]) == []
