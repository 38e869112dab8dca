"""What coaches of the invented company share, and what teams ask them, in German."""

from okrs.demo.texts.wording import CommunityTexts

COMMUNITY = CommunityTexts(
    posts={
        "fewer": (
            "Halb so viele Key Results, doppelt so viel Gespräch",
            "Wachstum ist von elf Key Results auf fünf gegangen. Der Check-in dauert so lange wie "
            "vorher, aber jetzt wird "
            "**darüber gesprochen, was versucht wurde**, statt Zahlen vorzulesen.\n\nGeholfen hat: "
            "Jeder streicht zwei, "
            "ohne Begründung. Um die gestrichenen hat niemand gekämpft.",
        ),
        "agenda": (
            "Entwurfsworkshop in 90 Minuten",
            "# Entwurfsworkshop\n\n1. **10 Min.** Was haben wir im letzten Quartal gelernt? Je ein Satz.\n"
            "2. **20 Min.** Jeder schreibt für sich: Was ist am Ende des Quartals für einen Kunden anders?\n"
            "3. **20 Min.** Vorlesen, ordnen, zwei auswählen.\n4. **30 Min.** Zu zweit: Woran würden wir es merken?\n"
            "5. **10 Min.** Wer schärft welchen Entwurf bis wann?\n\nMitbringen: die Objectives der Organisation auf "
            "einer Seite.",
        ),
        "why": (
            "Objectives, die sagen, warum",
            "Zehn Minuten Lesezeit. Das Beispiel mit der Bücherei ist das beste, das ich zu "
            "*Tätigkeit oder Ergebnis* kenne.",
        ),
        "time": (
            "„Verkaufen oder einchecken“",
            "Am Monatsende lässt das ganze Team die Check-ins liegen. Es heißt, sie kosten Verkaufszeit. Ich glaube, "
            "dahinter steckt etwas anderes: Die Zahlen stehen schon im Vertriebssystem, sie werden "
            "also doppelt getippt.",
        ),
        "worst": (
            "Mit der Zahl anfangen, die niemand mag",
            "Seit wir den Check-in mit dem Key Result beginnen, das **nicht im Plan** ist, sind wir "
            "früher fertig, und es "
            "helfen die, die am Ende geschwiegen hätten.",
        ),
        "quarter_hour": (
            "Check-in in einer Viertelstunde",
            "- 3 Min.: Was hat sich bewegt? Nur was überrascht.\n- 8 Min.: das eine Key Result, das uns braucht.\n"
            "- 3 Min.: Wer macht was bis Freitag?\n- 1 Min.: eine Sache, über die wir uns freuen.",
        ),
        "bonus": (
            "Frühere Prämien machen vorsichtige Ziele",
            "Wo Ziele einmal über das Gehalt entschieden haben, wird gesetzt, was sicher gelingt. "
            "Gefragt wird zweimal, ob "
            "Bewertungen in die Gehaltsrunde eingehen. Geglaubt wird es erst, wenn die "
            "Bereichsleitung eine eigene 0,4 zeigt.",
        ),
        "confidence": (
            "Rot ist eine gute Nachricht",
            "Warum frühe rote Worte der Grund sind, sie zu haben. Die zweite Hälfte habe ich im "
            "Team vorgelesen: eine gute "
            "Viertelstunde.",
        ),
        "quiet": (
            "Zuerst die Stillen fragen",
            "In Customer Success sprachen immer drei. Jetzt beginnt, wer am wenigsten gesagt hat, "
            "und darf „weiter“ sagen. "
            "Das hat seit vier Wochen niemand getan.",
        ),
        "looking_back": (
            "Fünf Fragen für die Retrospektive",
            "1. Was hätten wir ohne dieses Quartal nicht gelernt?\n2. Welches Key Result hat nach Woche vier niemand "
            "geöffnet?\n3. Wo hat uns ein anderes Team geholfen, und weiß es das?\n4. Was lassen "
            "wir nächstes Mal weg?\n"
            "5. Welche eine Sache probieren wir?",
        ),
        "shifts": (
            "Objectives, die im Büro wohnen",
            "Wer in Schichten arbeitet, sieht unsere Objectives einmal im Quartal auf einem "
            "Bildschirm. Dort heißen sie „das "
            "Papier der Tagschicht“. Ich glaube nicht, dass jemand dagegen ist; es ging nur nie um "
            "die eigene Arbeit.",
        ),
        "school_year": (
            "Den Schulkalender neben den Entwurf hängen",
            "Drei von vier Verfehlungen im letzten Jahr waren Ferien, die alle kannten. Wir hängen "
            "jetzt den Kalender der "
            "vier größten Länder neben die Entwürfe. Kostet nichts, und zwei Startwerte haben sich sofort geändert.",
        ),
        "first_week": (
            "Den ersten Check-in gemeinsam schreiben",
            "In beiden neuen Teams saß ich beim ersten daneben. Je zehn Minuten. Der zweite kam von "
            "selbst, und pünktlich.",
        ),
    },
    groups={
        "bonus": "Alle, die früher Prämien auf Ziele hatten",
        "shifts": "Alle, die im Lager in Schichten arbeiten",
    },
    said={
        "fewer_sales": (
            "Mit dem Vertrieb versucht: drei gestrichen, eins nach einer Woche "
            "zurückgeholt. Immer noch fünf statt sieben."
        ),
        "fewer_how": "Eins zurück ist in Ordnung. Frag in der vierten Woche, welche sie nicht vermissen würden.",
        "agenda_time": "Punkt 4 braucht in einem Achterteam 40 Minuten. Lieber Punkt 1 streichen und vorher fragen.",
        "time_how": "Bei Wachstum half, dass die Zahl per Import kommt und nur das Wort gefragt ist.",
        "time_office": "Guter Hinweis. Ich frage, ob das Vertriebssystem sie vor dem nächsten Quartal liefern kann.",
        "bonus_pay": (
            "So steht es seit März in der Vergütungsvereinbarung. Ich nehme den Satz mit Nummer in die Anleitung auf."
        ),
        "quiet_cards": "Mit Karten geht es auch: Alle schreiben zwei Minuten, dann lesen wir von hinten.",
        "shifts_board": (
            "Marek hat an Tor 3 eine Tafel, an der alle vorbeikommen. Ein Objective in ihren Worten wäre ein Anfang."
        ),
        "school_year_plan": "Das nehme ich für den Kalender der Zyklen im nächsten Jahr mit.",
    },
    questions={
        "same_number": (
            "Dürfen zwei Objectives dasselbe Key Result haben?",
            "„Schulen, die in Woche eins messen“ passt unter beide. Schreiben wir es zweimal, oder "
            "zeigt eins auf das andere?",
        ),
        "lead_time": (
            "Wie messen wir etwas, das sich erst nach dem Quartal zeigt?",
            "Ob das neue Gehäuse dicht ist, wissen wir nach einem Winter.",
        ),
        "holidays": (
            "Checken wir in den Schulferien ein?",
            "Zwei Wochen bewegt sich nichts, dann alles auf einmal.",
        ),
        "renewals": (
            "Verlängerungen fallen in eine Woche. Bringt ein wöchentlicher Check-in etwas?",
            "In elf von dreizehn Wochen schreiben wir dasselbe.",
        ),
        "bonus_rule": (
            "Zählen Bewertungen in der Gehaltsrunde?",
            "Zum Auftakt hieß es nein. Im Team ist sich niemand sicher.",
        ),
        "no_computer": (
            "Wie checken Leute ohne Computer ein?",
            "Die Hälfte von uns steht im Lager. Darf es jemand für die anderen tun?",
        ),
        "own_weeks": (
            "Dürfen Teams ihren Tag für Check-ins selbst wählen?",
            "Zwei meiner Teams haben freitags keine Zeit. Wäre Donnerstag dem Bericht im Weg?",
        ),
        "on_call": (
            "Was machen wir mit Key Results, wenn die Rufbereitschaft die Woche frisst?",
            "Zwei von acht haben Dienst, in schlechten Wochen sind es vier.",
        ),
        "payroll": (
            "Gibt es OKRs für Arbeit, die jeden Monat stimmen muss?",
            "Die Lohnabrechnung kennt kein „besser“, nur „richtig“.",
        ),
    },
    answers={
        "lead_time_back": (
            "Was müsstet ihr nach sechs Wochen im Labor sehen, um für den Winter zuversichtlich zu sein?"
        ),
        "holidays_answer": (
            "Tragt die zwei Wochen als Pause ein, dann wartet niemand auf einen Check-in. Passiert "
            "doch etwas, könnt ihr "
            "trotzdem einchecken."
        ),
        "renewals_back": "Was wisst ihr in Woche drei über eine Verlängerung in Woche zwölf?",
        "renewals_reply": "Ob in den letzten 30 Tagen gemessen wurde. Wer nicht misst, geht.",
        "renewals_answer": (
            "Dann ist das euer Key Result: *Kunden, die in den letzten 30 Tagen gemessen haben*. Es "
            "bewegt sich jede Woche, "
            "und die Verlängerungen folgen."
        ),
        "bonus_rule_on": (
            "Ich würde nein sagen, aber der Vertrieb hat eine eigene Vereinbarung. Ihr wisst, was darin steht."
        ),
        "own_weeks_answer": (
            "Ja, bis Donnerstagabend kommt es noch in den Bericht. Stellt es auf der Seite des Teams ein."
        ),
        "on_call_on": "Ist es bei Geräte genauso? Dann wollt ihr vielleicht eine Regel für beide.",
        "on_call_back": "Bei Geräte hat niemand Rufbereitschaft. Entscheidet es im Team und sagt mir, was herauskam.",
        "on_call_answer": (
            "Plant mit sechs von acht und schreibt die Dienststunden ein Quartal lang auf. In der "
            "Retrospektive habt ihr "
            "dann eine Zahl statt eines Gefühls."
        ),
        "payroll_answer": (
            "Nicht für die Abrechnung selbst: Das ist tägliche Arbeit mit eigenen Zahlen. OKRs sind "
            "für das, was ihr ändern "
            "wollt, etwa die zwei Tage Korrekturen jeden Monat."
        ),
    },
)
