"""The running quarter of Devices, Platform and Growth."""

from okrs.demo.texts.wording import Note, aim, kr

TECHNOLOGY = {
    "devices.1": aim(
        "Der nächste Sensor übersteht eine Schule",
        "Fußbälle, Putzwasser, Neugier: Ein Büro ist dagegen Urlaub.",
        kr(
            "Bestandene Sturz- und Stoßtests",
            "Das erste Gehäuse brach jedes Mal an der Ecke. Das neue hat rundere Ecken.",
            "{value} bestanden. Unter zehn Grad wird es noch spröde.",
        ),
        kr(
            "Reif für die Serie",
            "Das Muster ist freigegeben; das Labor hat unsere Unterlagen.",
            Note(
                "Das Labor hat unseren Termin um drei Wochen verschoben.",
                "Ohne Zertifikat können wir keine Gehäuse bestellen, und das Werk hält uns den Platz nur bis Freitag.",
                "Britt fragt, ob das Werk den Platz zwei Wochen länger hält.",
            ),
            milestones=(
                "Muster freigegeben",
                "Funkzertifikat",
                "Werkzeuge für das Gehäuse",
                "Die ersten Hundert vom Band",
            ),
        ),
        kr(
            "Batterielaufzeit in der Simulation",
            "Zwischen zwei Messungen länger zu schlafen bringt auf einmal zwei Monate.",
            Note(
                "Wir hängen bei {value}. Das Funkmodul wacht zu oft auf, und wir sehen nicht, warum.",
                "Wir brauchen Mitschnitte aus echten Schulen, mit der Uhrzeit jeder Nachricht.",
                "Noor sucht die Mitschnitte der drei Testschulen.",
            ),
        ),
        work=("Neues Gehäuse mit runden Ecken", "Prüfstand für Kühlräume", "Funkmodul, das nur auf Anfrage lauscht"),
    ),
    "devices.2": aim(
        "Weniger Pakete kommen zurück",
        "Hinter jeder Rücksendung steht jemand, den die erste Woche enttäuscht hat.",
        kr(
            "Binnen 90 Tagen zurückgeschickte Geräte",
            "{value}. Seit Monatsbeginn steckt die Dichtung in jedem Gerät.",
            "{value} und seit drei Wochen stabil. Langsam glaube ich daran.",
        ),
        kr("Gefundene und behobene Ursachen", "Die überraschendste: Putzmittel, die das Display angreifen."),
    ),
    "platform.1": aim(
        "Kein Messwert geht verloren",
        "Eine Lücke in der Kurve sieht für eine Schulleiterin aus wie schlechte Luft. Sie ruft an, und sie hat recht.",
        kr(
            "Die Verfügbarkeit bleibt über 99,9 %",
            "Eine schlechte Stunde nach der Aktualisierung der Datenbank; noch über der Grenze.",
        ),
        kr(
            "Messwerte, die binnen fünf Minuten ankommen",
            "Die Warteschlange vor dem Speicher hat die Montagmorgen geheilt.",
            "{value}. Was fehlt, sind Geräte, die zwischen zwei Gateways wechseln.",
        ),
        kr(
            "Wiederherstellung vor Zeugen geübt",
            "Erste Übung: sechs Stunden und zwei Passwörter, die niemand hatte.",
            "Geschafft: unter einer Stunde. Clara hat vorgelesen, ich habe getippt.",
        ),
        work=("Gateways übergeben Geräte sauber", "Anleitung für die Wiederherstellung"),
    ),
    "platform.2": aim(
        "Wir können an jede Behörde verkaufen",
        "Drei Ausschreibungen haben wir dieses Jahr verloren, bevor jemand unser Produkt gesehen hatte.",
        kr(
            "Nachweise für das Sicherheitszertifikat",
            "Bestandsliste und Zugriffsregeln stehen. Als Nächstes die Lieferanten, und das sind viele.",
            Note(
                "Die Risikobewertung wartet auf Entscheidungen, die nicht meine sind.",
                "Jemand aus der Leitung muss die vier übrigen Risiken annehmen oder dafür bezahlen.",
                "Henrik hat das Papier; dreißig Minuten würden reichen.",
            ),
            milestones=("Bestandsliste", "Zugriffsregeln", "Lieferantenliste", "Risikobewertung", "Internes Audit"),
        ),
        kr(
            "Tage bis zur Antwort auf einen Sicherheitsfragebogen",
            "Unsere Sammlung von Antworten deckt zwei Drittel jedes neuen Bogens.",
        ),
    ),
    "growth.1": aim(
        "Neue Kunden spüren den Unterschied in ihrer ersten Woche",
        "Wer in der ersten Woche mit unseren Daten etwas entscheidet, bleibt. Wer nicht, vergisst das Passwort.",
        kr(
            "Binnen 7 Tagen aktivierte Konten",
            "Wir starten bei 41 %. Es zählt immer dasselbe: ein Fenster geöffnet, weil wir es gesagt haben.",
            "Der neue erste Bildschirm läuft für die Hälfte der neuen Konten und gewinnt deutlich.",
            "Für alle live. {value}, und zum ersten Mal sind Büros nicht besser als Schulen.",
            "{value}. Das Gespräch mit den Schulleitungen brachte drei Kleinigkeiten, die wir einfach machen.",
        ),
        kr(
            "Tage bis zum ersten geteilten Bericht",
            "Der Bericht ist jetzt für Eltern geschrieben statt für Techniker. Das allein spart einen Tag.",
            "{value}. Die meisten teilen vom Telefon aus, also ist als Nächstes der kleine Bildschirm dran.",
        ),
        kr(
            "Anfragen beim Einstieg je 100 neue Kunden",
            "Drei Ursachen machen zwei Drittel aus: WLAN, Rechte des Hausmeisters, falsche Raumnamen.",
            Note(
                "Wieder rauf auf {value}: Mit der neuen Welle kommen Schulen ohne jemanden für IT.",
                next_step="Den zwanzig Schulen, die nächste Woche starten, einen Einrichtungsanruf anbieten.",
            ),
            Note(
                "Die Anrufe wirken, aber ich schaffe fünf in der Woche, und wir brauchen fünfzehn.",
                "Ich brauche in den nächsten zwei Wochen zwei Leute aus dem Team für die Anrufe.",
                "Jonas entscheidet am Donnerstag, wer hilft.",
            ),
        ),
        work=(
            "Erster Bildschirm zeigt einen Raum statt zwölf",
            "Koppeln ohne Code",
            "Einrichtungsanrufe für Schulen ohne IT",
            "Bericht für kleine Bildschirme",
            "Videorundgang in der App",
        ),
    ),
    "growth.2": aim(
        "Schulen nutzen uns jede Woche, ohne erinnert zu werden",
        "Eine Übersicht, die niemand öffnet, ist ein Vertrag, den niemand verlängert.",
        kr(
            "Jede Woche aktive Schulen",
            "{value} zu Beginn. Ein Drittel kommt über die Montagsmail.",
            "{value}. Sie kommen wegen der Seite für Hausmeister wieder; darauf hätte niemand gewettet.",
        ),
        kr(
            "Alarme, auf die binnen eines Tages jemand reagiert",
            "Die meisten Alarme kommen nachts, wenn niemand da ist. Wir sammeln sie jetzt bis sieben.",
            Note(
                "{value}. Die Hälfte vom Rest geht an Adressen von Leuten, die nicht mehr da sind.",
                "Nur der Kundenerfolg darf die Ansprechpersonen im Vertrag ändern.",
                "Sofias Team fragt die vierzig größten Schulen.",
            ),
        ),
        kr(
            "Minuten, die ein Hausmeister pro Woche mit uns verbringt",
            "In neun Schulen gemessen: rund {value}. Wir wollen weniger.",
        ),
        kr(
            "Die Wochenübersicht geht von selbst an die richtige Person",
            "Die Regel ist geschrieben, die Testgruppe ausgewählt.",
        ),
        work=("Alarme der Nacht bis sieben sammeln", "Hausmeister fragen, was sie überspringen"),
    ),
    "growth.3": aim(
        "Verstehen, warum Tests ohne Vertrag enden",
        "Wir wissen, wie viele gehen. Wir kennen niemanden davon.",
        kr(
            "Gespräche mit Kunden, die gegangen sind",
            "Die Leute reden gern, sobald man zugibt, dass man nichts verkauft.",
            "{value}. Den Preis nennen zwei, die Ferien sieben.",
            "{value}. Das Muster ist klar: Tests, die vor den Ferien beginnen, enden in den Ferien, ungesehen.",
        ),
        kr(
            "Was wir gelernt haben, ist entschieden und aufgeschrieben",
            "Die erste These steht: Der Test sollte mit dem Schuljahr laufen.",
            milestones=("Muster allen gezeigt", "Vorschlag für den Test", "Entscheidung mit dem Vertrieb"),
        ),
    ),
}
