"""The rollout of the invented company in Swedish."""

from rollout.demo.texts.wording import EscalationText, RolloutTexts

TEXTS = RolloutTexts(
    name="Införa OKR",
    goal="Varje team vet vad som är viktigt det här kvartalet och säger till tidigt när det blir svårt.",
    scope="Alla tolv team, en våg i taget. Löner och medarbetarsamtal hålls utanför.",
    key_results=(
        ("Team som stämmer av varje vecka", "%"),
        ("Medarbetare som säger att de vet vad som är viktigt det här kvartalet", "%"),
        ("Dagar från en svårighet till det första erbjudandet om hjälp", "dagar"),
    ),
    returned="Halva summan räcker för avslutningsdagen. Och skriv vad vi slutar med innan vi börjar.",
    approved="Nu stämmer det. Jag berättar själv för alla varför vi gör det här, på måndag i lagret.",
    comments=(
        "Vad slutar teamledarna med i gengäld? Det skulle jag vilja läsa i planen.",
        "Veckorapporterna försvinner där ett team stämmer av. Det står bland hindren nu, med ditt namn bredvid.",
    ),
    judged=(
        "Henrik talade på stormötet och i alla tre skiften.",
        "Fem har fått svar; Emre tar hand om anbuden.",
        "Godkänd av Henrik, andra versionen.",
        "Frågade alla sex: alla vill.",
        "Beslutades på pilotens sista dag.",
    ),
    decision=(
        "Alla pilotteam hade överenskomna OKR, och fem av sex stämde av vecka efter vecka; Försäljning behöver kortare "
        "avstämningar i slutet av månaden. Ledningsteamet hade ingen egen coach: från och med nu tar Nora deras "
        "genomgångar. Tillväxt märkte tre veckor tidigare än vanligt att en lansering skulle bli sen. "
        "Vi går vidare med de fem nästa teamen."
    ),
    barriers={
        "hours": "Vi har redan för lite tid. Vilket arbete försvinner i gengäld?",
        "grades": "I slutändan blir det ett betyg på var och en, vad man än säger nu.",
        "warehouse": "Halva lagret har ingen dator. Hur ska de stämma av?",
        "numbers_twice": "Siffrorna finns redan i säljsystemet. Vi får skriva dem två gånger.",
        "coaches": "Två coacher för tolv team räcker inte.",
        "tenders": "Anbuden kommer när de kommer. Ett kvartal är fel takt för oss.",
    },
    barrier_answers={
        "hours": "Veckorapporten försvinner i varje team som stämmer av. Henrik har begärt den sista.",
        "grades": (
            "OKR hör till teamen. Ingens lön eller medarbetarsamtal beror på dem, och okrapp visar inga siffror om "
            "personer. Så står det i avtalet med personalrepresentanten."
        ),
        "warehouse": "Varje skift har en surfplatta vid tavlan; skiftledaren stämmer av tillsammans med de andra.",
        "numbers_twice": "Från tredje kvartalet hämtas de ur säljsystemet. Till dess är det så.",
        "coaches": "Det stämmer. Vågorna följer coacherna: ingen våg börjar innan varje team har en.",
    },
    barrier_comments={
        "hours_growth": "Hos oss är det fredagsbilderna. Ingen skulle sakna dem.",
        "hours_quiet": "Så länge båda måste göras börjar jag hellre inte alls.",
        "grades_olga": "Det vill jag se skriftligt innan det första teamet börjar.",
        "grades_quiet": "Det förra systemet var också bara till för lärande, det första året.",
        "warehouse_sven": "Vid tavlan vid skiftbytet: då pratar vi om det i alla fall.",
        "coaches_signe": "Jag vill gärna bli coach och skulle kunna börja kursen om en månad.",
    },
    escalations={
        "coach_time": EscalationText(
            "Emres avdelning tar tillbaka hans coachtimmar",
            "Emre har fyra timmar i veckan för Marknad och kunder. Sedan säljsäsongen började går de till prognosen.",
            "Gör upp med Karin om att de fyra timmarna gäller till vågens slut.",
            "Jag har talat med Karin. De fyra timmarna gäller; för prognosen får hon två dagar i månaden av Mats.",
        ),
        "supply": EscalationText(
            "Inga avstämningar i lagret före månadens slut",
            "Leverans och produktion skickar dubbelt så mycket som vanligt den här månaden. Marek låter "
            "avstämningarna vila, och tre team ser inte när deras leveranser kommer.",
            "Besluta: låter vi dem göra uppehåll officiellt, eller får de någon som skriver in siffrorna?",
        ),
    },
    budget={
        "course": "Grundkurs för fem coacher",
        "moderating": "En halv dags moderering för alla teamledare",
        "adviser": "Rådgivare för de första verkstäderna, en dag mer än planerat",
        "kick_off": "Startdag med pilotteamen",
        "coach_time": "Coachernas timmar, tio i veckan",
        "workshops": "Vågornas utkastverkstäder",
        "tool": "okrapp: drift och enkel inloggning",
        "closing": "Avslutningsdag: vad vi behåller",
    },
    groups={"shifts": "Skiften i lagret"},
    attitudes={
        "karin": (
            "Frågar vad det ger Marknad som prognosen inte redan ger.",
            "Öppnade själv utkastverkstaden och strök två projekt.",
            "Berättar om det för andra chefer utan att någon frågat.",
        ),
        "marek": (
            "”Vi har en plan för varje dag. Varför det här också?”",
            "Tyckte om att de sena delarna syntes två veckor tidigare. Tycker ändå att det är för mycket i högsäsong.",
        ),
        "olga": (
            "Oroar sig för dem som går skift; vill läsa varje text innan den skickas ut.",
            "Har skrivit under avtalet och säger det på personalmötet.",
        ),
        "mats": ("Vill ha en siffra per kvartal som han kan planera med.",),
        "shifts": (
            "Har bara hört om det på anslagstavlan.",
            "Två skift stämmer av vid tavlan, det tredje avvaktar.",
        ),
    },
    concerns={
        "karin_effect": (
            "För tre år sedan hade vi en annan metod. Efter två kvartal talade ingen om den längre.",
            "Därför slutar vi efter piloten om den inte hjälpte. Kriterierna för det står i planen.",
        ),
        "karin_time": (
            "Mina teamledare förlorar en halv dag i veckan.",
            "En timme i veckan, räknat i piloten. I gengäld är veckorapporten och fredagsbilderna borta.",
        ),
        "marek_time": ("I högsäsong har ingen här en timme över.", ""),
        "olga_change": (
            "Äldre kollegor är rädda för ännu ett verktyg.",
            "Ingen som går skift behöver ett konto: skiftledaren skriver in det som sagts vid tavlan.",
        ),
        "mats_budget": (
            "Vad kostar det när rådgivaren är borta?",
            "Bara coachernas timmar, ungefär tio i veckan. De står som pengar i budgeten så att de syns.",
        ),
    },
    commitments={
        "henrik_okrs": "",
        "henrik_speaks": "Först på stormötet, sedan en gång i varje skift",
        "ingrid_reviews": "",
        "ingrid_coached": "",
        "karin_reviews": "Även till Försäljnings i slutet av månaden",
        "anna_own": "Två timmar i veckan för alla som coachar i mina team, och ingen bokar över dem",
        "jonas_okrs": "",
        "sofia_coached": "",
    },
    kept={
        "henrik_speaks": "Tre skift på en dag. Nattskiftets frågor var de bästa.",
        "karin_reviews": "Missade två av tre: de låg på anbudsdagar. Från och med nu står de först i min kalender.",
        "anna_own": "Gäller sedan piloten började.",
    },
)
