"""German: the verb often stands last, particles break off ("führe … ein"), nouns grow together."""

from okrs.quality.lexicon.model import Lexicon, collect, split, split_in_order

# Written with a bar between particle and verb.
WORK = """
aus|liefern zusammen|arbeiten zusammenarbeiten ein|holen aus|tauschen ein|bauen sprechen reden ein|laden sammeln
durch|gehen vor|legen schalten nach|fassen aus|schreiben ein|studieren betreuen begleiten erneuern erweitern+x
nach|rüsten aus|statten launchen relaunchen implementieren ein|führen aus|rollen installieren deployen migrieren
integrieren konfigurieren ein|richten auf|setzen auf|bauen bauen um|bauen erstellen anlegen entwickeln
weiter|entwickeln entwerfen gestalten überarbeiten schreiben verfassen dokumentieren veröffentlichen publizieren
liefern ab|liefern produzieren vor|bereiten organisieren veranstalten durch|führen aus|richten moderieren planen
koordinieren besuchen an|rufen kontaktieren versenden verschicken präsentieren vor|stellen schulen trainieren
coachen unterrichten aus|bilden ein|stellen rekrutieren interviewen befragen recherchieren analysieren untersuchen
evaluieren bewerten prüfen überprüfen auditieren testen erproben erkunden identifizieren definieren spezifizieren
fest|legen skizzieren vor|schlagen aus|wählen kaufen beschaffen an|schaffen verhandeln aktualisieren upgraden
modernisieren automatisieren ersetzen ab|lösen auf|räumen starten beginnen fort|setzen ab|schließen beenden
fertig|stellen finalisieren etablieren zusammen|stellen zusammen|tragen diskutieren besprechen kommunizieren teilen
an|kündigen bewerben beobachten überwachen teil|nehmen bei|treten digitalisieren konsolidieren umstrukturieren
um|strukturieren reorganisieren zentralisieren standardisieren vereinheitlichen pilotieren programmieren um|stellen
überführen übersetzen auf|zeichnen drehen posten renovieren an|bieten bereit|stellen ernennen benennen verifizieren
validieren ein|reichen registrieren hinzu|fügen eröffnen öffnen beheben um|setzen aus|arbeiten erarbeiten
auf|stellen erheben ermitteln erfassen verteilen initiieren beauftragen verabschieden ab|stimmen abhalten ab|halten
halten+x auswerten aus|werten an|passen zertifizieren vor|nehmen an|stoßen gründen besetzen ein|kaufen bereinigen
konzipieren realisieren refaktorieren sichten um|ziehen verlegen verlagern bestellen ein|binden an|binden freigeben
frei|geben
"""
SOFT = """
auf|bauen bauen entwickeln gestalten etablieren an|bieten bereit|stellen starten beginnen öffnen teilen liefern
ein|stellen anlegen fort|setzen produzieren vor|stellen um|stellen an|passen treffen halten+x beziehen bewerben
arbeiten bewerten
"""
SERVICE = """
liefern ab|liefern ab|schließen versenden verschicken öffnen starten veröffentlichen beheben prüfen anbieten
an|bieten bereit|stellen beginnen beenden bewerten um|setzen fertig|stellen freigeben frei|geben
"""
MILD = """
schulen trainieren coachen ausbilden aus|bilden kommunizieren diskutieren erkunden fort|setzen besuchen kontaktieren
modernisieren digitalisieren standardisieren vereinheitlichen automatisieren aus|wählen identifizieren um|setzen
planen testen überprüfen bewerten realisieren ermitteln teil|nehmen
"""
IRREGULAR = {
    "schreiben": "geschrieben",
    "halten": "gehalten",
    "treffen": "getroffen",
    "nehmen": "genommen",
    "schließen": "geschlossen",
    "beginnen": "begonnen",
    "bieten": "geboten",
    "rufen": "gerufen",
    "entwerfen": "entworfen",
    "schlagen": "geschlagen",
    "ziehen": "gezogen",
    "stoßen": "gestoßen",
    "werben": "geworben",
    "geben": "gegeben",
    "binden": "gebunden",
    "treten": "getreten",
    "heben": "gehoben",
    "tragen": "getragen",
    "anlegen": "angelegt",
    "abhalten": "abgehalten",
    "freigeben": "freigegeben",
    "auswerten": "ausgewertet",
    "anbieten": "angeboten",
    "ausbilden": "ausgebildet",
    "beheben": "behoben",
    "erheben": "erhoben",
    "beziehen": "bezogen",
    "verschicken": "verschickt",
    "versenden": "versendet",
    "besprechen": "besprochen",
    "bewerben": "beworben",
    "umstrukturieren": "umstrukturiert",
    "launchen": "gelauncht",
    "relaunchen": "relauncht",
    "upgraden": "upgegradet",
    "verfassen": "verfasst",
    "teilen": "geteilt",
    "senden": "gesendet",
    "verhandeln": "verhandelt",
    "sammeln": "gesammelt",
    "bringen": "gebracht",
    "denken": "gedacht",
    "kommen": "gekommen",
    "wachsen": "gewachsen",
    "gewinnen": "gewonnen",
    "senken": "gesenkt",
    "sprechen": "gesprochen",
    "gehen": "gegangen",
    "laden": "geladen",
    "erneuern": "erneuert",
    "betreuen": "betreut",
    "begleiten": "begleitet",
}
OUTCOME = """
steigern erhöhen heben an|heben wachsen verbessern aus|bauen vergrößern verdoppeln verdreifachen stärken reduzieren
senken verringern verkürzen mindern vermindern minimieren drücken halbieren kürzen beschleunigen erreichen erzielen
schaffen übertreffen gewinnen zurück|gewinnen verdienen halten bleiben bewahren vermeiden verhindern lösen
beantworten bearbeiten bringen werden sein machen sparen ein|sparen optimieren maximieren begeistern überzeugen
ermöglichen sichern unterstützen befähigen helfen generieren führen binden vereinfachen erleichtern fördern
intensivieren abbauen ab|bauen verlieren verstehen lernen wissen kennen finden begleiten inspirieren
zufrieden|stellen unterschreiten überschreiten begrenzen reagieren an|ziehen um|wandeln konvertieren wirken leben
aus|weiten verstetigen abfedern kommen liegen akquirieren erschließen zurück|kehren herunter|bringen verankern
herstellen steigen sinken fallen ausbauen gewährleisten verkaufen erwirtschaften beseitigen eliminieren entlasten
"""
FINITE = """
besteht bestehen
ist sind war waren wird werden hat haben sehen sieht nutzt nutzen verwendet verwenden erreicht erreichen bleibt
bleiben bewertet bewerten findet finden empfiehlt empfehlen zahlt zahlen verlängert verlängern bekommt bekommen
erhält erhalten dauert dauern nimmt nehmen braucht brauchen kennt kennen liebt lieben kommt kommen wartet warten
fällt fallen steigt steigen sinkt sinken wächst wachsen geht gehen kostet kosten liegt liegen übersteigt übertrifft
beginnt beginnen fühlt fühlen bringt bringen macht machen gewinnt gewinnen schließt schließen kauft kaufen bestellt
bestellen gibt geben funktioniert läuft laufen vertraut vertrauen wählt wählen antwortet antworten löst lösen trifft
treffen erscheint reagiert reagieren verdient verdienen führt führen stammt stammen verlässt verlassen mag mögen
will wollen glaubt glauben versteht verstehen spricht sprechen stimmt stimmen schafft schaffen erlebt erleben
entsteht entstehen gelingt gelingen erfolgt bearbeitet verbessert arbeiten arbeitet melden meldet teilen teilt steht
stehen weicht weichen spart sparen hält halten kann können
"""
WORK_NOUNS = """
teilnahme besuch besuche erneuerung sammlung einholung auslieferung zusammenarbeit+x vorstellung präsentation launch
relaunch rollout roll-out go-live start aufbau umbau ausbau bau umzug implementierung einführung installation
deployment migration integration konfiguration einrichtung erstellung entwicklung weiterentwicklung gestaltung
überarbeitung dokumentation veröffentlichung produktion vorbereitung organisation durchführung planung koordination
schulung schulungen ausbildung einstellung rekrutierung recherche analyse untersuchung evaluation evaluierung
überprüfung identifikation definition festlegung auswahl beschaffung anschaffung aktualisierung modernisierung
automatisierung ersetzung ablösung abschluss fertigstellung finalisierung etablierung zusammenstellung
digitalisierung konsolidierung umstrukturierung reorganisation zentralisierung standardisierung vereinheitlichung
pilotierung programmierung umstellung überführung übersetzung renovierung bereitstellung ernennung verifizierung
validierung eröffnung behebung umsetzung ausarbeitung erarbeitung aufstellung erhebung ermittlung konzeption
realisierung durchführen einführen erstellen implementieren aufbauen entwickeln workshops workshop ausrollen
"""
THINGS = """
leitung leiter leiterin manager managerin
team website webseite seite app anwendung tool werkzeug system plattform software portal intranet dashboard bericht
report dokument dokumentation handbuch leitfaden plan strategie konzept roadmap prozess workflow richtlinie schulung
training workshop workshops kurs programm kampagne newsletter veranstaltung event events webinar webinare konferenz
funktion feature features modul version prototyp mvp pilot datenbank api schnittstelle crm erp sso modell framework
checkliste vorlage vorlagen umfrage video videos artikel blog büro filiale filialen laden abteilung infrastruktur
pipeline katalog bibliothek liste präsentation vertrag budget struktur kalender meeting meetings sitzung angebot
broschüre podcast chatbot server netzwerk lager fabrik werk prozesse berichte kennzahlen kpi kpis shop store
konzepte pläne fachkräfte mitarbeiter entwickler entwicklerinnen pflegekräfte vertriebsleitung helpdesk standort
"""
INTANGIBLE = """
vertrauen loyalität bekanntheit beziehungen beziehung ruf nachfrage arbeitsplätze wert mehrwert leads chancen
gemeinschaft kultur umgebung klarheit transparenz rekord arbeitsplatz zukunft zuhause marke vorsprung umsatz
wachstum verständnis erlebnis kundenerlebnis
"""
MEASURES = """
zeit zeiten dauer rate quote anteil kosten anzahl zahl qualität umsatz gewinn marge zufriedenheit bindung
produktivität geschwindigkeit nps fehler fehlerquote churn abwanderung fluktuation krankenstand verfügbarkeit
genauigkeit effizienz reichweite bekanntheit besuche leads abschlüsse buchungen bestellungen beschwerden vorfälle
bugs retouren nutzung auslastung termintreue liefertreue ausgaben einnahmen absatz conversion engagement bewertung
durchlaufzeit ausschuss reaktionszeit antwortzeit lieferzeit wartezeit bearbeitungszeit
"""
EVENTS = """
gespräch gespräche gesprächen interview interviews vortrag vorträge analyse analysen workshop workshops schulung
schulungen meeting meetings sitzung sitzungen retrospektive retrospektiven umfrage umfragen seminar seminare webinar
webinare präsentation präsentationen audit audits telefonat telefonate besprechung besprechungen demo demos test
tests training trainings termin termine treffen veranstaltung veranstaltungen rundgang rundgänge
"""
VAGUE_VERBS = """
verbessern verbessere verbessert optimieren optimiere optimiert stärken stärke fördern fördere unterstützen
unterstütze intensivieren intensiviere vorantreiben vereinfachen vereinfache verschlanken professionalisieren
professionalisiere maximieren ausbauen weiterbringen voranbringen vertiefen verfeinern aufwerten verbesserung
optimierung stärkung förderung unterstützung intensivierung professionalisierung steigerung+x
"""
VAGUE_WORDS = """
hohe hoch starke niedrige schnelle einfache beste besser bessere besseren besserer besseres mehr weniger schneller
schnellere schnelleren höher höhere höheren niedriger niedrigere stärker stärkere leichter einfacher einfachere
glücklicher größer größere kleiner schlanker günstiger enger klarer klarere sicherer zufriedener gut gute guten
guter gutes toll tolle effizient effiziente effizienter effizientere effektiv effektive effektiver effektivere
hervorragend hervorragende exzellent exzellente exzellenz deutlich deutliche signifikant signifikante erheblich
erhebliche wesentlich wesentliche spürbar spürbare merklich stark massiv massive drastisch etwas größtenteils viele
vieler vielen einige einigen verschiedene verschiedenen diverse diversen mehrere zahlreiche zahlreichen viel optimal
optimale angemessen angemessene ausreichend ausreichende geeignet geeignete regelmäßig regelmäßige oft häufig
häufiger hochwertig hochwertige benutzerfreundlich benutzerfreundlicher nutzerfreundlicher erstklassig erstklassige
professionell professionelle professioneller ganzheitlich ganzheitliche nachhaltig nachhaltige nachhaltiger
innovativ innovative innovativer richtig ordentlich bestmöglich bestmögliche möglichst reibungslos reibungslose
reibungsloser nahtlos erfolgreich+x modern moderner zeitgemäß agiler proaktiv zügig attraktiver verstärkt vermehrt
"""
FILLERS = (
    r"dinge",
    r"sachen",
    r"usw\.?",
    r"etc\.?",
    r"und so weiter",
    r"so (?:viel|viele|bald|gut|weit|schnell) wie möglich",
    r"irgendwie",
    r"(?:auf )?das nächste level",
    r"(?:auf )?die nächste stufe",
    r"synergien?",
    r"wo (?:möglich|nötig|sinnvoll)",
    r"bei bedarf",
    r"unser bestes geben",
    r"versuchen",
    r"und mehr",
)
GENERIC = """
effizienz effektivität qualität leistung performance produktivität kultur kommunikation zusammenarbeit prozess
prozesse abläufe dinge sachen alles erfolg exzellenz wert innovation wachstum organisation unternehmen firma team
teams geschäft arbeit ergebnisse ergebnis service services produkt produkte abteilung kunden kundenzufriedenheit
zufriedenheit erlebnis kundenerlebnis mitarbeiter mitarbeitenden mitarbeiterzufriedenheit intern interne internen
situation niveau lage
"""
PARTICLES = split("ein aus auf um an ab vor durch weiter fort fertig zusammen teil bei hinzu bereit frei zurück")


