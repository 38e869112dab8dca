"""Names of teams, titles, units, and what people write in an ordinary week."""

TITLES = {
    "managing_director": "Geschäftsführung",
    "head_product": "Leitung Produkt und Technik",
    "head_market": "Leitung Markt und Kunden",
    "head_operations": "Leitung Betrieb",
    "team_lead": "Teamleitung",
    "hardware_engineer": "Hardwareentwicklung",
    "firmware_engineer": "Firmwareentwicklung",
    "test_engineer": "Test und Prüfung",
    "product_manager": "Produktmanagement",
    "software_engineer": "Softwareentwicklung",
    "data_engineer": "Datentechnik",
    "security_engineer": "Informationssicherheit",
    "customer_trainer": "Kundenschulung",
    "designer": "Gestaltung",
    "researcher": "Nutzerforschung",
    "account_manager": "Vertrieb",
    "tender_manager": "Ausschreibungen",
    "partner_manager": "Partnerbetreuung",
    "content": "Redaktion",
    "event_manager": "Veranstaltungen",
    "success_manager": "Kundenbetreuung",
    "support": "Kundenservice",
    "buyer": "Einkauf",
    "production_planner": "Fertigungsplanung",
    "quality": "Qualität",
    "warehouse": "Lager",
    "people_partner": "Personal",
    "controller": "Controlling",
    "accountant": "Buchhaltung",
}
# Name, mission, what is expected of the team.
TEAMS = {
    "nordkamm": ("Nordkamm", "Die Richtung vorgeben und wegräumen, was im Weg ist.", ""),
    "product": ("Produkt und Technik", "Sensor, App und Daten, die sich wie ein Ding anfühlen.", ""),
    "market": ("Markt und Kunden", "Die Schulen und Büros finden, denen wir helfen können, und sie behalten.", ""),
    "operations": ("Betrieb", "Bauen, liefern und zahlen an dem Tag, den wir genannt haben.", ""),
    "devices": (
        "Geräte",
        "Sensoren, die jahrelang laufen, ohne dass jemand an sie denkt.",
        "Zwei Geräte im Jahr, die reif für die Serie sind.",
    ),
    "platform": (
        "Plattform",
        "Jeder Messwert kommt an, und alle können sich darauf verlassen.",
        "Bereitschaft für alles, was unsere Kunden sehen.",
    ),
    "growth": (
        "Wachstum",
        "Neue Kunden spüren den Unterschied in der ersten Woche.",
        "Verantwortet den Weg vom Paket auf dem Tisch bis zur ersten Entscheidung mit unseren Daten.",
    ),
    "sales": ("Vertrieb", "Kunden gewinnen, die bleiben.", "Eine Pipeline, die zwei Quartale trägt."),
    "marketing": ("Marketing", "Schulträger kennen uns, bevor wir sie anrufen.", ""),
    "success": (
        "Kundenerfolg",
        "Kunden erreichen, wofür sie uns gekauft haben.",
        "Verantwortet Verlängerungen und weiß von jedem, der gegangen ist, warum.",
    ),
    "supply": ("Lieferung und Fertigung", "Der richtige Karton verlässt am richtigen Tag das Haus.", ""),
    "people": ("Personal und Finanzen", "Gute Leute, faire Gehälter, klare Zahlen.", ""),
}
PRIORITIES = {
    "schools": ("Erste Wahl für Schulen", "Schulen und Kommunen kommen bis auf Weiteres vor allen anderen."),
    "quality": (
        "Einmal montieren, dann vergessen",
        "Jede Anfahrt, die wir vermeiden, ist Geld für uns und Ruhe für die Kunden.",
    ),
    "money": ("Aus eigener Kraft wachsen", "Wir bezahlen Wachstum mit dem, was Kunden uns bezahlen."),
    "people": (
        "Ein Ort, an dem man bleibt",
        "Wir wachsen nur so schnell, wie wir neue Kolleginnen und Kollegen gut hereinholen.",
    ),
}
UNITS = {
    "schools": "Schulen", "municipalities": "Kommunen", "points": "Punkte", "years": "Jahre", "months": "Monate",
    "teams": "Teams", "days": "Tage", "minutes": "min", "agreements": "Verträge", "tests": "Tests",
    "causes": "Ursachen", "tickets": "Anfragen", "interviews": "Gespräche", "tenders": "Ausschreibungen",
    "deals": "Aufträge", "partners": "Partner", "enquiries": "Anfragen", "hours": "Stunden", "articles": "Artikel",
    "positions": "Stellen", "visits": "Besuche", "incidents": "Störungen", "events": "Abende", "devices": "Geräte",
}  # fmt: skip
PAUSES = ("Sommerwochen", "Zwischen den Jahren")
# Why an objective supports another: "who>whom".
REASONS = {
    "growth.1>product.1": "Wer den Sensor am ersten Tag an der Wand hat, erlebt Sensor und App als eines.",
    "growth.1>org.1/3": "Kunden mit einer guten ersten Woche empfehlen uns doppelt so oft.",
    "platform.1>org.2/2": "Ein verlorener Messwert sieht aus wie ein kaputter Sensor und kostet eine Anfahrt.",
    "sales.1>market.1": "Rahmenverträge beginnen als Chance in unserer Pipeline.",
    "success.2>growth.1/3": "Was wir in der Hilfe gut erklären, wird nie zur Anfrage.",
    "supply.1>operations.1": "Der Liefertermin ist das Versprechen, das Kunden zuerst bemerken.",
    "devices.1>org.2/3": "Das neue Funkmodul braucht ein Drittel weniger Strom.",
}
UP = (
    "Gute Woche, jetzt {value}.",
    "Auf {value}. Die Änderung von letzter Woche wirkt.",
    "Ein kleiner Schritt nach vorn.",
    "{value}. Weiter so.",
    "Besser, als ich gedacht hätte.",
    "Zwei offene Punkte erledigt, daher der Sprung.",
)
FLAT = (
    "Nichts Neues, wir warten auf Zahlen.",
    "Unverändert {value}; der nächste Schritt kommt am Dienstag.",
    "Ruhige Woche, das halbe Team war unterwegs.",
    "Keine Bewegung. Das war so geplant.",
)
DOWN = (
    "Zurück auf {value}. Ein großer Kunde erklärt das meiste.",
    "Etwas Boden verloren, nichts Dramatisches.",
    "Ein Schritt zurück: Die Zahl der letzten Woche war zu schön.",
)
