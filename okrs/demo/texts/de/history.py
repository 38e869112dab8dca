"""The two quarters that are over, and the drafts of the next."""

from okrs.demo.texts.wording import aim, kr

FIRST = {
    "q1.nordkamm.1": aim(
        "Herausfinden, ob OKRs zu uns passen",
        "Fünf Teams probieren es ein Quartal lang. Dann entscheiden wir, und nicht nach Gefühl.",
        kr(
            "Teams mit eigenen Objectives",
            "Alle fünf haben ihre geschrieben. Die ersten Fassungen waren Aufgabenlisten.",
            "Ein Check-in dauert zwei Minuten, wenn die Zahl da ist. Die Zahl zu finden dauert eine Woche.",
            "Alle fünf sagen: weitermachen, mit weniger Objectives.",
        ),
        kr(
            "Begründete Entscheidung, wie es weitergeht",
            "In der Leitung entschieden: fünf weitere Teams im nächsten Quartal.",
        ),
    ),
    "q1.product.1": aim(
        "Wissen, wo Kunden mit uns Zeit verlieren",
        "Wir haben Meinungen dazu. Eine Stoppuhr wäre besser.",
        kr(
            "Minuten vom Öffnen des Kartons bis zum ersten Messwert",
            "Die Hälfte der Zeit geht für einen Code auf der Unterseite drauf.",
            "{value}. Große Schrift auf dem Karton war die billigste Verbesserung des Jahres.",
        ),
        kr("Besuche bei der Montage", "Alle aus dem Bereich waren mindestens in einer Schule."),
    ),
    "q1.platform.1": aim(
        "Nächte ohne Alarm für uns",
        "Wer nachts wach war, baut morgens nichts Neues.",
        kr(
            "Störungen in der Nacht im Monat",
            "Die meisten kamen von einer einzigen Festplatte. Sie ist weg.",
            "{value} im letzten Monat. Die übrigen hatten dieselbe Ursache.",
        ),
        kr(
            "Überwachung, die uns vor den Kunden warnt",
            "Der zweite Teil läuft: Den Ausfall des Gateways sahen wir elf Minuten vor dem ersten Anruf.",
            milestones=("Messwerte je Minute", "Gateways", "Batterie jedes Geräts"),
        ),
    ),
    "q1.growth.1": aim(
        "Die erste Woche ist keine Glückssache mehr",
        "Manche Kunden starten in einer Stunde, manche nie. Niemand weiß, warum.",
        kr(
            "Binnen 7 Tagen aktivierte Konten",
            "Gezählt hatte das noch niemand: 24 %. Alle hatten mehr geschätzt.",
            "Die Checkliste hilft Büros, Schulen kaum.",
            "{value}. Weniger als gewollt, aber wir wissen, warum: Hausmeister haben kein Konto.",
        ),
        kr("Tage bis zum ersten geteilten Bericht", "Berichte lassen sich jetzt per Link teilen, ohne Passwort."),
        kr(
            "Anfragen beim Einstieg je 100 neue Kunden",
            "Erste ehrliche Zählung: rund {value}. Das ist der Startwert.",
        ),
    ),
    "q1.sales.1": aim(
        "Eine volle Pipeline, bevor die Haushalte gemacht werden",
        "Was bis dahin nicht begonnen ist, wird im Jahr nicht unterschrieben.",
        kr(
            "Qualifizierte Pipeline",
            "Zäh: Die neue Preisliste verwirrt die Leute, uns eingeschlossen.",
            "{value}. Die letzten zwei Wochen haben viel aufgeholt, nicht alles.",
        ),
        kr(
            "Gewonnene Ausschreibungen",
            "{value}. Zweimal sind wir an Formalien gescheitert. Das nimmt die Plattform auf.",
        ),
    ),
    "q1.success.1": aim(
        "Sechs Wochen vorher wissen, wer gehen könnte",
        "Bisher erfuhren wir es aus dem Brief.",
        kr("Verlängerte Verträge", "Die Montagsliste wirkt: vier Kunden angerufen, drei geblieben."),
        kr("Stunden bis zur ersten Antwort", "Ein Posteingang statt drei. So einfach war es."),
    ),
}
SECOND = {
    "q2.nordkamm.1": aim(
        "OKRs über den Piloten hinaus",
        "Fünf Teams können es, weil sie wollten. Jetzt die, denen man es gesagt hat.",
        kr(
            "Teams mit eigenen Objectives",
            "Die Lieferung begann mit einer sehr guten Frage: Womit hören wir auf?",
            "Zehn von zwölf. Die letzten beiden beginnen im nächsten Quartal.",
        ),
    ),
    "q2.market.1": aim(
        "Bestandskunden kommen zuerst",
        "Wir haben vergessen, wen wir schon gewonnen haben.",
        kr("Kunden des Vorjahrs mit einem zweiten Auftrag", "{value}. Besuche wirken, Mails nicht."),
        kr("Unterschriebene Rahmenverträge", "Der dritte ist am letzten Tag vor den Ferien unterschrieben worden."),
    ),
    "q2.operations.1": aim(
        "Wissen, was wir versprechen können",
        "Alle nennen eine andere Lieferzeit.",
        kr(
            "Aufträge am zugesagten Tag geliefert",
            "Der Streik im Hafen hat uns zwei Wochen gekostet.",
            "{value}. Nicht unser Ziel, aber das erste Quartal, in dem wir wissen, warum.",
        ),
        kr("Tage von der Bestellung bis zur Lieferung", "Das Standardset liegt jetzt fertig im Regal."),
    ),
    "q2.devices.1": aim(
        "Ein Muster des nächsten Sensors zum Anfassen",
        "Auf dem Papier hat er niemanden überzeugt.",
        kr(
            "Von der Zeichnung zum Muster",
            "Die Platine läuft beim ersten Versuch. Rasmus hat Kuchen für alle.",
            "Drei von vieren. Das Zertifikat wandert ins nächste Quartal.",
            milestones=("Zeichnung", "Platine", "Gehäuse aus dem Drucker", "Funkzertifikat"),
        ),
        kr(
            "Bestandene Sturz- und Stoßtests",
            "Die Ecke bricht.",
            "Die Ecke bricht immer noch. Wir fangen mit ihr neu an.",
        ),
    ),
    "q2.platform.1": aim(
        "Messwerte kommen an, wenn sie entstehen",
        "Montags um acht fangen alle Schulen gleichzeitig an.",
        kr("Messwerte, die binnen fünf Minuten ankommen", "Die Warteschlange steht. Montage sind ruhig."),
        kr(
            "Die Verfügbarkeit bleibt über 99,8 %",
            "Ruhige Wochen, abgesehen von einem Zertifikat, das abgelaufen war.",
        ),
    ),
    "q2.growth.1": aim(
        "Auch Hausmeister nutzen uns",
        "Sie sind jeden Tag im Gebäude und hatten kein Konto.",
        kr(
            "Binnen 7 Tagen aktivierte Konten",
            "Konten für Hausmeister sind live. Noch nutzt sie niemand.",
            "Ferien. Nichts bewegt sich, und wir hätten es wissen müssen.",
            "{value}. Den Zielwert haben wir gesetzt, als gäbe es keine Ferien. Künftig planen wir mit dem Schuljahr.",
        ),
        kr("Jede Woche aktive Schulen", "{value} vor den Ferien, und das ist die Zahl, die zählt."),
        kr("Schulung für Hausmeister dreimal gehalten", "Die erste war an einem Tag voll.", "Die dritte: 4,8 von 5."),
    ),
    "q2.sales.1": aim(
        "An Kreise verkaufen statt an einzelne Schulen",
        "Ein Vertrag für zwanzig Schulen statt zwanzig Verträge.",
        kr(
            "Qualifizierte Pipeline",
            "Zwei Kreise sind interessiert; beide fragen nach einem Sicherheitszertifikat, das wir nicht haben.",
            "{value}, klar verfehlt. Ohne das Zertifikat fliegen wir in der ersten Runde raus.",
        ),
        kr("Partner mit Vertrag", "Vier Lüftungsbauer haben unterschrieben, einer wartet auf seinen Anwalt."),
    ),
    "q2.marketing.1": aim(
        "Anfragen, über die sich der Vertrieb freut",
        "Bisher waren es viele, und keine davon eine Schule.",
        kr(
            "Qualifizierte Anfragen im Monat",
            "Die Seite für Schulträger ist live und schlägt die alte nach zwei Wochen.",
            "{value}: erreicht, und der Vertrieb stimmt ausnahmsweise zu.",
        ),
        kr("Abende mit Eltern und Lehrkräften", "Volle Räume, gute Fragen, wenig Geld."),
    ),
    "q2.success.1": aim(
        "Alle neuen Kunden haben einen Menschen",
        "Und keine Vorgangsnummer.",
        kr("In der ersten Woche angerufene Neukunden", "Wir teilen es uns zu dritt; große Kreise dauern länger."),
        kr("Anfragen zu einer bekannten Frage", "Die Artikel sind geschrieben. Sie zu finden ist eine andere Sache."),
    ),
    "q2.supply.1": aim(
        "Wir planen eine Woche voraus",
        "Heute planen wir bis morgen.",
        kr("Kartons, die am geplanten Tag das Haus verlassen", "Der Plan an der Wand ist das Beste seit dem Stapler."),
        kr("Bestand gezählt und richtig", "An einem Samstag gezählt, mit Pizza. Jetzt stimmt er."),
    ),
}
NEXT = {
    "next.growth.1": aim(
        "Büros starten so schnell wie Schulen",
        "Was wir in Schulen gelernt haben, gilt auch für den Rest.",
        kr("Binnen 7 Tagen aktivierte Konten"),
        kr("Anfragen beim Einstieg je 100 neue Kunden"),
    ),
    "next.growth.2": aim(
        "Hausmeister sparen mit uns eine Stunde im Monat",
        "Sie entscheiden, ob eine Schule bleibt.",
        kr("Minuten, die ein Hausmeister pro Woche mit uns verbringt"),
        kr("Der Rundgang auf einer Seite", milestones=("In drei Schulen erprobt", "Für alle live")),
    ),
    "next.platform.1": aim(
        "Geräte wechseln unbemerkt das Gateway",
        "Die letzte Lücke in unseren Kurven.",
        kr("Messwerte, die binnen fünf Minuten ankommen"),
        kr("Das zweite Rechenzentrum übernimmt, ohne dass es jemand merkt"),
    ),
    "next.devices.1": aim(
        "Der neue Sensor hängt an den Wänden",
        "Fünfhundert Geräte sagen uns mehr als jedes Labor.",
        kr("Neue Sensoren im Einsatz"),
        kr("Die Kosten je Gerät bleiben unter 60 €"),
    ),
    "next.sales.1": aim(
        "Kreise unterschreiben, bevor ihr Haushalt schließt",
        "Danach ist das Geld ausgegeben.",
        kr("Unterschriebene Rahmenverträge"),
    ),
    "next.success.1": aim("Kunden helfen einander", "Die besten Antworten kommen von anderen Hausmeistern."),
}
