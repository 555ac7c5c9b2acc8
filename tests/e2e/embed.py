"""Opens the demo's dashboard to guests: the role that they get, and the dashboard's address. Prints its uuid.

`python -m tests.e2e.embed`, in the environment of a Superset home.
"""

from __future__ import annotations

from superset.app import create_app

from tests.support.people import GUEST_PERMISSIONS

SLUG = "kpi-marketing-automation"


def main() -> str:
    from superset.extensions import db, security_manager
    from superset.models.dashboard import Dashboard
    from superset.models.embedded_dashboard import EmbeddedDashboard

    role = security_manager.add_role("Guest")
    role.permissions = [security_manager.add_permission_view_menu(*one) for one in GUEST_PERMISSIONS]
    dashboard = db.session.query(Dashboard).filter_by(slug=SLUG).one()
    dashboard.embedded = [EmbeddedDashboard(allow_domain_list="")]
    db.session.commit()
    return str(dashboard.embedded[0].uuid)


if __name__ == "__main__":
    with create_app().app_context():
        print(main())