def _stem(verb: str) -> str:
    return verb[:-2] if verb.endswith("en") else verb[:-1]


def _finite(verb: str) -> tuple[str, ...]:
    """Base form and the forms that lead a clause: "führe", "führt", "führen"."""
    stem = _stem(verb)
    end = "et" if stem[-1] in "td" or stem.endswith(("chn", "ffn")) else "t"
    eln = stem.endswith("el")
    return verb, f"{stem[:-2]}le" if eln else f"{stem}e", f"{stem}{end}", f"{stem}ende" if eln else f"{stem}e"


def _participle(verb: str) -> str:
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    stem = _stem(verb)
    end = "et" if stem[-1] in "td" or stem.endswith(("chn", "ffn")) else "t"
    bare = verb.endswith("ieren") or verb.startswith(("be", "ent", "er", "ver", "über", "unter", "zer", "veröffent"))
    return f"{stem}{end}" if bare else f"ge{stem}{end}"


def _verbs(text: str) -> list[tuple[str, str]]:
    """(particle, verb) pairs; what is marked with +x is only here to be read, never a word by itself."""
    pairs = []
    for written in text.split():
        particle, bar, verb = written.rpartition("|")
        if not verb.endswith("+x"):
            pairs.append((particle if bar else "", verb))
    return pairs


