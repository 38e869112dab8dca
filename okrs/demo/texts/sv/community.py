"""What coaches of the invented company share, and what teams ask them, in Swedish."""

from okrs.demo.texts.wording import CommunityTexts

COMMUNITY = CommunityTexts(
    posts={
        "fewer": (
            "Hälften så många nyckelresultat, dubbelt så mycket samtal",
            "Tillväxt gick från elva nyckelresultat till fem. Avstämningen tar lika lång tid, men "
            "nu **pratar man om vad "
            "man har prövat** i stället för att läsa upp siffror.\n\nDet som hjälpte: alla stryker "
            "två, utan motivering. "
            "Ingen slogs för dem som försvann.",
        ),
        "agenda": (
            "Utkastverkstad på 90 minuter",
            "# Utkastverkstad\n\n1. **10 min** Vad lärde vi oss förra kvartalet? En mening var.\n"
            "2. **20 min** Var och en skriver: vad är annorlunda för en kund i slutet av kvartalet?\n"
            "3. **20 min** Läs högt, gruppera, välj två.\n4. **30 min** Två och två: hur skulle vi märka det?\n"
            "5. **10 min** Vem vässar vilket utkast till när?\n\nTa med: organisationens mål på en sida.",
        ),
        "why": (
            "Mål som säger varför",
            "Tio minuters läsning. Exemplet med biblioteket är det bästa jag har sett om *aktivitet eller resultat*.",
        ),
        "time": (
            "”Sälja eller stämma av”",
            "I slutet av månaden låter hela teamet avstämningarna vara. Det sägs att de kostar "
            "säljtid. Jag tror att det "
            "ligger något annat bakom: siffrorna finns redan i säljsystemet, så de skrivs två gånger.",
        ),
        "worst": (
            "Börja med siffran ingen tycker om",
            "Sedan vi börjar avstämningen med det nyckelresultat som **inte går som planerat** blir "
            "vi klara tidigare, och "
            "de som annars hade varit tysta hjälper till.",
        ),
        "quarter_hour": (
            "Avstämning på en kvart",
            "- 3 min: vad har rört sig? Bara det som förvånar.\n- 8 min: det enda nyckelresultat som behöver oss.\n"
            "- 3 min: vem gör vad till fredag?\n- 1 min: en sak vi är glada över.",
        ),
        "bonus": (
            "Gamla bonusar ger försiktiga mål",
            "Där mål tidigare avgjorde lönen sätter man det man säkert når. Man frågar två gånger "
            "om resultaten räknas i "
            "lönerevisionen. Man tror det först när enhetschefen visar en egen 0,4.",
        ),
        "confidence": (
            "Rött är goda nyheter",
            "Varför tidiga röda ord är skälet att ha dem. Jag läste andra halvan högt i teamet: en bra kvart.",
        ),
        "quiet": (
            "Fråga de tysta först",
            "I Customer Success var det tre som pratade. Nu börjar den som har sagt minst, och får "
            "säga ”pass”. Ingen har "
            "passat på fyra veckor.",
        ),
        "looking_back": (
            "Fem frågor till retrospektiven",
            "1. Vad hade vi inte lärt oss utan det här kvartalet?\n2. Vilket nyckelresultat öppnade "
            "ingen efter vecka "
            "fyra?\n3. Var hjälpte ett annat team oss, och vet de om det?\n4. Vad låter vi bli nästa gång?\n"
            "5. Vilken enda sak prövar vi?",
        ),
        "shifts": (
            "Mål som bor på kontoret",
            "De som arbetar i skift ser våra mål på en skärm en gång i kvartalet. De kallar dem "
            "”dagskiftets papper”. Jag "
            "tror inte att någon är emot; det har bara aldrig handlat om deras arbete.",
        ),
        "school_year": (
            "Häng skolkalendern bredvid utkastet",
            "Tre av fyra missar förra året var lov som alla kände till. Nu hänger kalendern för de "
            "fyra största länen "
            "bredvid utkasten. Det kostar inget, och två startvärden ändrades direkt.",
        ),
        "first_week": (
            "Skriv den första avstämningen tillsammans",
            "I båda nya teamen satt jag bredvid vid den första. Tio minuter var. Den andra kom av "
            "sig själv, och i tid.",
        ),
    },
    groups={
        "bonus": "De som tidigare hade bonus på mål",
        "shifts": "De som arbetar i skift på lagret",
    },
    said={
        "fewer_sales": (
            "Prövade med Försäljning: tre ströks, en kom tillbaka efter en vecka. Ändå fem i stället för sju."
        ),
        "fewer_how": "En tillbaka går bra. Fråga i fjärde veckan vilka de inte skulle sakna.",
        "agenda_time": "Punkt 4 behöver 40 minuter i ett team på åtta. Stryk hellre punkt 1 och fråga i förväg.",
        "time_how": "I Tillväxt hjälpte det att siffran kommer genom import och att bara ordet efterfrågas.",
        "time_office": "Bra tips. Jag frågar om säljsystemet kan leverera den innan nästa kvartal börjar.",
        "bonus_pay": "Så står det i löneavtalet sedan mars. Jag tar med meningen i guiden, med nummer.",
        "quiet_cards": "Med kort går det också: alla skriver i två minuter, sedan läser vi bakifrån.",
        "shifts_board": (
            "Marek har en tavla vid port 3 som alla går förbi. Ett mål på den, med deras ord, vore en början."
        ),
        "school_year_plan": "Det tar jag med till kalendern för nästa års cykler.",
    },
    questions={
        "same_number": (
            "Får två mål ha samma nyckelresultat?",
            "”Skolor som mäter i vecka ett” passar under båda våra. Skriver vi det två gånger, "
            "eller pekar det ena på det andra?",
        ),
        "lead_time": (
            "Hur mäter vi något som syns först efter kvartalet?",
            "Om det nya höljet håller tätt vet vi efter en vinter.",
        ),
        "holidays": ("Stämmer vi av under skolloven?", "I två veckor rör sig ingenting, sedan allt på en gång."),
        "renewals": (
            "Förnyelserna faller i en och samma vecka. Är en veckoavstämning till nytta?",
            "Elva veckor av tretton skriver vi samma sak.",
        ),
        "bonus_rule": (
            "Räknas resultaten i lönerevisionen?",
            "Vid starten sades det nej. I teamet är ingen säker.",
        ),
        "no_computer": (
            "Hur stämmer de som inte har dator av?",
            "Hälften av oss står på lagret. Får någon göra det åt de andra?",
        ),
        "own_weeks": (
            "Får team välja sin egen dag för avstämning?",
            "Två av mina team har inte tid på fredagar. Skulle torsdag vara i vägen för rapporten?",
        ),
        "on_call": (
            "Vad gör vi med nyckelresultaten när jouren äter upp veckan?",
            "Två av åtta har jour, och i dåliga veckor är det fyra.",
        ),
        "payroll": (
            "Finns det OKR för arbete som måste bli rätt varje månad?",
            "Lönerna har inget ”bättre”, bara ”rätt”.",
        ),
    },
    answers={
        "lead_time_back": "Vad skulle ni behöva se i labbet efter sex veckor för att vara trygga inför vintern?",
        "holidays_answer": (
            "Lägg in de två veckorna som paus, då väntar ingen på en avstämning. Händer något ändå "
            "kan ni stämma av som "
            "vanligt."
        ),
        "renewals_back": "Vad vet ni i vecka tre om en förnyelse i vecka tolv?",
        "renewals_reply": "Om de har mätt de senaste 30 dagarna. De som inte har det lämnar oss.",
        "renewals_answer": (
            "Då är det ert nyckelresultat: *kunder som har mätt de senaste 30 dagarna*. Det rör sig varje vecka, och "
            "förnyelserna följer."
        ),
        "bonus_rule_on": "Jag skulle säga nej, men Försäljning har ett eget avtal. Ni vet vad som står i det.",
        "own_weeks_answer": "Ja, till torsdag kväll hinner det med i rapporten. Ställ in det på teamets sida.",
        "on_call_on": "Är det likadant i Enheter? Då vill ni kanske ha en regel för båda.",
        "on_call_back": "I Enheter har ingen jour. Bestäm det med teamet och berätta vad det blev.",
        "on_call_answer": (
            "Planera med sex av åtta och skriv upp jourtimmarna i ett kvartal. I retrospektiven har "
            "ni då en siffra i "
            "stället för en känsla."
        ),
        "payroll_answer": (
            "Inte för själva lönerna: det är dagligt arbete med egna siffror. OKR är för det ni "
            "vill förändra, till exempel "
            "de två dagarna med rättelser varje månad."
        ),
    },
)
