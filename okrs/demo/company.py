"""Who works where in the invented company."""

from okrs.demo.blueprint import Person, Unit
from organizations.demo_people import ADMINISTRATOR, COACH, LEAD, LEADERSHIP, MEMBER, PLO, SPONSOR

NAME = "Nordkamm"
SLUG = "nordkamm"
ROOT = "nordkamm"
ADDRESS = "example.com"

# Whom one can be with one click.
ONE_CLICK = {
    "anna": ADMINISTRATOR,
    "yara": PLO,
    "nora": COACH,
    "henrik": SPONSOR,
    "ingrid": LEADERSHIP,
    "jonas": LEAD,
    "mira": MEMBER,
}
# Their own key results still wait for this week's check-in.
STILL_TO_CHECK_IN = ("anna", "jonas", "mira")

PEOPLE = (
    Person("henrik", SPONSOR.name, "managing_director"),
    Person("ingrid", LEADERSHIP.name, "head_product"),
    Person("karin", "Karin Ahlberg", "head_market"),
    Person("anna", ADMINISTRATOR.name, "head_operations"),
    # Devices
    Person("tobias", "Tobias Wendt", "team_lead"),
    Person("linnea", "Linnea Forsgren", "hardware_engineer"),
    Person("pawel", "Paweł Zieliński", "hardware_engineer"),
    Person("rasmus", "Rasmus Thygesen", "firmware_engineer"),
    Person("aylin", "Aylin Demir", "firmware_engineer"),
    Person("matthias", "Matthias Kerner", "test_engineer"),
    Person("hanna", "Hanna Räsänen", "test_engineer"),
    Person("oskar", "Oskar Blomstrand", "product_manager"),
    # Platform
    Person("priya", "Priya Raman", "team_lead"),
    Person("emre", "Emre Kaya", "software_engineer"),
    Person("signe", "Signe Dahlgaard", "software_engineer"),
    Person("florian", "Florian Brückner", "software_engineer"),
    Person("noor", "Noor van Dijk", "data_engineer"),
    Person("anton", "Anton Lehtonen", "data_engineer"),
    Person("clara", "Clara Engström", "security_engineer"),
    Person("david", "David Okafor", "software_engineer"),
    # Growth
    Person("jonas", LEAD.name, "team_lead"),
    Person("mira", MEMBER.name, "customer_trainer"),
    Person("leonie", "Leonie Hartwig", "designer"),
    Person("viktor", "Viktor Sandell", "software_engineer"),
    Person("amina", "Amina Yusuf", "software_engineer"),
    Person("peer", "Peer Gundersen", "researcher"),
    Person("theo", "Theo Marquardt", "product_manager"),
    # Sales
    Person("lars", "Lars Mikkelsen", "team_lead"),
    Person("beate", "Beate Lorenz", "account_manager"),
    Person("johan", "Johan Ekdahl", "account_manager"),
    Person("selma", "Selma Kivinen", "account_manager"),
    Person("ruben", "Ruben Fechner", "tender_manager"),
    Person("ida", "Ida Nørgaard", "partner_manager"),
    Person("miguel", "Miguel Ferreira", "account_manager"),
    Person("greta", "Greta Sundman", "account_manager", signs_in=False),
    # Marketing
    Person("elif", "Elif Aydın", "team_lead"),
    Person("magnus", "Magnus Hellberg", "content"),
    Person("julia", "Julia Petersohn", "content"),
    Person("aron", "Aron Lindeman", "designer"),
    Person("dorte", "Dorte Westergaard", "event_manager"),
    # Customer Success
    Person("sofia", "Sofia Bergmark", "team_lead"),
    Person("kofi", "Kofi Mensah", "success_manager"),
    Person("annika", "Annika Thiele", "success_manager"),
    Person("per", "Per Åström", "support"),
    Person("nadia", "Nadia Rahimi", "support"),
    Person("lukas", "Lukas Bärwald", "support"),
    Person("wilma", "Wilma Tuominen", "customer_trainer"),
    # Supply and production
    Person("marek", "Marek Nowicki", "team_lead"),
    Person("britt", "Britt Sørlie", "buyer"),
    Person("jens", "Jens Kallweit", "production_planner"),
    Person("olga", "Olga Petrenko", "quality"),
    Person("sven", "Sven Hagström", "production_planner"),
    Person("fatima", "Fatima El Amrani", "warehouse"),
    Person("holger", "Holger Riis", "warehouse", signs_in=False),
    Person("stina", "Stina Wallgren", "warehouse", signs_in=False),
    # People and finance
    Person("ulrike", "Ulrike Sommerfeld", "team_lead"),
    Person("nora", COACH.name, "people_partner"),
    Person("mats", "Mats Rydell", "controller"),
    Person("yara", PLO.name, "people_partner"),
    Person("emil", "Emil Vinther", "accountant", signs_in=False),
)

TEAMS = (
    Unit(ROOT, "", ("henrik", "ingrid", "karin", "anna")),
    Unit("product", ROOT, ("ingrid",)),
    Unit("market", ROOT, ("karin",)),
    Unit("operations", ROOT, ("anna",)),
    Unit("devices", "product", ("tobias", "linnea", "pawel", "rasmus", "aylin", "matthias", "hanna", "oskar")),
    Unit(
        "platform",
        "product",
        ("priya", "emre", "signe", "florian", "noor", "anton", "clara", "david"),
        rhythm="two_weekly",
    ),
    Unit("growth", "product", ("jonas", "mira", "leonie", "viktor", "amina", "peer", "theo")),
    Unit("sales", "market", ("lars", "beate", "johan", "selma", "ruben", "ida", "miguel", "greta")),
    Unit("marketing", "market", ("elif", "magnus", "julia", "aron", "dorte")),
    Unit("success", "market", ("sofia", "kofi", "annika", "per", "nadia", "lukas", "wilma", "mira")),
    Unit("supply", "operations", ("marek", "britt", "jens", "olga", "sven", "fatima", "holger", "stina")),
    Unit("people", "operations", ("ulrike", "nora", "mats", "yara", "emil")),
)

PRIORITIES = ("schools", "quality", "money", "people")

# OKRs were tried in some teams first: who took part in the first quarters (later ones are for everybody).
PILOT = (ROOT, "product", "platform", "growth", "sales", "success")
SECOND = (*PILOT, "market", "operations", "devices", "marketing", "supply")

# Who speaks for the employees.
REPRESENTATIVE = "olga"

# Role, person, team (empty: the whole organization).
ROLES = (
    ("plo", "anna", ""),
    ("plo", "yara", ""),
    ("plo", "theo", "product"),
    ("sponsor", "henrik", ""),
    ("leadership", "henrik", ""),
    ("leadership", "ingrid", ""),
    ("leadership", "karin", ""),
    ("coach", "nora", "product"),
    ("coach", "emre", "market"),
)
