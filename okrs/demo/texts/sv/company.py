"""Names of teams, titles, units, and what people write in an ordinary week."""

TITLES = {
    "managing_director": "Vd",
    "head_product": "Produkt- och teknikchef",
    "head_market": "Marknadschef",
    "head_operations": "Driftschef",
    "team_lead": "Teamledare",
    "hardware_engineer": "Hårdvaruutvecklare",
    "firmware_engineer": "Firmwareutvecklare",
    "test_engineer": "Testingenjör",
    "product_manager": "Produktägare",
    "software_engineer": "Programutvecklare",
    "data_engineer": "Dataingenjör",
    "security_engineer": "Informationssäkerhet",
    "customer_trainer": "Kundutbildare",
    "designer": "Formgivare",
    "researcher": "Användarforskare",
    "account_manager": "Säljare",
    "tender_manager": "Upphandlingar",
    "partner_manager": "Partneransvarig",
    "content": "Redaktör",
    "event_manager": "Evenemang",
    "success_manager": "Kundansvarig",
    "support": "Kundtjänst",
    "buyer": "Inköpare",
    "production_planner": "Produktionsplanerare",
    "quality": "Kvalitetsingenjör",
    "warehouse": "Lager",
    "people_partner": "HR",
    "controller": "Controller",
    "accountant": "Ekonom",
}
# Name, mission, what is expected of the team.
TEAMS = {
    "nordkamm": ("Nordkamm", "Visa riktningen och röja undan det som är i vägen.", ""),
    "product": ("Produkt och teknik", "Givare, app och data som känns som en och samma sak.", ""),
    "market": ("Marknad och kunder", "Hitta skolor och kontor vi kan hjälpa, och behålla dem.", ""),
    "operations": ("Drift", "Bygga, leverera och betala den dag vi sagt.", ""),
    "devices": (
        "Enheter",
        "Givare som går i åratal utan att någon tänker på dem.",
        "Två enheter om året som är klara för serieproduktion.",
    ),
    "platform": (
        "Plattform",
        "Varje mätvärde kommer fram, och alla kan lita på det.",
        "Jour för allt som våra kunder ser.",
    ),
    "growth": (
        "Tillväxt",
        "Nya kunder märker skillnaden under första veckan.",
        "Ansvarar för vägen från paketet på bordet till det första beslutet med våra data.",
    ),
    "sales": ("Försäljning", "Vinna kunder som stannar.", "En pipeline som bär två kvartal."),
    "marketing": ("Marknadsföring", "Skolhuvudmän känner till oss innan vi ringer.", ""),
    "success": (
        "Kundframgång",
        "Kunderna når det de köpte oss för.",
        "Ansvarar för förlängningar och vet varför varje kund som lämnat gjorde det.",
    ),
    "supply": ("Leverans och produktion", "Rätt låda lämnar huset på rätt dag.", ""),
    "people": ("Personal och ekonomi", "Bra människor, rättvis lön, tydliga siffror.", ""),
}
PRIORITIES = {
    "schools": ("Skolornas förstahandsval", "Skolor och kommuner går före alla andra tills vidare."),
    "quality": (
        "Montera en gång, glöm det sedan",
        "Varje besök vi slipper är pengar för oss och lugn för kunden.",
    ),
    "money": ("Växa av egen kraft", "Vi betalar tillväxten med det kunderna betalar oss."),
    "people": ("En plats där man stannar", "Vi växer bara så fort som vi kan ta emot nya kollegor väl."),
}
UNITS = {
    "schools": "skolor", "municipalities": "kommuner", "points": "poäng", "years": "år", "months": "månader",
    "teams": "team", "days": "dagar", "minutes": "min", "agreements": "avtal", "tests": "prov", "causes": "orsaker",
    "tickets": "ärenden", "interviews": "intervjuer", "tenders": "upphandlingar", "deals": "affärer",
    "partners": "partner", "enquiries": "förfrågningar", "hours": "timmar", "articles": "artiklar",
    "positions": "tjänster", "visits": "besök", "incidents": "störningar", "events": "kvällar", "devices": "enheter",
}  # fmt: skip
PAUSES = ("Sommarveckor", "Mellandagarna")
# Why an objective supports another: "who>whom".
REASONS = {
    "growth.1>product.1": "Den som har givaren på väggen första dagen upplever givare och app som en sak.",
    "growth.1>org.1/3": "Kunder med en bra första vecka rekommenderar oss dubbelt så ofta.",
    "platform.1>org.2/2": "Ett förlorat mätvärde ser ut som en trasig givare och kostar ett besök.",
    "sales.1>market.1": "Ramavtal börjar som affärsmöjligheter i vår pipeline.",
    "success.2>growth.1/3": "Det vi förklarar väl i hjälpen blir aldrig ett ärende.",
    "supply.1>operations.1": "Leveransdagen är det löfte kunden märker först.",
    "devices.1>org.2/3": "Den nya radion drar en tredjedel mindre ström.",
}
UP = (
    "En bra vecka, nu {value}.",
    "Upp till {value}. Ändringen från förra veckan märks.",
    "Ett litet steg framåt.",
    "{value}. Vi fortsätter så.",
    "Bättre än jag väntade mig.",
    "Två öppna punkter klara, därav steget.",
)
FLAT = (
    "Inget nytt, vi väntar på siffror.",
    "Oförändrat {value}; nästa steg kommer på tisdag.",
    "Lugn vecka, halva teamet var på resa.",
    "Ingen rörelse. Det var planerat.",
)
DOWN = (
    "Tillbaka på {value}. En stor kund förklarar det mesta.",
    "Tappade lite mark, inget dramatiskt.",
    "Ett steg tillbaka: förra veckans siffra var för bra för att vara sann.",
)
