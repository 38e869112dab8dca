"""The running quarter of Sales, Marketing and Customer Success."""

from okrs.demo.texts.wording import Note, aim, kr

MARKET = {
    "sales.1": aim(
        "Eine Pipeline, die zwei Quartale trägt",
        "Wer jeden Auftrag gewinnen muss, gibt Rabatt.",
        kr(
            "Qualifizierte Pipeline",
            "{value}. Gute Gespräche im Norden, kaum welche im Süden.",
            Note(
                "{value}. Neue Chancen kommen fast nur aus dem Netz von drei Leuten.",
                "Wir brauchen Anfragen aus Kreisen, die uns noch nicht kennen.",
                "Mit Elif: zwei Kreise, eine Kampagne, Start noch diesen Monat.",
            ),
        ),
        kr(
            "Gewonnene Ausschreibungen",
            "Die unerwartete gewonnen, die sichere verloren. Die Gründe sind aufgeschrieben.",
            "{value}. Die nächsten beiden Entscheidungen fallen in den kommenden Wochen.",
        ),
        kr(
            "Der mittlere Rabatt bleibt unter 8 %",
            "Zwei große Aufträge mit je einem guten Grund. Über der Grenze, und das will ich wieder anders sehen.",
        ),
    ),
    "sales.2": aim(
        "Partner verkaufen mit uns, nicht nur für uns",
        "Lüftungsbauer sind in jeder Schule, in die wir wollen.",
        kr(
            "Aufträge, die ein Partner gebracht hat",
            "Der erste Partnerauftrag ist da, ganz ohne unser Zutun.",
            "Keine Bewegung: Partner verkaufen, wenn ihre eigene Saison vorbei ist.",
        ),
        kr("Geschulte Partner", "Zwei halbe Tage Schulung kommen besser an als ein ganzer."),
    ),
    "marketing.1": aim(
        "Schulträger kommen auf uns zu",
        "Wer uns anruft, hat schon entschieden, dass schlechte Luft ein Problem ist.",
        kr(
            "Qualifizierte Anfragen im Monat",
            "Die Luftwoche in sechs Schulen hat mehr gebracht als die Messe.",
            "{value}, und jede dritte nennt eine Schule, die von uns erzählt hat.",
        ),
        kr("Anfragen auf Empfehlung", "Wir fragen jetzt alle danach, auch am Telefon."),
        kr(
            "Film mit einer Schule veröffentlicht, die stolz auf ihre Luft ist",
            Note(
                "Drehbuch und Termin stehen, die Schule hat abgesagt.",
                "Wir brauchen in zwei Wochen eine andere Schule, die uns hereinlässt.",
                "Kofi fragt seine drei Lieblinge.",
            ),
        ),
    ),
    "success.1": aim(
        "Alle Kunden haben einen guten zweiten Monat",
        "Im ersten Monat sind alle neugierig. Der zweite entscheidet.",
        kr(
            "Verlängerte Verträge",
            "{value}. Die beiden, die gegangen sind, haben die Schule geschlossen.",
            "{value}. Das Gespräch drei Monate vor dem Ende zahlt sich schon aus.",
        ),
        kr(
            "Stunden bis zur ersten Antwort",
            "Zwei übernehmen den Vormittag, zwei den Nachmittag. Mehr war nicht nötig.",
            "{value}, auch in der Welle neuer Schulen.",
        ),
        kr(
            "Die Zufriedenheit nach Schulungen bleibt über 4,5",
            "Am besten schneidet die kurze Schulung vor Ort ab, am schlechtesten die lange online.",
            Note(
                "{value} nach vier großen Onlineschulungen hintereinander. Die Leute wünschen sich kleinere Gruppen.",
                next_step="Ab nächster Woche höchstens zwölf Leute je Schulung.",
            ),
        ),
        work=("Gespräch drei Monate vor Vertragsende", "Schulungen in kleinen Gruppen"),
    ),
    "success.2": aim(
        "Probleme sind gelöst, bevor sie zur Anfrage werden",
        "Dieselbe Frage zum zehnten Mal ist unser Fehler, nicht der der Kunden.",
        kr(
            "Anfragen zu einer bekannten Frage",
            "Raumnamen allein sind ein Viertel. Das Wachstumsteam baut etwas dagegen.",
            "{value}. Die Artikel wirken, wo man sie findet; die Suche findet sie nicht.",
        ),
        kr("Mit Hausmeistern geprüfte Hilfeartikel", "Laut vorlesen zu lassen ist unangenehm und nützlich."),
    ),
}