def _leading(text: str) -> list[tuple[str, str]]:
    return [(form, particle) for particle, verb in _verbs(text) for form in _finite(verb)] + [
        (particle + verb, "") for particle, verb in _verbs(text) if particle
    ]


def _infinitives(text: str) -> frozenset[str]:
    forms = set()
    for particle, verb in _verbs(text):
        forms.add(particle + verb)
        if particle:
            forms.add(f"{particle}zu{verb}")
    return frozenset(forms)


def _participles(text: str) -> frozenset[str]:
    return frozenset(particle + _participle(verb) for particle, verb in _verbs(text))


def _all_forms(text: str) -> frozenset[str]:
    leading = {form for particle, verb in _verbs(text) if not particle for form in _finite(verb)}
    return _infinitives(text) | _participles(text) | frozenset(leading)


def _inflected(words: frozenset[str]) -> frozenset[str]:
    """Add the endings of adjectives to those written with -e: "optimale" is also "optimalen"."""
    return words | {word + end for word in words if word.endswith("e") for end in ("n", "r", "s", "m", "re", "ren")}


def _plain(text: str) -> frozenset[str]:
    return frozenset(word for word in text.split() if not word.endswith("+x"))


GERMAN = Lexicon(
    language="de",
    work=collect(_leading(WORK)),
    work_infinitives=_infinitives(WORK) | split("vorantreiben"),
    work_participles=_participles(WORK) - split("geteilt getroffen begonnen bewertet gehalten bezogen"),
    work_nouns=_plain(WORK_NOUNS),
    soft=_all_forms(SOFT) | split("aufbau gestaltung etablierung entwicklung"),
    service=_all_forms(SERVICE),
    mild=_all_forms(MILD) | split("schulung modernisierung digitalisierung standardisierung"),
    light=split("führen führe führt halten halte hält machen mache macht haben geben abhalten"),
    events=split(EVENTS),
    moving=split(
        "migration umstellung einführung rollout umzug überführung anbindung implementierung installation schulung"
        " ausrollung übertragung"
    ),
    completing=split(
        "abschließen abgeschlossen fertigstellen fertiggestellt beenden beendet vollenden vollendet vollziehen"
        " vollzogen"
    ),
    finished=split("live produktiv einsatzbereit fertig online im_einsatz in_betrieb am_start liegt_vor liegen_vor"),
    noun_like=frozenset(),
    outcome=collect(_leading(OUTCOME)),
    outcome_infinitives=_infinitives(OUTCOME),
    outcome_nouns=split(
        "erhöhung steigerung senkung reduzierung reduktion verbesserung gewinnung verkürzung verringerung"
        " ausbau stärkung optimierung halbierung verdopplung verdoppelung minimierung"
    ),
    finite=split(FINITE),
    things=split(THINGS),
    intangible=split(INTANGIBLE),
    measures=split(MEASURES),
    vague_verbs=_plain(VAGUE_VERBS),
    vague_words=_inflected(_plain(VAGUE_WORDS)),
    fillers=FILLERS,
    generic=split(GENERIC),
    being=split("gestalten aufstellen sein werden bleiben machen wachsen arbeiten ist sind wird"),
    and_=split("und sowie & plus"),
    while_=split("während gleichzeitig"),
    determiners=split(
        "der die das den dem des ein eine einen einem einer eines unser unsere unseren unserem unserer"
        " unseres mein meine ihr ihre ihren alle allen aller jede jeder jedes jeden dieser diese dieses kein"
        " keine"
    ),
    prepositions=split(
        "von vom auf in im an am bei beim mit zu zum zur für über unter um durch aus nach bis vor zwischen"
        " gegen ohne pro je seit ab innerhalb außerhalb per als"
    ),
    subjects=split("wir ich team alle"),
    openers=split(
        "erfolgreich schnell vollständig auch dann zuerst schließlich aktiv regelmäßig gemeinsam"
        " kontinuierlich weiterhin ziel kr erneut bitte lasst uns"
    ),
    intentions=frozenset(),
    subordinate=split(
        "um damit sodass so bevor nachdem solange bis weil wenn falls indem sobald wodurch wobei ohne"
        " anstatt obwohl dass die der das den dem deren dessen welche welcher"
    ),
    purpose=split("damit sodass um"),
    relative=split("die der das den dem deren dessen welche welcher welches wie was wo wann warum"),
    helping=split("hilft helfen ermöglichen ermöglicht befähigen befähigt"),
    time_prepositions=split("bis im in ab zum vor innerhalb während nach am ende anfang mitte zu"),
    time_words=split(
        "zum der des die das ende anfang beginn mitte q1 q2 q3 q4 h1 h2 januar februar märz april mai juni"
        " juli august september oktober november dezember quartal jahr monat woche quartals jahres monats"
        " wochen tage tagen sommer winter frühjahr frühling herbst spätestens nächsten diesem diesen ersten"
        " zweiten dritten vierten halbjahr zyklus jahresende quartalsende monatsende"
    ),
    stop_words=split(
        "der die das den dem des ein eine einen einem einer eines unser unsere unseren unserem unserer"
        " unseres und oder von vom auf in im an am bei beim mit zu zum zur für über wir uns es ist sind sich"
        " als alle allen nach wollen"
    ),
    numbers={
        word: number
        for number, word in enumerate(
            split_in_order(
                "null _ zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn"
                " fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig"
            )
        )
        if word != "_"
    }
    | {"dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90}
    | {"hundert": 100, "tausend": 1000, "million": 1_000_000, "millionen": 1_000_000, "dutzend": 12},
    number_compounds=r"(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)(?:und(?:zwanzig|dreißig|vierzig|fünfzig|sechzig"
    r"|siebzig|achtzig|neunzig)|hundert|tausend)",
    multiples=r"verdopp(?:el|l)\w*|verdreifach\w*|vervierfach\w*|halbier\w*|doppelt\w*|dreifach\w*|hälfte"
    r"|(?:ein|zwei|drei)\s?(?:drittel|viertel)|drittel|\w+mal so",
    nothing=r"kein(?:e|en|er|es|em)?(?! mehr)|null|nie(?:mals)?",
    one_unit=r"(?:ein|eine|einen|einem|einer|eines) (?:\w+ )?(?:Sekunde|Minute|Stunde|Tag(?:es)?|\w*[Tt]ag(?:es|s|e)?"
    r"|Woche|Monats?|Prozent)",
    instead=r"statt|anstatt|anstelle von|gegenüber|im Vergleich zu|verglichen mit"
    r"|bisher|vorher|zuvor|war|waren",
    today=r"heute|aktuell|derzeit|momentan|jetzt|zuletzt|Vorjahr|Baseline|Ausgangswert|Stand",
    time_limit=r"innerhalb(?: von)?|binnen|in unter|in weniger als|unter|in höchstens|in maximal|weniger als|maximal"
    r"|höchstens",
    compounds=True,
)
