"""What people of the invented company learnt, said to each other and proposed."""

from okrs.demo.texts.wording import Board, Idea, Lesson, Talk

TALK = Talk(
    lessons={
        "q1.nordkamm.1": Lesson(
            "Fünf Teams reichen, um zu lernen, und sind so wenige, dass "
            "man jedem helfen kann. Schreiben dauert länger als Check-ins."
        ),
        "q1.platform.1": Lesson(
            "Eine Festplatte hat uns mehr Nächte gekostet als alles andere. Nach der einen Ursache suchen."
        ),
        "q1.growth.1": Lesson("Die Checkliste war für Büros gemacht. Vor dem Bauen die fragen, die sie benutzen."),
        "q1.sales.1": Lesson("Das Ziel stand vor der Preisliste fest. Beim nächsten Mal umgekehrt."),
        "q2.growth.1": Lesson(
            (
                "Mit dem Schuljahr planen. Alles bewegte sich, sobald "
                "Hausmeister Konten hatten, und stand in den Ferien still."
            ),
            "Die Konten kamen spät, und das lag an uns. Die Zahl ist freundlicher, als wir schnell waren.",
        ),
        "q2.devices.1": Lesson(
            "Ein Test, der in der zweiten Woche scheitert, ist mehr wert als einer, der in der letzten gelingt."
        ),
        "q2.sales.1": Lesson("Ohne das Zertifikat hätten wir nicht anfangen sollen. Plattform vor dem Quartal fragen."),
        "q2.marketing.1": Lesson(
            "Den Vertrieb in der ersten Woche fragen, was eine gute Anfrage ist, nicht in der letzten."
        ),
    },
    boards={
        "growth": Board(
            kept_going=(
                "Dienstags mit zwei Hausmeistern telefonieren",
                (
                    "Mira hat eine Woche lang jedes Ticket selbst beantwortet: "
                    "daraus haben wir mehr gelernt als aus jeder Kurve"
                ),
            ),
            held_back=(
                "Die Schulferien kamen überraschend. Jedes Jahr.",
                "Zwei Zahlen, die seit Woche vier niemand mehr ansah",
            ),
            try_next=("Den Ferienkalender an die Wand, bevor wir entwerfen", "Ein Key Result weniger"),
            actions=(
                "Ferienkalender neben den nächsten Entwurf legen",
                "Drei Hausmeister fragen, bevor wir Key Results schreiben",
            ),
        ),
        "platform": Board(
            kept_going=("Zum ersten Mal ruhige Montage", "Geräte hat früh gesagt, was sich verspätet"),
            held_back=("Für das abgelaufene Zertifikat war niemand zuständig",),
            try_next=("Eine Warnung 30 Tage, bevor etwas abläuft",),
            actions=("Erinnerung und Zuständige für jedes Zertifikat",),
        ),
    },
    comments={
        "target": "Schön, dass die Büros aufholen. @{jonas}, zählen bei den 70 % Testkunden mit oder nur zahlende?",
        "answer": "@{ingrid} beide, wie in der ersten Woche: sonst vergleichen wir zur Halbzeit Äpfel mit Birnen.",
        "tickets": (
            "@{mira} die drei häufigsten Fragen drehen sich alle um "
            "den Gateway-Code. Ich habe neue Worte dafür entworfen."
        ),
        "decisions": "@{anna} bekommen wir die offenen Entscheidungen vor der Dienstagsrunde auf eine Seite?",
        "corner": "Die **rundere Ecke** hält bei 5 °C. Der Prüfbericht liegt im Laborordner, Zahlen folgen am Freitag.",
    },
    kudos={
        "outage": "Beim Umbau hat Mira die Schulen in drei Sprachen informiert, bevor auch nur eine fragen musste.",
        "pilot": "Von fünf Teams auf zehn in zwei Quartalen, und alle sagen noch, was sie denken. Danke, Anna.",
    },
    ideas={
        "recommend": Idea(
            "Hausmeister empfehlen uns einander",
            (
                "Sie trauen sich gegenseitig mehr als jedem Prospekt von uns. "
                "Drei haben diesen Monat gefragt, wem sie es sagen können."
            ),
        ),
        "south": Idea(
            "Ein Büro im Süden",
            "Die Hälfte unserer Anfragen liegt sechs Bahnstunden entfernt.",
            "Nicht in diesem Jahr: zuerst die zwei Landkreise im Norden. Die Reisezeiten stehen jetzt in meinem Plan.",
        ),
        "repair": Idea(
            "Geräte werden repariert, nicht ersetzt",
            "Neun von zehn kommen mit einem gebrochenen Clip zurück, der vierzig Cent kostet.",
        ),
    },
    decision="Die zweite Mail der Begrüßungsreihe fällt weg: niemand öffnet sie",
    summary=(
        "### Entscheidungen\n\n- {decision}\n\n### Im Weg\n\n"
        "- Der Gateway-Code auf der Unterseite kostet jede dritte Schule einen Anruf"
    ),
)
