"""Names of teams, titles, units, and what people write in an ordinary week."""

TITLES = {
    "managing_director": "Managing director",
    "head_product": "Head of product and technology",
    "head_market": "Head of market and customers",
    "head_operations": "Head of operations",
    "team_lead": "Team lead",
    "hardware_engineer": "Hardware engineer",
    "firmware_engineer": "Firmware engineer",
    "test_engineer": "Test engineer",
    "product_manager": "Product manager",
    "software_engineer": "Software engineer",
    "data_engineer": "Data engineer",
    "security_engineer": "Security engineer",
    "customer_trainer": "Customer trainer",
    "designer": "Designer",
    "researcher": "User researcher",
    "account_manager": "Account manager",
    "tender_manager": "Tender manager",
    "partner_manager": "Partner manager",
    "content": "Editor",
    "event_manager": "Event manager",
    "success_manager": "Customer success manager",
    "support": "Customer support",
    "buyer": "Buyer",
    "production_planner": "Production planner",
    "quality": "Quality engineer",
    "warehouse": "Warehouse",
    "people_partner": "People partner",
    "controller": "Controller",
    "accountant": "Accountant",
}
# Name, mission, what is expected of the team.
TEAMS = {
    "nordkamm": ("Nordkamm", "Set the direction and take away what is in the way.", ""),
    "product": ("Product and Technology", "Sensor, app and data that feel like one thing.", ""),
    "market": ("Market and Customers", "Find the schools and offices we can help, and keep them.", ""),
    "operations": ("Operations", "Build, deliver and pay on the day we said.", ""),
    "devices": (
        "Devices",
        "Sensors that run for years without anybody thinking of them.",
        "Two devices a year that are ready for series production.",
    ),
    "platform": (
        "Platform",
        "Every reading arrives, and everybody can rely on it.",
        "On call for everything our customers see.",
    ),
    "growth": (
        "Growth",
        "New customers feel the difference in their first week.",
        "Owns the way from the parcel on the table to the first decision made with our data.",
    ),
    "sales": ("Sales", "Win the customers who stay.", "A pipeline that carries two quarters."),
    "marketing": ("Marketing", "School boards know us before we call them.", ""),
    "success": (
        "Customer Success",
        "Customers reach what they bought us for.",
        "Owns renewals, and knows why each customer who left did so.",
    ),
    "supply": ("Supply and Production", "The right box leaves the house on the right day.", ""),
    "people": ("People and Finance", "Good people, fair pay, clear numbers.", ""),
}
PRIORITIES = {
    "schools": ("First choice for schools", "Schools and municipalities before everybody else until further notice."),
    "quality": ("Install once, then forget it", "Every visit we avoid is money for us and peace for the customer."),
    "money": ("Grow from our own strength", "We pay for growth with what customers pay us."),
    "people": ("A place where people stay", "We grow only as fast as we can bring new colleagues in well."),
}
UNITS = {
    "schools": "schools", "municipalities": "municipalities", "points": "points", "years": "years",
    "months": "months", "teams": "teams", "days": "days", "minutes": "min", "agreements": "agreements",
    "tests": "tests", "causes": "causes", "tickets": "tickets", "interviews": "interviews", "tenders": "tenders",
    "deals": "deals", "partners": "partners", "enquiries": "enquiries", "hours": "hours", "articles": "articles",
    "positions": "positions", "visits": "visits", "incidents": "incidents", "events": "events", "devices": "devices",
}  # fmt: skip
PAUSES = ("Summer weeks", "Between the years")
# Why an objective supports another: "who>whom".
REASONS = {
    "growth.1>product.1": "Whoever has the sensor on the wall on day one sees sensor and app as one thing.",
    "growth.1>org.1/3": "Customers with a good first week recommend us twice as often.",
    "platform.1>org.2/2": "A lost reading looks like a broken sensor and costs a visit.",
    "sales.1>market.1": "Framework agreements start as opportunities in our pipeline.",
    "success.2>growth.1/3": "What we explain well in the help never becomes a ticket.",
    "supply.1>operations.1": "The delivery date is the promise customers notice first.",
    "devices.1>org.2/3": "The new radio needs a third less energy.",
}
UP = (
    "A good week, now at {value}.",
    "Moved to {value}. The change from last week shows.",
    "Small step forward.",
    "{value}. On we go.",
    "Better than I expected.",
    "Two open points done, hence the step.",
)
FLAT = (
    "Nothing new, we are waiting for numbers.",
    "Unchanged at {value}; the next step lands on Tuesday.",
    "Quiet week, half the team was travelling.",
    "No movement. That was planned.",
)
DOWN = (
    "Back to {value}. One large customer explains most of it.",
    "Lost a little ground, nothing dramatic.",
    "A step back: last week's number was too good to be true.",
)
