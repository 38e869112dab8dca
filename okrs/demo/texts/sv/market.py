"""The running quarter of Sales, Marketing and Customer Success."""

from okrs.demo.texts.wording import Note, aim, kr

MARKET = {
    "sales.1": aim(
        "En pipeline som bär två kvartal",
        "Den som måste vinna varje affär ger rabatt.",
        kr(
            "Kvalificerad pipeline",
            "{value}. Bra samtal i norr, knappt några i söder.",
            Note(
                "{value}. Nya möjligheter kommer nästan bara från tre personers nätverk.",
                "Vi behöver förfrågningar från kommuner som inte känner oss än.",
                "Med Elif: två kommuner, en kampanj, start den här månaden.",
            ),
        ),
        kr(
            "Vunna upphandlingar",
            "Vann den oväntade och förlorade den säkra. Skälen är nedskrivna.",
            "{value}. De två nästa besluten kommer de närmaste veckorna.",
        ),
        kr(
            "Genomsnittlig rabatt håller sig under 8 %",
            "Två stora order med var sitt bra skäl. Över gränsen, och så ska det inte förbli.",
        ),
    ),
    "sales.2": aim(
        "Partner säljer med oss, inte bara åt oss",
        "Ventilationsmontörer finns i varje skola vi vill in i.",
        kr(
            "Affärer som en partner har gett oss",
            "Den första partneraffären är här, helt utan vår hjälp.",
            "Ingen rörelse: partner säljer när deras egen säsong är över.",
        ),
        kr("Utbildade partner", "Två halvdagar uppskattas mer än en heldag."),
    ),
    "marketing.1": aim(
        "Skolhuvudmän kommer till oss",
        "Den som ringer oss har redan bestämt att dålig luft är ett problem.",
        kr(
            "Kvalificerade förfrågningar per månad",
            "Luftveckan i sex skolor gav mer än mässan.",
            "{value}, och var tredje nämner en skola som berättat om oss.",
        ),
        kr("Förfrågningar på rekommendation", "Nu frågar vi alla, även på telefon."),
        kr(
            "Film med en skola som är stolt över sin luft publicerad",
            Note(
                "Manus och datum finns, skolan har dragit sig ur.",
                "Vi behöver en annan skola som öppnar dörrarna inom två veckor.",
                "Kofi frågar sina tre favoriter.",
            ),
        ),
    ),
    "success.1": aim(
        "Alla kunder har en bra andra månad",
        "Första månaden är alla nyfikna. Den andra avgör.",
        kr(
            "Förlängda avtal",
            "{value}. Båda som lämnade hade stängt skolan.",
            "{value}. Samtalet tre månader före slutet lönar sig redan.",
        ),
        kr(
            "Timmar till första svar",
            "Två tar förmiddagen, två eftermiddagen. Mer behövdes inte.",
            "{value}, även i vågen av nya skolor.",
        ),
        kr(
            "Nöjdheten efter utbildning håller sig över 4,5",
            "Bäst betyg får den korta utbildningen på plats, sämst den långa på nätet.",
            Note(
                "{value} efter fyra stora nätutbildningar i rad. Folk önskar mindre grupper.",
                next_step="Från nästa vecka högst tolv personer per utbildning.",
            ),
        ),
        work=("Samtal tre månader före avtalets slut", "Utbildning i små grupper"),
    ),
    "success.2": aim(
        "Problem är lösta innan de blir ärenden",
        "Samma fråga för tionde gången är vårt fel, inte kundens.",
        kr(
            "Ärenden om en känd fråga",
            "Rumsnamnen ensamma är en fjärdedel. Tillväxt bygger något mot det.",
            "{value}. Artiklarna hjälper där folk hittar dem; sökningen hittar dem inte.",
        ),
        kr("Hjälpartiklar provade med en vaktmästare", "Att låta någon läsa högt är obehagligt och nyttigt."),
    ),
}
