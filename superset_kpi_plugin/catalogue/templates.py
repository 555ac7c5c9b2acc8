"""A tree for every KGI of the catalogue: not deeper than four levels, not more than seven children."""

from __future__ import annotations

from superset_kpi_plugin.catalogue.types import Branch, Factor, Purpose, Template, Words

PURPOSES = (
    Purpose(1, Words("More prospects", "Nhiều khách hàng tiềm năng hơn", "見込み客を増やす")),
    Purpose(2, Words("More closed orders", "Chốt nhiều đơn hàng hơn", "受注を増やす")),
    Purpose(
        3,
        Words(
            "Reaching customers who bought before",
            "Tiếp cận lại khách đã từng mua",
            "購入経験のある顧客に再び働きかける",
        ),
    ),
    Purpose(
        4,
        Words("More productive sales staff", "Nâng năng suất đội ngũ kinh doanh", "営業の生産性を高める"),
    ),
)

_ORDERS_FROM_NEGOTIATIONS = Branch("marketing_orders", "negotiations * order_rate")
_NEGOTIATIONS = "calls * appointment_rate * negotiation_rate + nurtured_negotiations"
_WEB_LEADS = Branch("new_web_leads", "visits * lead_conversion_rate")
_NEW_LEADS = Branch("new_leads", "new_web_leads + event_leads")
_COMPANY_REVENUE = Branch("company_revenue", "orders * revenue_per_order")
_ORDERS_FROM_VISITS = Branch("orders", "visits * order_conversion_rate")

