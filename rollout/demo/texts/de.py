"""The rollout of the invented company in German."""

from rollout.demo.texts.wording import EscalationText, RolloutTexts

TEXTS = RolloutTexts(
    name="OKRs einführen",
    goal="Jedes Team weiß, was in diesem Quartal zählt, und sagt früh, wenn es schwierig wird.",
    scope="Alle zwölf Teams, eine Welle nach der anderen. Gehälter und Beurteilungen bleiben außen vor.",
    key_results=(
        ("Teams, die jede Woche einchecken", "%"),
        ("Leute, die sagen, dass sie wissen, was in diesem Quartal zählt", "%"),
        ("Tage von einer Schwierigkeit bis zum ersten Hilfsangebot", "Tage"),
    ),
    returned=("Für den Abschlusstag reicht die Hälfte des Geldes. Und schreibt hinein, womit wir vorher aufhören."),
    approved="Jetzt passt es. Warum wir das machen, sage ich allen selbst, am Montag im Lager.",
    comments=(
        "Womit hören die Teamleitungen dafür auf? Das würde ich gern im Plan lesen.",
        "Die Wochenberichte entfallen, sobald ein Team eincheckt. Das steht jetzt bei den Hürden, mit deinem Namen.",
    ),
    judged=(
        "Henrik hat auf der Betriebsversammlung und in allen drei Schichten gesprochen.",
        "Fünf haben eine Antwort; um die Ausschreibungen kümmert sich Emre.",
        "Von Henrik genehmigt, zweite Fassung.",
        "Alle sechs gefragt: Alle wollen.",
        "Am letzten Tag des Piloten entschieden.",
    ),
    decision=(
        "Alle Pilotteams hatten vereinbarte OKRs, fünf von sechs haben Woche für Woche eingecheckt; der Vertrieb "
        "braucht am Monatsende kürzere Check-ins. Die Geschäftsleitung hatte keinen eigenen Coach: Ab jetzt übernimmt "
        "Nora ihre Reviews. Wachstum hat drei Wochen früher als sonst gemerkt, dass sich ein Start verspätet. "
        "Wir machen mit den nächsten fünf Teams weiter."
    ),
    barriers={
        "hours": "Wir haben jetzt schon zu wenig Zeit. Welche Arbeit fällt dafür weg?",
        "grades": "Am Ende wird daraus doch eine Note für jeden, egal was jetzt gesagt wird.",
        "warehouse": "Das halbe Lager hat keinen Computer. Wie sollen die einchecken?",
        "numbers_twice": "Die Zahlen stehen schon im Vertriebssystem. Wir tippen sie dann doppelt.",
        "coaches": "Zwei Coaches für zwölf Teams reichen nicht.",
        "tenders": "Ausschreibungen kommen, wann sie kommen. Ein Quartal ist für uns der falsche Takt.",
    },
    barrier_answers={
        "hours": "Der Wochenbericht entfällt in jedem Team, das eincheckt. Henrik hat den letzten schon verlangt.",
        "grades": (
            "OKRs gehören den Teams. Niemandes Gehalt oder Beurteilung hängt daran, und okrapp zeigt keine Zahlen über "
            "Personen. So steht es in der Vereinbarung mit der Arbeitnehmervertretung."
        ),
        "warehouse": "Jede Schicht hat ein Tablet an der Tafel; die Schichtleitung checkt mit allen zusammen ein.",
        "numbers_twice": "Ab dem dritten Quartal kommen sie aus dem Vertriebssystem. Bis dahin ist es so.",
        "coaches": "Stimmt. Die Wellen folgen den Coaches: Keine beginnt, bevor jedes ihrer Teams einen hat.",
    },
    barrier_comments={
        "hours_growth": "Bei uns sind es die Freitagsfolien. Die würde niemand vermissen.",
        "hours_quiet": "Solange beides sein muss, fange ich lieber gar nicht erst an.",
        "grades_olga": "Das möchte ich schriftlich sehen, bevor das erste Team anfängt.",
        "grades_quiet": "Das letzte System war im ersten Jahr auch nur zum Lernen da.",
        "warehouse_sven": "An der Tafel beim Schichtwechsel: Da reden wir sowieso darüber.",
        "coaches_signe": "Ich würde gern Coach werden und könnte in einem Monat mit dem Kurs anfangen.",
    },
    escalations={
        "coach_time": EscalationText(
            "Emres Bereich holt sich seine Coaching-Stunden zurück",
            "Emre hat vier Stunden in der Woche für Markt und Kunden. Seit die Verkaufssaison läuft, gehen sie in die "
            "Absatzplanung.",
            "Bitte klär mit Karin, dass die vier Stunden bis zum Ende der Welle bleiben.",
            "Ich habe mit Karin gesprochen. Die vier Stunden bleiben; für die Absatzplanung bekommt sie zwei Tage im "
            "Monat von Mats.",
        ),
        "supply": EscalationText(
            "Keine Check-ins im Lager bis zum Monatsende",
            "Lieferung und Fertigung verschickt in diesem Monat doppelt so viel wie sonst. Marek lässt die Check-ins "
            "ruhen, und drei Teams sehen nicht, wann ihre Lieferungen kommen.",
            "Bitte entscheide: Pausieren sie offiziell, oder bekommen sie jemanden, der die Zahlen einträgt?",
        ),
    },
    budget={
        "course": "Grundkurs für fünf Coaches",
        "moderating": "Halber Tag Moderation für alle Teamleitungen",
        "adviser": "Beratung für die ersten Workshops, einen Tag mehr als geplant",
        "kick_off": "Auftakt mit den Pilotteams",
        "coach_time": "Stunden der Coaches, zehn in der Woche",
        "workshops": "Entwurfsworkshops der Wellen",
        "tool": "okrapp: Betrieb und Single Sign-on",
        "closing": "Abschlusstag: was wir behalten",
    },
    groups={"shifts": "Schichten im Lager"},
    attitudes={
        "karin": (
            "Fragt, was es dem Markt bringt, das die Absatzplanung nicht schon bringt.",
            "Hat den Entwurfsworkshop selbst eröffnet und zwei Projekte gestrichen.",
            "Erzählt anderen Führungskräften ungefragt davon.",
        ),
        "marek": (
            "„Wir haben für jeden Tag einen Plan. Wozu noch das?“",
            "Fand gut, dass die verspäteten Teile zwei Wochen früher auffielen. In der Hochsaison ist es ihm zu viel.",
        ),
        "olga": (
            "Sorgt sich um die Leute in den Schichten; will jeden Text lesen, bevor er hinausgeht.",
            "Hat die Vereinbarung unterschrieben und sagt das auch auf der Betriebsversammlung.",
        ),
        "mats": ("Möchte eine Zahl im Quartal, mit der er planen kann.",),
        "shifts": (
            "Kennen es nur vom Aushang.",
            "Zwei Schichten checken an der Tafel ein, die dritte wartet ab.",
        ),
    },
    concerns={
        "karin_effect": (
            "Vor drei Jahren hatten wir schon einmal eine Methode. Nach zwei Quartalen sprach niemand mehr davon.",
            "Deshalb hören wir nach dem Piloten auf, wenn es nichts gebracht hat. Die Kriterien dafür stehen im Plan.",
        ),
        "karin_time": (
            "Meine Teamleitungen verlieren einen halben Tag in der Woche.",
            "Eine Stunde in der Woche, im Piloten gezählt. Dafür sind Wochenbericht und Freitagsfolien weg.",
        ),
        "marek_time": ("In der Hochsaison hat hier niemand eine Stunde übrig.", ""),
        "olga_change": (
            "Ältere Kolleginnen und Kollegen haben Angst vor noch einem Programm.",
            "In den Schichten braucht niemand ein Konto: Die Schichtleitung trägt ein, was an der Tafel gesagt wurde.",
        ),
        "mats_budget": (
            "Was kostet es, wenn die Beratung weg ist?",
            "Nur die Stunden der Coaches, etwa zehn in der Woche. Sie stehen als Geld im Budget, damit man sie sieht.",
        ),
    },
    commitments={
        "henrik_okrs": "",
        "henrik_speaks": "Erst auf der Betriebsversammlung, dann einmal in jeder Schicht",
        "ingrid_reviews": "",
        "ingrid_coached": "",
        "karin_reviews": "Auch zu denen des Vertriebs am Monatsende",
        "anna_own": "Zwei Stunden in der Woche für alle, die in meinen Teams coachen, und niemand bucht darüber",
        "jonas_okrs": "",
        "sofia_coached": "",
    },
    kept={
        "henrik_speaks": "Drei Schichten an einem Tag. Die Fragen der Nachtschicht waren die besten.",
        "karin_reviews": "Zwei von drei verpasst: Da waren Ausschreibungen. Ab jetzt stehen sie zuerst im Kalender.",
        "anna_own": "Gilt seit Beginn des Piloten.",
    },
)
