"""What coaches of the invented company say about themselves, in Swedish."""

from okrs.demo.texts.wording import CoachTexts

COACHES = CoachTexts(
    expected={
        "course": (
            "OKR-coach, grundkurs",
            "Två dagar: skriva OKR, leda utkastverkstaden, ställa frågor.",
        ),
        "moderation": ("Leda grupper", "En halv dag, en gång. Behövs före den första retrospektiven."),
    },
    issuers={"course": "Fjordakademin", "moderation": "Nordkamm"},
    profiles={
        "nora": (
            "Jag frågar tills målet säger vad som blir annorlunda för en skola. Den som vill pröva något är välkommen.",
            "Tre år som coach i produktteam, dessförinnan åtta år med personalfrågor. "
            "Införde OKR i ett företag med 400 anställda.",
        ),
        "emre": (
            "Jag tycker om siffror som rör sig. Min fråga är alltid: hur skulle vi märka det?",
            "Ett år med team inom försäljning och marknad, ledde våra första retrospektiv.",
        ),
        "signe": (
            "Jag har just gått kursen och söker mitt första team, helst ett som också är nytt med OKR.",
            "Fyra kvartal i Plattform, ledde två av dess retrospektiv.",
        ),
        "sofia": (
            "Jag hoppar in för Customer Success tills någon utanför teamet tar över.",
            "Två kvartal som teamledare med OKR.",
        ),
    },
    exception="Signe tar över när hon har coachat ett kvartal. Till dess leder Emre genomgången.",
    shared_note=(
        "Överenskommet: Jonas inleder nästa avstämning med det han inte vet än. Vi pratar om det fredagen efter."
    ),
    own_note="Fråga nästa gång hur samtalet med Ingrid om de två målen gick. Han bör ta upp det själv.",
    declined="Två team är allt jag hinner med det här kvartalet. Signe vill gärna.",
    ended="Annika är föräldraledig till sommaren.",
)
