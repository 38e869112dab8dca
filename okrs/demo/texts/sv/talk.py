"""What people of the invented company learnt, said to each other and proposed."""

from okrs.demo.texts.wording import Board, Idea, Lesson, Talk

TALK = Talk(
    lessons={
        "q1.nordkamm.1": Lesson(
            "Fem team räcker för att lära sig och är så få att man kan "
            "hjälpa vart och ett. Att skriva tar längre tid än att checka in."
        ),
        "q1.platform.1": Lesson(
            "En enda disk kostade oss fler nätter än allt annat tillsammans. Leta efter den enda orsaken."
        ),
        "q1.growth.1": Lesson("Checklistan var gjord för kontor. Fråga dem som ska använda den innan vi bygger."),
        "q1.sales.1": Lesson("Målet sattes innan prislistan var klar. Nästa gång tvärtom."),
        "q2.growth.1": Lesson(
            "Planera efter läsåret. Allt rörde sig när vaktmästarna fick konton och stannade med loven.",
            "Kontona kom sent, och det var vår egen försening. Siffran är snällare än vi var snabba.",
        ),
        "q2.devices.1": Lesson("Ett test som misslyckas i andra veckan är värt mer än ett som lyckas i den sista."),
        "q2.sales.1": Lesson("Utan certifikatet borde vi inte ha börjat. Fråga Plattform före kvartalet."),
        "q2.marketing.1": Lesson("Fråga Försäljning i första veckan vad en bra förfrågan är, inte i den sista."),
    },
    boards={
        "growth": Board(
            kept_going=(
                "Tisdagssamtalen med två vaktmästare",
                "Mira svarade själv på varje ärende i en vecka: vi förstod mer än av något diagram",
            ),
            held_back=(
                "Skolloven kom som en överraskning. Varje år.",
                "Två siffror som ingen tittade på efter vecka fyra",
            ),
            try_next=("Läsårskalendern på väggen innan vi skriver utkast", "Ett nyckelresultat mindre"),
            actions=(
                "Lägg läsårskalendern bredvid nästa utkast",
                "Fråga tre vaktmästare innan vi skriver nyckelresultat",
            ),
        ),
        "platform": Board(
            kept_going=("Lugna måndagar, för första gången", "Enheter berättade tidigt vad som blev sent"),
            held_back=("Certifikatet som gick ut var ingens ansvar",),
            try_next=("En varning 30 dagar innan något går ut",),
            actions=("Påminnelse och ansvarig för varje certifikat",),
        ),
    },
    comments={
        "target": "Roligt att kontoren hinner i kapp. @{jonas}, räknas provkunder in i de 70 % eller bara betalande?",
        "answer": "@{ingrid} båda, som i första veckan: annars jämför vi äpplen med päron halvvägs.",
        "tickets": (
            "@{mira} de tre vanligaste frågorna handlar alla om gatewaykoden. Jag har skrivit ett utkast till nya ord."
        ),
        "decisions": "@{anna} kan vi få listan över öppna beslut på en sida före tisdagsmötet?",
        "corner": (
            "Det **rundare hörnet** håller vid 5 °C. Provrapporten ligger i labbmappen, siffror kommer på fredag."
        ),
    },
    kudos={
        "outage": "Under uppdateringen höll Mira skolorna informerade på tre språk innan en enda behövde fråga.",
        "pilot": "Från fem team till tio på två kvartal, och alla säger fortfarande vad de tycker. Tack, Anna.",
    },
    ideas={
        "recommend": Idea(
            "Vaktmästare rekommenderar oss till varandra",
            "De litar mer på varandra än på någon broschyr. Tre frågade mig den här månaden vem de kunde berätta för.",
        ),
        "south": Idea(
            "Ett kontor i söder",
            "Hälften av våra förfrågningar ligger sex timmar bort med tåg.",
            "Inte i år: först de två kommunerna i norr. Restiderna står nu i min plan.",
        ),
        "repair": Idea(
            "Enheter lagas i stället för att bytas ut",
            "Nio av tio kommer tillbaka med ett trasigt clips som kostar fyrtio öre.",
        ),
    },
    decision="Det andra mejlet i välkomstserien tas bort: ingen öppnar det",
    summary=(
        "### Beslut\n\n- {decision}\n\n### I vägen\n\n- Gatewaykoden på undersidan kostar var tredje skola ett samtal"
    ),
)
