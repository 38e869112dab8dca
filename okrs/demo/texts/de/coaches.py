"""What coaches of the invented company say about themselves, in German."""

from okrs.demo.texts.wording import CoachTexts

COACHES = CoachTexts(
    expected={
        "course": (
            "OKR-Coach, Grundkurs",
            "Zwei Tage: OKRs schreiben, den Drafting-Workshop moderieren, Fragen stellen.",
        ),
        "moderation": ("Gruppen moderieren", "Ein halber Tag, einmal. Nötig vor der ersten Retrospektive."),
    },
    issuers={"course": "Fjord Akademie", "moderation": "Nordkamm"},
    profiles={
        "nora": (
            "Ich frage, bis im Objective steht, was für eine Schule anders wird. "
            "Wer etwas ausprobieren will, ist richtig.",
            "Drei Jahre Coaching in Produktteams, davor acht Jahre Personalarbeit. "
            "OKRs in einem Unternehmen mit 400 Leuten eingeführt.",
        ),
        "emre": (
            "Ich mag Zahlen, die sich bewegen. Meine Frage ist immer: Woran würden wir es merken?",
            "Ein Jahr mit Teams aus Vertrieb und Marketing, Moderator unserer ersten Retrospektiven.",
        ),
        "signe": (
            "Ich habe gerade den Kurs abgeschlossen und suche mein erstes Team, "
            "am liebsten eines, für das OKRs auch neu sind.",
            "Vier Quartale in Plattform mitgemacht, zwei Retrospektiven dort moderiert.",
        ),
        "sofia": (
            "Ich springe bei Customer Success ein, bis jemand von außerhalb des Teams übernimmt.",
            "Zwei Quartale als Teamleiterin mit OKRs.",
        ),
    },
    exception="Signe übernimmt, sobald sie ein Quartal begleitet hat. Bis dahin moderiert Emre das Review.",
    shared_note=(
        "Vereinbart: Jonas beginnt das nächste Check-in mit dem, was er noch nicht weiß. "
        "Am Freitag danach sprechen wir darüber."
    ),
    own_note=(
        "Beim nächsten Mal fragen, wie das Gespräch mit Ingrid über die zwei Objectives war. "
        "Er soll es von sich aus ansprechen."
    ),
    declined="Zwei Teams sind alles, was ich in diesem Quartal schaffe. Signe würde gern.",
    ended="Annika ist bis zum Sommer in Elternzeit.",
)