TEMPLATES = (
    Template(
        "A-G1",
        "A-G1",
        (2, 3),
        Words(
            "From visits, calls and nurturing over negotiations to orders and what they are worth.",
            "Từ lượt truy cập, cuộc gọi và nuôi dưỡng, qua cơ hội đến đơn hàng và giá trị của chúng.",
            "訪問・架電・育成から商談、そして受注とその単価まで。",
        ),
        (
            Branch("marketing_revenue", "marketing_orders * average_order_value"),
            _ORDERS_FROM_NEGOTIATIONS,
            Branch("negotiations", _NEGOTIATIONS, (Factor("mqls", lag=1), Factor("visits", lag=1))),
        ),
    ),
    Template(
        "A-G2",
        "A-G2",
        (2,),
        Words(
            "How much of the company's revenue marketing brings, and through which orders.",
            "Marketing mang lại bao nhiêu phần doanh thu công ty, và qua đơn hàng nào.",
            "全社の売上のうちマーケティングがもたらす割合と、その受注の内訳。",
        ),
        (
            Branch("marketing_share", "marketing_revenue / company_revenue"),
            Branch("marketing_revenue", "marketing_orders * average_order_value"),
            Branch(
                "marketing_orders",
                "negotiations * order_rate",
                (Factor("email_conversion_rate"), Factor("event_registrations", lag=1)),
            ),
        ),
    ),
    Template(
        "A-G3a",
        "A-G3a",
        (4,),
        Words(
            "What an order is worth, and whether sales spend their time on the right negotiations.",
            "Một đơn hàng đáng giá bao nhiêu, và đội kinh doanh có dành thời gian đúng cơ hội không.",
            "受注一件の価値と、営業が適切な商談に時間を使えているか。",
        ),
        (
            Branch(
                "average_order_value",
                "marketing_revenue / marketing_orders",
                (Factor("order_rate"), Factor("high_score_customers"), Factor("lifetime_value")),
            ),
            Branch("order_rate", "marketing_orders / negotiations", (Factor("appointment_rate"),)),
        ),
    ),
    Template(
        "A-G3b",
        "A-G3b",
        (3,),
        Words(
            "What customers are worth over time: how many stay active, and what keeps them.",
            "Giá trị của khách hàng theo thời gian: bao nhiêu khách còn hoạt động và điều gì giữ chân họ.",
            "顧客の長期的な価値。どれだけの顧客が活動を続け、何がそれを支えるか。",
        ),
        (
            Branch(
                "lifetime_value",
                "lifetime_revenue / customers",
                (
                    Factor("satisfaction", lag=1),
                    Factor("high_score_customers"),
                    Factor("middle_score_customers"),
                    Factor("low_score_customers", sign="negative"),
                ),
            ),
            Branch("customers", "active_customers + dormant_customers + lost_customers"),
            Branch("active_customers", None, (Factor("email_open_rate"), Factor("email_conversion_rate"))),
        ),
    ),
    Template(
        "A-G4",
        "A-G4",
        (1, 2, 4),
        Words(
            "What brings negotiations to sales: calls to qualified leads, and nurturing by e-mail.",
            "Điều gì mang cơ hội đến: cuộc gọi đến khách đủ điều kiện và nuôi dưỡng qua email.",
            "営業に商談をもたらすもの。有望リードへの架電と、メールによる育成。",
        ),
        (
            Branch(
                "negotiations",
                _NEGOTIATIONS,
                (Factor("mqls", lag=1), Factor("rising_rate", lag=1), Factor("campaign_applications", lag=1)),
            ),
            Branch("appointment_rate", "appointments / calls"),
            Branch(
                "nurtured_negotiations",
                None,
                (Factor("email_open_rate"), Factor("email_click_rate"), Factor("white_paper_leads", lag=1)),
            ),
            Branch("email_open_rate", "emails_opened / emails_delivered"),
            Branch("email_click_rate", "emails_clicked / emails_opened"),
            Branch("mqls", "new_leads * mql_rate"),
            Branch("rising_rate", "risen_leads / leads_in_status_before"),
        ),
    ),
    Template(
        "A-G5",
        "A-G5",
        (1,),
        Words(
            "How visits to the web site become leads.",
            "Lượt truy cập web trở thành khách hàng tiềm năng như thế nào.",
            "Webサイトへの訪問がどのようにリードになるか。",
        ),
        (
            Branch(
                "new_web_leads",
                "visits * lead_conversion_rate",
                (Factor("enquiries"), Factor("ad_cost", sign="positive")),
            ),
            Branch("visits", None, (Factor("page_views"), Factor("emails_clicked"))),
            Branch("lead_conversion_rate", None, (Factor("white_paper_leads"),)),
        ),
    ),
    Template(
        "A-G5b",
        "A-G5",
        (1, 2),
        Words(
            "The company's part of its market, and the orders behind it.",
            "Phần của công ty trong thị trường và các đơn hàng đằng sau.",
            "市場における自社の割合と、それを支える受注。",
        ),
        (
            Branch("market_share", "company_revenue / market_revenue", (Factor("new_leads", lag=1),)),
            _COMPANY_REVENUE,
            Branch("orders", "first_orders + repeat_orders"),
        ),
    ),
    Template(
        "B-G1",
        "B-G1",
        (2, 3),
        Words(
            "Growth of revenue against the period before, from visits to orders.",
            "Tăng trưởng doanh thu so với kỳ trước, từ lượt truy cập đến đơn hàng.",
            "前期比の売上成長を、訪問から受注まで。",
        ),
        (
            Branch(
                "revenue_growth",
                "(company_revenue - company_revenue_before) / company_revenue_before",
                (Factor("active_customers"), Factor("satisfaction", lag=1)),
            ),
            _COMPANY_REVENUE,
            _ORDERS_FROM_VISITS,
        ),
    ),
    Template(
        "B-G1b",
        "B-G1",
        (2, 4),
        Words(
            "Growth of profit against the period before: revenue, and what it costs.",
            "Tăng trưởng lợi nhuận so với kỳ trước: doanh thu và chi phí của nó.",
            "前期比の利益成長。売上と、そのための費用。",
        ),
        (
            Branch("profit_growth", "(profit - profit_before) / profit_before", (Factor("cost_per_order"),)),
            Branch("profit", "company_revenue - order_cost - ad_cost"),
            _COMPANY_REVENUE,
            Branch("cost_per_order", "ad_cost / orders"),
        ),
    ),
    Template(
        "B-G2",
        "B-G2",
        (1,),
        Words(
            "The prospects at hand: those held before, those found, those who left.",
            "Khách hàng tiềm năng đang có: số từ trước, số tìm được, số rời đi.",
            "手元の見込み客。前期からの保有、新規、離脱。",
        ),
        (
            Branch(
                "leads_held",
                "leads_held_before + new_leads - leads_left",
                (Factor("rising_rate"), Factor("email_open_rate")),
            ),
            _NEW_LEADS,
            _WEB_LEADS,
            Branch("event_leads", None, (Factor("event_registrations"), Factor("campaign_applications"))),
        ),
    ),
    Template(
        "B-G2b",
        "B-G2",
        (1,),
        Words(
            "Where new prospects come from: the web site and events.",
            "Khách hàng tiềm năng mới đến từ đâu: trang web và sự kiện.",
            "新規見込み客の獲得元。Webサイトとイベント。",
        ),
        (
            Branch("new_leads", "new_web_leads + event_leads", (Factor("ad_cost", sign="positive"),)),
            _WEB_LEADS,
            Branch("event_leads", None, (Factor("event_registrations"), Factor("campaign_applications"))),
            Branch("visits", None, (Factor("page_views"), Factor("emails_clicked"))),
            Branch("lead_conversion_rate", None, (Factor("white_paper_leads"), Factor("enquiries"))),
        ),
    ),
    Template(
        "B-G3",
        "B-G3",
        (2, 3, 4),
        Words(
            "First orders from negotiations, and repeat orders by e-mail and direct.",
            "Đơn hàng đầu tiên từ cơ hội, và đơn hàng mua lại qua email hoặc trực tiếp.",
            "商談からの初回受注と、メールや直接のリピート受注。",
        ),
        (
            Branch("orders", "first_orders + repeat_orders", (Factor("satisfaction", lag=1),)),
            Branch("first_orders", "negotiations * order_rate", (Factor("mqls", lag=1),)),
            Branch(
                "repeat_orders",
                "emails_delivered * email_open_rate * email_conversion_rate + direct_repeat_orders",
                (Factor("emails_sent"), Factor("dormant_customers")),
            ),
            Branch("email_open_rate", "emails_opened / emails_delivered"),
            Branch("email_conversion_rate", "emails_converted / emails_opened"),
        ),
    ),
    Template(
        "B-G4",
        "B-G4",
        (1,),
        Words(
            "What it costs to win a prospect.",
            "Chi phí để có một khách hàng tiềm năng.",
            "見込み客を一人獲得するための費用。",
        ),
        (
            Branch("cost_per_action", "ad_cost / new_leads", (Factor("email_click_rate"),)),
            _NEW_LEADS,
            _WEB_LEADS,
        ),
    ),
    Template(
        "B-G4b",
        "B-G4",
        (2, 4),
        Words(
            "What it costs to win an order.",
            "Chi phí để có một đơn hàng.",
            "受注を一件獲得するための費用。",
        ),
        (
            Branch("cost_per_order", "ad_cost / orders", (Factor("cost_per_action"), Factor("mql_rate"))),
            _ORDERS_FROM_VISITS,
        ),
    ),
    Template(
        "B-G5",
        "B-G5",
        (3,),
        Words(
            "How satisfied customers are after a purchase, and what may move it.",
            "Khách hàng hài lòng thế nào sau khi mua, và điều gì có thể tác động.",
            "購入後の顧客の満足度と、それを動かしうるもの。",
        ),
        (
            Branch(
                "satisfaction",
                "satisfied_answers / survey_answers",
                (
                    Factor("email_open_rate"),
                    Factor("email_click_rate"),
                    Factor("enquiries", sign="negative"),
                    Factor("lost_customers"),
                ),
            ),
        ),
    ),
)
