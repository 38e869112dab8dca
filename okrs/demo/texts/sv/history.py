"""The two quarters that are over, and the drafts of the next."""

from okrs.demo.texts.wording import aim, kr

FIRST = {
    "q1.nordkamm.1": aim(
        "Ta reda på om OKR passar oss",
        "Fem team provar ett kvartal. Sedan beslutar vi, och inte på känsla.",
        kr(
            "Team med egna mål",
            "Alla fem har skrivit sina. De första versionerna var att göra-listor.",
            "En avstämning tar två minuter när siffran finns. Att hitta siffran tar en vecka.",
            "Alla fem säger: fortsätt, med färre mål.",
        ),
        kr("Motiverat beslut om fortsättningen", "Beslutat i ledningen: fem team till från nästa kvartal."),
    ),
    "q1.product.1": aim(
        "Veta var kunderna förlorar tid med oss",
        "Vi har åsikter om det. Ett tidtagarur vore bättre.",
        kr(
            "Minuter från öppnad låda till första mätvärde",
            "Hälften av tiden går åt till en kod på undersidan.",
            "{value}. Stor text på lådan var årets billigaste förbättring.",
        ),
        kr("Besök vid installation", "Alla i divisionen har varit i minst en skola."),
    ),
    "q1.platform.1": aim(
        "Nätter utan larm för oss",
        "Den som var vaken på natten bygger inget nytt på morgonen.",
        kr(
            "Störningar på natten per månad",
            "De flesta kom från en enda disk. Den är borta.",
            "{value} senaste månaden. De som är kvar hade samma orsak.",
        ),
        kr(
            "Övervakning som varnar oss före kunderna",
            "Andra delen är igång: vi såg gatewayens avbrott elva minuter före första samtalet.",
            milestones=("Mätvärden per minut", "Gateways", "Batteriet i varje enhet"),
        ),
    ),
    "q1.growth.1": aim(
        "Första veckan är inte längre en fråga om tur",
        "Vissa kunder kommer igång på en timme, andra aldrig. Ingen vet varför.",
        kr(
            "Konton aktiverade inom 7 dagar",
            "Ingen hade räknat förut: 24 %. Alla hade gissat mer.",
            "Checklistan hjälper kontor, knappt skolor.",
            "{value}. Mindre än vi ville, men vi vet varför: vaktmästare har inget konto.",
        ),
        kr("Dagar till första delade rapport", "Rapporter kan nu delas med länk, utan lösenord."),
        kr("Startärenden per 100 nya kunder", "Första ärliga räkningen: runt {value}. Det är startvärdet."),
    ),
    "q1.sales.1": aim(
        "En full pipeline innan budgetarna läggs",
        "Det som inte är påbörjat då skrivs inte under i år.",
        kr(
            "Kvalificerad pipeline",
            "Trögt: den nya prislistan förvirrar folk, oss själva inräknade.",
            "{value}. De två sista veckorna tog igen mycket, inte allt.",
        ),
        kr("Vunna upphandlingar", "{value}. Två gånger föll vi på formalia. Det tar Plattform tag i."),
    ),
    "q1.success.1": aim(
        "Veta sex veckor i förväg vem som kan lämna",
        "Hittills har vi fått veta det i brevet.",
        kr("Förlängda avtal", "Måndagslistan fungerar: fyra kunder uppringda, tre blev kvar."),
        kr("Timmar till första svar", "En inkorg i stället för tre. Så enkelt var det."),
    ),
}
SECOND = {
    "q2.nordkamm.1": aim(
        "OKR bortom piloten",
        "Fem team kan det för att de ville. Nu de som fick höra det.",
        kr(
            "Team med egna mål",
            "Leverans började med en mycket bra fråga: vad slutar vi göra?",
            "Tio av tolv. De två sista börjar nästa kvartal.",
        ),
    ),
    "q2.market.1": aim(
        "Befintliga kunder kommer först",
        "Vi har glömt vilka vi redan vunnit.",
        kr("Fjolårets kunder med en andra beställning", "{value}. Besök fungerar, mejl gör det inte."),
        kr("Undertecknade ramavtal", "Det tredje skrevs under sista dagen före lovet."),
    ),
    "q2.operations.1": aim(
        "Veta vad vi kan lova",
        "Alla anger olika leveranstid.",
        kr(
            "Order levererade på utlovad dag",
            "Strejken i hamnen kostade oss två veckor.",
            "{value}. Inte vårt mål, men första kvartalet där vi vet varför.",
        ),
        kr("Dagar från beställning till leverans", "Standardsatsen ligger färdig på hyllan nu."),
    ),
    "q2.devices.1": aim(
        "Ett prov av nästa givare att ta i",
        "På papperet har den inte övertygat någon.",
        kr(
            "Från ritning till prov",
            "Kortet fungerar på första försöket. Rasmus bjuder alla på tårta.",
            "Tre av fyra. Certifikatet flyttas till nästa kvartal.",
            milestones=("Ritning", "Kretskort", "Hölje från skrivaren", "Radiocertifikat"),
        ),
        kr("Klarade fall- och stötprov", "Hörnet spricker.", "Hörnet spricker ännu. Vi börjar om med det."),
    ),
    "q2.platform.1": aim(
        "Mätvärden kommer fram när de görs",
        "På måndagar klockan åtta börjar alla skolor samtidigt.",
        kr("Mätvärden som kommer fram inom fem minuter", "Kön är på plats. Måndagarna är lugna."),
        kr("Tillgängligheten håller sig över 99,8 %", "Lugna veckor, bortsett från ett certifikat som gick ut."),
    ),
    "q2.growth.1": aim(
        "Även vaktmästare använder oss",
        "De är i byggnaden varje dag och hade inget konto.",
        kr(
            "Konton aktiverade inom 7 dagar",
            "Konton för vaktmästare är ute. Ingen använder dem än.",
            "Lov. Inget rör sig, och det borde vi ha vetat.",
            "{value}. Vi satte målvärdet som om det inte fanns några lov. Nästa gång planerar vi efter läsåret.",
        ),
        kr("Skolor som är aktiva varje vecka", "{value} före lovet, och det är siffran som räknas."),
        kr("Utbildning för vaktmästare hållen tre gånger", "Den första fylldes på en dag.", "Tredje klar, 4,8 av 5."),
    ),
    "q2.sales.1": aim(
        "Sälja till kommuner i stället för enskilda skolor",
        "Ett avtal för tjugo skolor i stället för tjugo avtal.",
        kr(
            "Kvalificerad pipeline",
            "Två kommuner är intresserade; båda frågar efter ett säkerhetscertifikat vi inte har.",
            "{value}, klart missat. Utan certifikatet åker vi ut i första omgången.",
        ),
        kr("Partner med avtal", "Fyra montörer har skrivit på, en väntar på sin advokat."),
    ),
    "q2.marketing.1": aim(
        "Förfrågningar som Försäljning gärna får",
        "Hittills var de många, och ingen av dem en skola.",
        kr(
            "Kvalificerade förfrågningar per månad",
            "Sidan för skolhuvudmän är ute och slår den gamla efter två veckor.",
            "{value}: nått, och för en gångs skull håller Försäljning med.",
        ),
        kr("Kvällar med föräldrar och lärare", "Fulla rum, bra frågor, liten budget."),
    ),
    "q2.success.1": aim(
        "Varje ny kund har en människa",
        "Inte ett ärendenummer.",
        kr("Nya kunder uppringda första veckan", "Tre av oss delar på det; stora kommuner tar längre tid."),
        kr("Ärenden om en känd fråga", "Hjälpartiklarna är skrivna. Att hitta dem är en annan sak."),
    ),
    "q2.supply.1": aim(
        "Vi planerar en vecka framåt",
        "I dag planerar vi till i morgon.",
        kr("Lådor som går på planerad dag", "Planen på väggen är det bästa sedan trucken."),
        kr("Lagret inventerat och rätt", "Räknat en lördag, med pizza. Nu stämmer det."),
    ),
}
NEXT = {
    "next.growth.1": aim(
        "Kontor kommer igång lika fort som skolor",
        "Det vi lärt oss i skolor gäller även resten.",
        kr("Konton aktiverade inom 7 dagar"),
        kr("Startärenden per 100 nya kunder"),
    ),
    "next.growth.2": aim(
        "Vaktmästare sparar en timme i månaden med oss",
        "De avgör om en skola stannar.",
        kr("Minuter en vaktmästare lägger på oss per vecka"),
        kr("Rundan genom huset på en sida", milestones=("Provad i tre skolor", "Ute för alla")),
    ),
    "next.platform.1": aim(
        "Enheter byter gateway utan att det märks",
        "Den sista luckan i våra kurvor.",
        kr("Mätvärden som kommer fram inom fem minuter"),
        kr("Det andra datacentret tar över utan att någon märker det"),
    ),
    "next.devices.1": aim(
        "Den nya givaren sitter på väggarna",
        "Femhundra enheter säger mer än något labb.",
        kr("Nya givare i bruk"),
        kr("Kostnaden per enhet håller sig under 60 €"),
    ),
    "next.sales.1": aim(
        "Kommuner skriver på innan budgeten stänger",
        "Sedan är pengarna slut.",
        kr("Undertecknade ramavtal"),
    ),
    "next.success.1": aim("Kunder hjälper varandra", "De bästa svaren kommer från andra vaktmästare."),
}
