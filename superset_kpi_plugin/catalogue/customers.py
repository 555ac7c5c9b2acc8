"""Customers, their worth and their satisfaction, and the e-mails that reach them."""

from __future__ import annotations

from superset_kpi_plugin.catalogue.types import (
    ANSWERS,
    CUSTOMERS,
    EMAILS,
    MARKETING,
    MONEY,
    MONEY_PER_CUSTOMER,
    PERCENT,
    SHARE,
    SUCCESS,
    WHOLE,
    Kpi,
    Words,
)

CUSTOMER_KPIS = (
    Kpi(
        "lifetime_value",
        ("A-G3b", "B-K1"),
        Words("Lifetime value (LTV)", "Giá trị vòng đời (LTV)", "顧客生涯価値（LTV）"),
        Words(
            "What a customer has bought so far: revenue so far / customers.",
            "Giá trị một khách đã mua đến nay: doanh thu tích lũy / khách hàng.",
            "顧客がこれまでに購入した金額：累計売上 ÷ 顧客数。",
        ),
        SUCCESS,
        MONEY_PER_CUSTOMER,
        WHOLE,
        "rate",
        synonyms=("ltv", "clv", "lifetime value", "customer lifetime value", "lifetime value per customer"),
    ),
    Kpi(
        "lifetime_revenue",
        (),
        Words("Revenue of customers so far", "Doanh thu tích lũy của khách hàng", "顧客の累計売上"),
        Words(
            "What all customers have bought up to the latest day.",
            "Tổng giá trị mọi khách đã mua đến ngày gần nhất.",
            "最新日までに全顧客が購入した金額。",
        ),
        SUCCESS,
        MONEY,
        WHOLE,
        "stock",
        synonyms=("lifetime revenue", "cumulative revenue"),
    ),
    Kpi(
        "customers",
        (),
        Words("Customers", "Khách hàng", "顧客数"),
        Words(
            "All customers on the latest day.",
            "Mọi khách hàng vào ngày gần nhất.",
            "最新日のすべての顧客。",
        ),
        SUCCESS,
        CUSTOMERS,
        WHOLE,
        "stock",
        synonyms=("clients", "customer base"),
    ),
    *(
        Kpi(
            f"{state}_customers",
            ("B-K3",),
            name,
            description,
            SUCCESS,
            CUSTOMERS,
            WHOLE,
            "stock",
            direction,
            synonyms=synonyms,
            wider=("customers", "顧客数", "khách hàng"),
        )
        for state, name, description, direction, synonyms in (
            (
                "active",
                Words("Active customers", "Khách hàng đang hoạt động", "アクティブ顧客数"),
                Words(
                    "Customers who bought recently, on the latest day. Filter by the activity state.",
                    "Khách mua gần đây, vào ngày gần nhất. Hãy lọc theo trạng thái hoạt động.",
                    "最新日時点で、最近購入した顧客。活動状態で絞り込みます。",
                ),
                "increase",
                ("active clients",),
            ),
            (
                "dormant",
                Words("Dormant customers", "Khách hàng ngủ đông", "休眠顧客数"),
                Words(
                    "Customers who have not bought for a while, on the latest day. "
                    "Filter by the activity state.",
                    "Khách đã lâu không mua, vào ngày gần nhất. Hãy lọc theo trạng thái hoạt động.",
                    "最新日時点で、しばらく購入のない顧客。活動状態で絞り込みます。",
                ),
                "decrease",
                ("inactive customers", "sleeping customers"),
            ),
            (
                "lost",
                Words("Lost customers", "Khách hàng đã mất", "離反顧客数"),
                Words(
                    "Customers who stopped buying, on the latest day. Filter by the activity state.",
                    "Khách đã ngừng mua, vào ngày gần nhất. Hãy lọc theo trạng thái hoạt động.",
                    "最新日時点で、購入をやめた顧客。活動状態で絞り込みます。",
                ),
                "decrease",
                ("churned customers", "churn"),
            ),
        )
    ),
    *(
        Kpi(
            f"{band}_score_customers",
            ("B-K7",),
            name,
            Words(
                "Customers in this band of the score, on the latest day. Filter by the score band.",
                "Khách thuộc nhóm điểm này vào ngày gần nhất. Hãy lọc theo nhóm điểm.",
                "最新日にこのスコア帯にいる顧客。スコア帯で絞り込みます。",
            ),
            MARKETING,
            CUSTOMERS,
            WHOLE,
            "stock",
            synonyms=(f"{band} score",),
            wider=("customers", "顧客数", "khách hàng"),
        )
        for band, name in (
            (
                "high",
                Words("Customers with a high score", "Khách hàng điểm cao", "高スコア帯の顧客数"),
            ),
            (
                "middle",
                Words("Customers with a middle score", "Khách hàng điểm trung bình", "中スコア帯の顧客数"),
            ),
            (
                "low",
                Words("Customers with a low score", "Khách hàng điểm thấp", "低スコア帯の顧客数"),
            ),
        )
    ),
    Kpi(
        "satisfaction",
        ("B-G5",),
        Words("Satisfaction after purchase", "Mức hài lòng sau mua", "購入後の顧客満足度"),
        Words(
            "Satisfied answers of all answers to the survey after a purchase.",
            "Tỷ lệ câu trả lời hài lòng trong khảo sát sau mua.",
            "購入後アンケートの全回答に占める満足の回答。",
        ),
        SUCCESS,
        PERCENT,
        SHARE,
        "rate",
        synonyms=("customer satisfaction", "csat", "satisfied customers", "nps", "満足度"),
    ),
    Kpi(
        "satisfied_answers",
        (),
        Words("Satisfied answers", "Câu trả lời hài lòng", "満足の回答数"),
        Words(
            "Survey answers that say satisfied. Filter the answers where the metric counts all.",
            "Câu trả lời khảo sát ghi hài lòng. Hãy lọc nếu chỉ số đếm mọi câu trả lời.",
            "満足と答えたアンケート回答。全回答を数える指標には絞り込みが必要です。",
        ),
        SUCCESS,
        ANSWERS,
        WHOLE,
        "flow",
        synonyms=("positive answers",),
        wider=("survey answers", "answers"),
    ),
    Kpi(
        "survey_answers",
        (),
        Words("Survey answers", "Câu trả lời khảo sát", "アンケート回答数"),
        Words(
            "All answers to the survey after a purchase.",
            "Mọi câu trả lời khảo sát sau mua.",
            "購入後アンケートのすべての回答。",
        ),
        SUCCESS,
        ANSWERS,
        WHOLE,
        "flow",
        synonyms=("answers", "survey responses", "responses"),
    ),
    *(
        Kpi(
            f"emails_{what}",
            ids,
            name,
            description,
            MARKETING,
            EMAILS,
            WHOLE,
            "flow",
            synonyms=(f"{what} e-mails", what, *synonyms),
        )
        for what, ids, name, description, synonyms in (
            (
                "sent",
                ("B-K5",),
                Words("E-mails sent", "Email đã gửi", "メール配信数"),
                Words("E-mails that were sent.", "Số email đã gửi.", "送信したメール。"),
                ("mails sent", "送信数"),
            ),
            (
                "delivered",
                (),
                Words("E-mails delivered", "Email đã đến nơi", "メール到達数"),
                Words(
                    "E-mails that reached their reader.",
                    "Số email đến được người nhận.",
                    "読み手に届いたメール。",
                ),
                ("到達数",),
            ),
            (
                "opened",
                ("B-K5",),
                Words("E-mails opened", "Email được mở", "メール開封数"),
                Words("E-mails that were opened.", "Số email được mở.", "開封されたメール。"),
                ("opens", "email opens", "開封数"),
            ),
            (
                "clicked",
                ("B-K5",),
                Words("E-mails clicked", "Email được nhấp", "メールクリック数"),
                Words(
                    "E-mails whose links were clicked.",
                    "Số email có liên kết được nhấp.",
                    "リンクがクリックされたメール。",
                ),
                ("email clicks",),
            ),
            (
                "converted",
                (),
                Words("E-mails that led to an order", "Email dẫn đến đơn hàng", "受注につながったメール数"),
                Words(
                    "Opened e-mails whose reader ordered.",
                    "Email được mở và người đọc đã đặt hàng.",
                    "開封した人が注文したメール。",
                ),
                ("email conversions", "e-mails that led to an order"),
            ),
        )
    ),
    Kpi(
        "email_open_rate",
        ("A-K8", "B-K5"),
        Words("E-mail open rate", "Tỷ lệ mở email", "メール開封率"),
        Words(
            "E-mails opened of those delivered: opened / delivered.",
            "Email được mở trên số đến nơi: được mở / đến nơi.",
            "到達したメールのうち開封された割合：開封数 ÷ 到達数。",
        ),
        MARKETING,
        PERCENT,
        SHARE,
        "rate",
        synonyms=("open rate", "opened / delivered", "開封率", "tỷ lệ mở"),
    ),
    Kpi(
        "email_click_rate",
        ("A-K9", "B-K5"),
        Words("Click rate of opened e-mails", "Tỷ lệ nhấp của email được mở", "開封メールのクリック率"),
        Words(
            "Clicks among users who opened: clicked / opened.",
            "Lượt nhấp trong số người mở email: được nhấp / được mở.",
            "開封した人のうちクリックした割合：クリック数 ÷ 開封数。",
        ),
        MARKETING,
        PERCENT,
        SHARE,
        "rate",
        synonyms=("click rate", "ctr", "click-through rate", "click to open rate", "クリック率"),
    ),
    Kpi(
        "email_conversion_rate",
        ("A-K10",),
        Words(
            "Conversion rate of opened e-mails",
            "Tỷ lệ chuyển đổi của email được mở",
            "開封メールのコンバージョン率",
        ),
        Words(
            "Conversions of users who opened: converted / opened.",
            "Lượt chuyển đổi trong số người mở email: chuyển đổi / được mở.",
            "開封した人のうち成果に至った割合：コンバージョン数 ÷ 開封数。",
        ),
        MARKETING,
        PERCENT,
        SHARE,
        "rate",
        synonyms=("email conversion rate", "conversion rate", "converted / opened"),
    ),
)
