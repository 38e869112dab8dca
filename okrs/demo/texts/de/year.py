"""The objectives of the year, and those of the company, its divisions and operations in the running quarter."""

from okrs.demo.texts.wording import Note, aim, kr

YEAR = {
    "org.1": aim(
        "Wir sind die erste Wahl für Schulen, die gesunde Luft wollen",
        "Schulen entscheiden langsam und bleiben zehn Jahre. Wer jetzt im Gebäude ist, bleibt im Gebäude.",
        kr(
            "Schulen mit laufendem Vertrag",
            "Guter Start: Vier Schulen haben nach der Messe unterschrieben.",
            "Zähe Wochen wegen der Ferien. {value} und eine volle Liste für die Zeit danach.",
            "{value}. Zum ersten Mal sind die beiden großen Kreise aus dem Rahmenvertrag dabei.",
        ),
        kr(
            "Kommunen, die über einen Rahmenvertrag kaufen",
            "Verträge dauern länger als geplant: Jeder Rat tagt einmal im Monat.",
            "{value}. Zwei weitere haben entschieden, die Verträge liegen zur Unterschrift.",
        ),
        kr("Kunden würden uns weiterempfehlen", "Erste Befragung nach dem neuen Einstieg: Die Richtung stimmt."),
    ),
    "org.2": aim(
        "Geräte, die jahrelang ohne Anfahrt laufen",
        "Eine Anfahrt kostet so viel wie drei Sensoren. An das Gerät, das einfach läuft, erinnert sich niemand.",
        kr(
            "Im ersten Jahr zurückgeschickte Geräte",
            "Die neue Dichtung hilft. Bei den Kunden kommt sie später an, also folgt die Zahl langsam.",
            "{value}: der beste Monat bisher. Rückläufer der alten Serie drücken noch.",
        ),
        kr("Was die Teams zur Zuverlässigkeit beitragen"),
        kr(
            "In Schulen gemessene Batterielaufzeit",
            "Noch die erste Generation. Der Sprung kommt mit dem neuen Funkmodul oder gar nicht.",
            "In zwölf Schulen gemessen: {value}. Die neue Firmware sehen wir frühestens im nächsten Quartal.",
        ),
    ),
    "org.3": aim(
        "Wir wachsen aus eigener Kraft",
        "Jeden Euro, den wir selbst verdienen, müssen wir niemanden fragen.",
        kr(
            "Wiederkehrender Jahresumsatz",
            "{value}. Neugeschäft liegt unter Plan, Verlängerungen darüber.",
            "{value}. Der Sprung kommt von den beiden Kreisen; ohne sie wären wir im Rückstand.",
        ),
        kr("Die Rohmarge bleibt über 42 %", "Fracht war teurer als geplant, noch innerhalb der Grenze."),
        kr("Das Geld reicht mindestens neun Monate"),
    ),
    "org.4": aim(
        "Ein Ort, an dem man bleibt und wächst",
        "Wir stellen langsam ein und wollen alle behalten, die wir ausgesucht haben.",
        kr("Würden uns als Arbeitgeber empfehlen", "Umfrage beendet, die meisten Kommentare handeln vom Fokus."),
        kr("Höchstens 8 % gehen innerhalb eines Jahres", "Noch jemand verlässt das Lager. Vorerst über der Grenze."),
        kr(
            "Teams, die mit OKRs arbeiten",
            "Die Pilotteams machen weiter, fünf kommen dazu.",
            "Alle zwölf Teams haben ihre Objectives im System. Das ging schneller, als wir gehofft hatten.",
        ),
    ),
    "nordkamm.1": aim(
        "Wir entscheiden schneller und sagen, warum",
        "In der Umfrage stand viermal derselbe Satz: Entscheidungen erfahre ich auf dem Flur.",
        kr(
            "Entscheidungen binnen zwei Tagen mit Begründung veröffentlicht",
            "Die Liste an der Wand wirkt besser als jedes Werkzeug.",
        ),
        kr(
            "Tage, die eine Entscheidung auf die Leitung wartet",
            "Zwei Entscheidungen zu Preisen lagen über drei Wochen bei uns. Das ist unsere eigene Schuld.",
            "Jetzt {value}: Dienstags entscheiden wir, was reif ist, und sammeln nicht mehr.",
        ),
    ),
    "product.1": aim(
        "Sensor und App fühlen sich wie ein Produkt an",
        "Kunden sagen uns, das Gerät sei schön und die App von einer anderen Firma.",
        kr(
            "Minuten vom Öffnen des Kartons bis zum ersten Messwert",
            "Auf {value}, seit das Koppeln ohne Code geht.",
            "{value} in den letzten zehn Versuchen. Der Rest ist das WLAN der Schulen, und das ändern wir nicht.",
        ),
        kr("Bewertung der App", "Der Absturz auf älteren Tablets hat uns einen halben Stern gekostet. Ist behoben."),
    ),
    "market.1": aim(
        "Kommunen kaufen ein zweites Mal bei uns",
        "Der zweite Auftrag kostet ein Zehntel des ersten und sagt uns, dass der erste richtig war.",
        kr(
            "Kunden des Vorjahrs mit einem zweiten Auftrag",
            "Die meisten Folgeaufträge kommen nach einem Besuch, nicht nach einer Mail.",
        ),
        kr(
            "Unterschriebene Rahmenverträge",
            "Drei Entwürfe liegen auf Schreibtischen, die uns nicht gehören.",
            "Nur {value}. Die große Ausschreibung wurde verschoben; ich habe gefragt, was früher ginge.",
        ),
    ),
    "operations.1": aim(
        "Wir liefern, was wir versprochen haben, an dem Tag, den wir versprochen haben",
        "Ein Monteur, der ohne Paket vor einer Schule steht, kommt in derselben Woche nicht wieder.",
        kr(
            "Aufträge am zugesagten Tag geliefert",
            "Wir zählen jetzt ehrlich: Eine Teillieferung ist keine Lieferung. Daher der niedrige Anfang.",
            "{value} seit der zweiten Schicht in der Verpackung.",
            "{value}. Was jetzt noch zu spät kommt, sind fast immer die Montageplatten.",
        ),
        kr(
            "Tage von der Bestellung bis zur Lieferung",
            "Das Lager für das Standardset hat auf einmal vier Tage gespart.",
        ),
        kr(
            "Ein Ablauf vom Angebot bis zur Rechnung",
            "Der Ablauf ist gezeichnet und beschlossen. Die Schnittstelle zur Buchhaltung dauert länger.",
            milestones=(
                "Ablauf mit dem Vertrieb vereinbart",
                "Lager und Aufträge in einem System",
                "Rechnung ohne Tippen",
            ),
        ),
    ),
    "supply.1": aim(
        "Liefertermine, auf die man sich verlassen kann",
        "Der Vertrieb verspricht, was wir ihm sagen. Also sollten wir es wissen.",
        kr(
            "Kartons, die am geplanten Tag das Haus verlassen",
            "Der Wochenplan montags um acht funktioniert auch ohne mich.",
            "{value}. Der Freitagnachmittag ist noch unsere schwache Stunde.",
        ),
        kr("Der Bestand reicht für 25 bis 40 Tage", "Etwas hoch wegen der frühen Lieferung von der Küste."),
        kr(
            "Eine zweite Quelle für die drei heikelsten Teile",
            "Der zweite Lieferant für das Gehäuse hat die Bemusterung bestanden.",
            Note(
                "Zwei von dreien stehen. Für die Messzelle gibt es weltweit ein einziges Werk.",
                next_step="Bei den Geräten fragen, ob die andere Zelle passen würde.",
            ),
            milestones=("Gehäuse", "Montageplatte", "Messzelle"),
        ),
        work=("Zweiten Lieferanten besuchen", "Wochenplan auf einer Seite"),
    ),
    "people.1": aim(
        "Wachsen, ohne zu verlieren, wer wir sind",
        "Sieben Neue in einem Quartal sind ein Zehntel von uns.",
        kr(
            "Besetzte Stellen",
            "Zwei Verträge unterschrieben, nächste Woche drei Zweitgespräche.",
            "{value}. Die Firmwarestelle bleibt offen: Es war niemand dabei, den wir wollten.",
        ),
        kr(
            "Neue, die in der zweiten Woche ihr Ziel kennen",
            "Hängt am Team; Wachstum und Geräte machen es gut.",
        ),
        kr(
            "Gehaltsbänder für alle veröffentlicht",
            "Der Betriebsrat hat den Entwurf und möchte über Stufe 3 sprechen.",
        ),
    ),
    "people.2": aim(
        "Monatsabschluss in fünf Tagen",
        "Entscheidungen mit Zahlen von vor zwei Monaten sind geraten.",
        kr(
            "Arbeitstage bis zum Monatsabschluss",
            "Auf {value}: Reisekosten warten nicht mehr auf Papier.",
            "{value}. Der Rest wartet auf den Auftragsablauf im Betrieb.",
        ),
    ),
}
