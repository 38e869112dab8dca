"""The objectives of the year, and those of the company, its divisions and operations in the running quarter."""

from okrs.demo.texts.wording import Note, aim, kr

YEAR = {
    "org.1": aim(
        "Vi är förstahandsvalet för skolor som vill ha frisk luft",
        "Skolor beslutar långsamt och stannar i tio år. Den som är i huset nu blir kvar i huset.",
        kr(
            "Skolor med löpande avtal",
            "Bra start: fyra skolor skrev på efter mässan.",
            "Tröga veckor på grund av loven. {value} och en full lista för tiden efter.",
            "{value}. För första gången är de två stora kommunerna från ramavtalet med.",
        ),
        kr(
            "Kommuner som köper genom ett ramavtal",
            "Avtalen tar längre tid än vi trodde: varje nämnd möts en gång i månaden.",
            "{value}. Två till har beslutat, avtalen ligger för underskrift.",
        ),
        kr("Kunder skulle rekommendera oss", "Första enkäten efter den nya introduktionen: riktningen stämmer."),
    ),
    "org.2": aim(
        "Enheter som går i åratal utan besök",
        "Ett besök kostar lika mycket som tre givare. Ingen minns enheten som bara fungerar.",
        kr(
            "Enheter som skickas tillbaka första året",
            "Den nya packningen hjälper. Den når kunderna senare, så siffran följer långsamt.",
            "{value}: bästa månaden hittills. Returer från den gamla serien tynger ännu.",
        ),
        kr("Vad teamen bidrar med till tillförlitligheten"),
        kr(
            "Batteritid uppmätt i skolor",
            "Fortfarande första generationen. Språnget kommer med den nya radion eller inte alls.",
            "Uppmätt i tolv skolor: {value}. Den nya firmwaren ser vi tidigast nästa kvartal.",
        ),
    ),
    "org.3": aim(
        "Vi växer av egen kraft",
        "Det vi tjänar själva behöver vi inte be någon om.",
        kr(
            "Årligen återkommande intäkter",
            "{value}. Nyförsäljningen ligger under plan, förlängningarna över.",
            "{value}. Steget kommer från de två kommunerna; utan dem hade vi legat efter.",
        ),
        kr("Bruttomarginalen håller sig över 42 %", "Frakten blev dyrare än planerat, ändå inom gränsen."),
        kr("Kassan räcker i minst nio månader"),
    ),
    "org.4": aim(
        "En plats där man stannar och växer",
        "Vi anställer långsamt och vill behålla alla vi valt.",
        kr("Kollegor som skulle rekommendera oss", "Enkäten är stängd, de flesta kommentarer handlar om fokus."),
        kr("Högst 8 % slutar inom ett år", "Ännu en slutar på lagret. Över gränsen tills vidare."),
        kr(
            "Team som arbetar med OKR",
            "Pilotteamen fortsätter, fem till börjar.",
            "Alla tolv team har sina mål i systemet. Det gick fortare än vi hoppats.",
        ),
    ),
    "nordkamm.1": aim(
        "Vi beslutar snabbare och säger varför",
        "I enkäten stod samma mening fyra gånger: beslut får jag höra i korridoren.",
        kr("Beslut publicerade med skäl inom två dagar", "Listan på väggen fungerar bättre än något verktyg."),
        kr(
            "Dagar ett beslut väntar på ledningen",
            "Två beslut om priser väntade över tre veckor på oss. Det är vårt eget fel.",
            "Nu {value}: på tisdagar beslutar vi det som är moget och samlar inte längre på hög.",
        ),
    ),
    "product.1": aim(
        "Givare och app känns som en produkt",
        "Kunderna säger att enheten är fin och att appen kommer från ett annat företag.",
        kr(
            "Minuter från öppnad låda till första mätvärde",
            "Nere på {value} sedan parkopplingen går utan kod.",
            "{value} i de tio senaste försöken. Resten är skolornas wifi, och det kan vi inte ändra.",
        ),
        kr("Appens betyg", "Kraschen på äldre surfplattor har kostat oss en halv stjärna. Rättelsen är ute."),
    ),
    "market.1": aim(
        "Kommuner köper av oss en andra gång",
        "Den andra beställningen kostar en tiondel av den första och säger att den första var rätt.",
        kr("Fjolårets kunder med en andra beställning", "De flesta kommer efter ett besök, inte efter ett mejl."),
        kr(
            "Undertecknade ramavtal",
            "Tre utkast ligger på skrivbord som inte är våra.",
            "Bara {value}. Den stora upphandlingen har skjutits upp; jag har frågat om något går att tidigarelägga.",
        ),
    ),
    "operations.1": aim(
        "Vi levererar det vi lovat, den dag vi lovat",
        "En montör som står utan paket framför en skola kommer inte tillbaka samma vecka.",
        kr(
            "Order levererade på utlovad dag",
            "Nu räknar vi ärligt: en delleverans är ingen leverans. Därför den låga starten.",
            "{value} efter det andra skiftet i packningen.",
            "{value}. Det som är sent nu är nästan alltid monteringsplattorna.",
        ),
        kr("Dagar från beställning till leverans", "Lagret för standardsatsen tog bort fyra dagar på en gång."),
        kr(
            "Ett orderflöde från offert till faktura",
            "Flödet är ritat och beslutat. Kopplingen till bokföringen tar längre tid.",
            milestones=("Flödet klart med försäljningen", "Lager och order i ett system", "Faktura utan knappande"),
        ),
    ),
    "supply.1": aim(
        "Leveransdagar man kan lita på",
        "Försäljningen lovar det vi säger. Då bör vi veta.",
        kr(
            "Lådor som går på planerad dag",
            "Veckoplanen på måndagar klockan åtta fungerar även utan mig.",
            "{value}. Fredag eftermiddag är ännu vår svaga stund.",
        ),
        kr("Lagret räcker i 25 till 40 dagar", "Lite högt på grund av den tidiga leveransen från kusten."),
        kr(
            "En andra källa för de tre känsligaste delarna",
            "Den andra leverantören av höljet har klarat provbitarna.",
            Note(
                "Två av tre är på plats. För mätcellen finns en enda fabrik i världen.",
                next_step="Fråga Enheter om den andra cellen skulle passa.",
            ),
            milestones=("Hölje", "Monteringsplatta", "Mätcell"),
        ),
        work=("Besöka den andra leverantören", "Veckoplan på en sida"),
    ),
    "people.1": aim(
        "Växa utan att förlora vilka vi är",
        "Sju nya på ett kvartal är en tiondel av oss.",
        kr(
            "Tillsatta tjänster",
            "Två avtal underskrivna, tre andra intervjuer nästa vecka.",
            "{value}. Firmwaretjänsten förblir öppen: det fanns ingen vi ville ha.",
        ),
        kr("Nya som vet sitt mål andra veckan", "Beror på teamet; Tillväxt och Enheter gör det bra."),
        kr("Löneband publicerade för alla", "Facket har utkastet och vill prata om nivå 3."),
    ),
    "people.2": aim(
        "Månadsbokslut på fem dagar",
        "Beslut med siffror från för två månader sedan är gissningar.",
        kr(
            "Arbetsdagar till månadsbokslutet",
            "Nere på {value}: reseräkningar väntar inte längre på papper.",
            "{value}. Resten väntar på orderflödet i Drift.",
        ),
    ),
}
