"""The running quarter of Devices, Platform and Growth."""

from okrs.demo.texts.wording import Note, aim, kr

TECHNOLOGY = {
    "devices.1": aim(
        "Nästa givare överlever en skola",
        "Fotbollar, skurvatten, nyfikenhet: ett kontor är semester i jämförelse.",
        kr(
            "Klarade fall- och stötprov",
            "Det första höljet sprack i hörnet varje gång. Det nya har rundare hörn.",
            "{value} klarade. Under tio grader blir det ännu sprött.",
        ),
        kr(
            "Redo för serieproduktion",
            "Provet är godkänt; labbet har våra papper.",
            Note(
                "Labbet har flyttat vår tid tre veckor.",
                "Utan certifikatet kan vi inte beställa höljen, och fabriken håller vår plats bara till fredag.",
                "Britt frågar om fabriken kan hålla platsen två veckor till.",
            ),
            milestones=("Prov godkänt", "Radiocertifikat", "Verktyg för höljet", "De första hundra från linan"),
        ),
        kr(
            "Batteritid i simulatorn",
            "Att sova längre mellan två mätningar ger två månader på en gång.",
            Note(
                "Vi har fastnat på {value}. Radion vaknar för ofta och vi ser inte varför.",
                "Vi behöver loggar från riktiga skolor, med klockslag för varje meddelande.",
                "Noor letar fram loggarna från de tre testskolorna.",
            ),
        ),
        work=("Nytt hölje med runda hörn", "Provbänk för kylrum", "Radio som lyssnar bara på begäran"),
    ),
    "devices.2": aim(
        "Färre paket kommer tillbaka",
        "Bakom varje retur finns någon som blev besviken första veckan.",
        kr(
            "Enheter som skickas tillbaka inom 90 dagar",
            "{value}. Sedan månadsskiftet sitter packningen i varje enhet.",
            "{value} och stabilt i tre veckor. Jag börjar tro på det.",
        ),
        kr("Orsaker till returer som hittats och tagits bort", "Den oväntade: rengöringsmedel som angriper skärmen."),
    ),
    "platform.1": aim(
        "Inget mätvärde går förlorat",
        "En lucka i kurvan ser ut som dålig luft för en rektor. Hon ringer, och hon har rätt.",
        kr(
            "Tillgängligheten håller sig över 99,9 %",
            "En dålig timme efter databasuppdateringen; ändå över gränsen.",
        ),
        kr(
            "Mätvärden som kommer fram inom fem minuter",
            "Kön framför lagringen har botat måndagsmorgnarna.",
            "{value}. Det som fattas är enheter som byter mellan två gateways.",
        ),
        kr(
            "Återställning från säkerhetskopia övad inför vittnen",
            "Första övningen: sex timmar och två lösenord som ingen hade.",
            "Klart: under en timme. Clara läste högt ur anvisningen och jag skrev.",
        ),
        work=("Gateways lämnar över enheter ordentligt", "Anvisning för återställning"),
    ),
    "platform.2": aim(
        "Vi kan sälja till vilken myndighet som helst",
        "Tre upphandlingar förlorade vi i år innan någon hade sett vår produkt.",
        kr(
            "Underlag för säkerhetscertifikatet",
            "Tillgångslistan och åtkomstreglerna är klara. Sedan kommer leverantörerna, och de är många.",
            Note(
                "Riskbedömningen väntar på beslut som inte är mina.",
                "Någon i ledningen måste godta de fyra kvarvarande riskerna eller betala för dem.",
                "Henrik har papperet; trettio minuter skulle räcka.",
            ),
            milestones=("Tillgångslista", "Åtkomstregler", "Leverantörslista", "Riskbedömning", "Intern revision"),
        ),
        kr(
            "Dagar till svar på ett säkerhetsformulär",
            "Vår samling svar täcker två tredjedelar av varje nytt formulär.",
        ),
    ),
    "growth.1": aim(
        "Nya kunder märker skillnaden första veckan",
        "Den som beslutar något med våra data första veckan stannar. Den som inte gör det glömmer lösenordet.",
        kr(
            "Konton aktiverade inom 7 dagar",
            "Vi börjar på 41 %. Definitionen gäller hela kvartalet: ett fönster öppnat för att vi sa det.",
            "Den nya första skärmen visas för hälften av de nya kontona och vinner tydligt.",
            "Ute för alla. {value}, och för första gången är kontor inte bättre än skolor.",
            "{value}. Samtalet med rektorerna gav tre småsaker som vi helt enkelt gör.",
        ),
        kr(
            "Dagar till första delade rapport",
            "Rapporten är nu skriven för föräldrar i stället för tekniker. Bara det tog bort en dag.",
            "{value}. De flesta delar från telefonen, så härnäst är det den lilla skärmen.",
        ),
        kr(
            "Startärenden per 100 nya kunder",
            "Tre orsaker står för två tredjedelar: wifi, vaktmästarens behörighet, fel rumsnamn.",
            Note(
                "Upp igen till {value}: den nya vågen ger skolor utan någon för it.",
                next_step="Erbjuda ett startsamtal till de tjugo skolor som börjar nästa vecka.",
            ),
            Note(
                "Startsamtalen fungerar, men jag hinner fem i veckan och vi behöver femton.",
                "Jag behöver två personer från teamet till samtalen de närmaste två veckorna.",
                "Jonas bestämmer på torsdag vem som hjälper till.",
            ),
        ),
        work=(
            "Första skärmen visar ett rum i stället för tolv",
            "Parkoppling utan kod",
            "Startsamtal för skolor utan it",
            "Rapport för små skärmar",
            "Filmad rundtur i appen",
        ),
    ),
    "growth.2": aim(
        "Skolor använder oss varje vecka utan påminnelse",
        "En översikt som ingen öppnar är ett avtal som ingen förlänger.",
        kr(
            "Skolor som är aktiva varje vecka",
            "{value} till att börja med. En tredjedel kommer via måndagsmejlet.",
            "{value}. Det är vaktmästarnas sida de kommer tillbaka för; det hade ingen satsat på.",
        ),
        kr(
            "Larm som någon agerar på inom ett dygn",
            "De flesta larm kommer på natten när ingen är där. Vi samlar dem nu till sju.",
            Note(
                "{value}. Hälften av resten går till adresser till folk som har slutat.",
                "Bara Kundframgång får ändra kontaktpersonerna i avtalet.",
                "Sofias team frågar de fyrtio största skolorna.",
            ),
        ),
        kr("Minuter en vaktmästare lägger på oss per vecka", "Uppmätt i nio skolor: runt {value}. Vi vill ha mindre."),
        kr("Veckosammanfattningen går till rätt person av sig själv", "Regeln är skriven, testgruppen vald."),
        work=("Samla nattens larm till sju", "Fråga vaktmästare vad de hoppar över"),
    ),
    "growth.3": aim(
        "Förstå varför provperioder slutar utan avtal",
        "Vi vet hur många som går. Vi känner ingen av dem.",
        kr(
            "Intervjuer med kunder som lämnat",
            "Folk pratar gärna när man väl medger att man inte säljer något.",
            "{value}. Priset nämns i två, skolloven i sju.",
            "{value}. Mönstret är tydligt: provperioder som börjar före loven slutar under dem, osedda.",
        ),
        kr(
            "Det vi lärt oss är beslutat och nedskrivet",
            "Den första tesen finns: provperioden bör följa läsåret.",
            milestones=("Mönster visade för alla", "Förslag till provperiod", "Beslut med Försäljning"),
        ),
    ),
}
