"""Swedish: the verb leads or stands second, particles follow it, nouns grow together."""

from okrs.quality.lexicon.model import Lexicon, collect, split, split_in_order, with_particles

# Verbs of the first group, "lansera": imperative and infinitive are one.
WORK_AR = """
lansera relansera implementera introducera installera migrera integrera konfigurera skapa utveckla vidareutveckla
designa dokumentera publicera releasa leverera producera organisera arrangera anordna moderera planera koordinera
samordna kontakta presentera träna coacha utbilda rekrytera intervjua undersöka+x analysera utvärdera granska testa
utforska identifiera definiera specificera kartlägga+x skissa föreslå+x upphandla förhandla uppdatera uppgradera
modernisera automatisera städa+upp starta+ påbörja avsluta slutföra+x färdigställa+x etablera samla+in
sammanställa+x diskutera kommunicera informera annonsera bevaka övervaka delta+x digitalisera konsolidera
omorganisera centralisera standardisera pilota prototypa programmera koda övergå+x filma spela+in posta renovera
utse+x verifiera validera registrera lägga+till öppna fixa åtgärda ordna dela+ut rulla+ut rulla+ jobba+ arbeta+
skicka+ skicka+ut besöka+x bemanna kalla+till mejla certifiera formalisera effektuera refaktorera verkställa+x
marknadsföra+x beställa+x beta+av förbereda+x omarbeta samarbeta släppa+x träffa inventera kolla initiera förankra+
utarbeta formulera lyssna+ sponsra bjuda+in hosta flytta+ bygga+x schemalägga+x pilottesta
"""
# Others: imperative, infinitive, present, supine, participle.
WORK_OTHER = """
släpp/släppa/släpper/släppt/släppta inför/införa/inför/infört/införd/införda
genomför/genomföra/genomför/genomfört/genomförd/genomförda bygg/bygga/bygger/byggt/byggd/byggda
skriv/skriva/skriver/skrivit/skriven/skrivna anställ/anställa/anställer/anställt/anställd/anställda
undersök/undersöka/undersöker/undersökt/undersökta kartlägg/kartlägga/kartlägger/kartlagt/kartlagd/kartlagda
föreslå/föreslår/föreslagit köp/köpa/köper/köpt/köpta slutför/slutföra/slutfört/slutförd/slutförda
färdigställ/färdigställa/färdigställer/färdigställt sammanställ/sammanställa/sammanställer/sammanställt
delta/deltar/deltagit håll/hålla/håller utse/utser/utsett ersätt/ersätta/ersätter/ersatt/ersatta
besök/besöka/besöker/besökt förbered/förbereda/förbereder/förberett beställ/beställa/beställer/beställt
marknadsför/marknadsföra/marknadsfört ring/ringa/ringer/ringt utforma/utformar/utformat
översätt/översätta/översätter/översatt mät/mäta/mäter/mätt fatta/fattar välj/välja/väljer/valt anskaffa/anskaffar
inled/inleda/inleder/inlett driv/driva/driver tillsätt/tillsätta/tillsätter/tillsatt
tillhandahåll/tillhandahålla/tillhandahåller erbjud/erbjuda/erbjuder byt/byta/byter/bytt
schemalägg/schemalägga/schemalägger verkställ/verkställa/verkställer uppför/uppföra bjud/bjuda/bjuder använd+x
"""
PHRASAL = """
ta+fram tar+fram sätt+upp sätta+upp sätter+upp bygg+upp bygga+upp bygger+upp gå+igenom går+igenom kör+igång
köra+igång dra+igång drar+igång kom+igång gör+klart göra+klart skriv+ner hitta+på se+över ser+över arbeta+med
jobba+med arbetar+med jobbar+med jobba+på lägg+upp lägga+upp lägg+till kör+ köra+ byt+ut byta+ut flytta+över
ta+kontakt bjud+in bjuda+in läs+igenom följ+upp följa+upp sätt+igång sätta+igång rulla+ut rullar+ut stäng+ner gör+en
göra+en gör+om göra+om bygg+om bygga+om
"""
SOFT = """
bygg bygga bygger skapa skapar utveckla utvecklar etablera etablerar leverera levererar erbjud erbjuda erbjuder
tillhandahåll tillhandahålla starta startar öppna öppnar håll hålla håller lyssna lyssnar flytta flyttar driv driva
driver förankra förankrar producera fatta mät mäta mäter utforma kör köra gör göra byt välj välja
"""
SERVICE = """
leverera levererar slutför slutföra avsluta avslutar öppna starta publicera publicerar skicka skickar åtgärda
åtgärdar granska granskar erbjud erbjuda färdigställ färdigställa påbörja påbörjar levererat skickat
"""
MILD = """
träna coacha utbilda kommunicera diskutera utforska delta kontakta modernisera digitalisera standardisera
automatisera identifiera planera testa granska lyssna undersök undersöka besök besöka certifiera utvärdera informera
mät välj
"""
OUTCOME = """
öka ökar höj höja höjer lyft lyfta lyfter väx växa växer utöka utökar fördubbla fördubblar tredubbla stärk stärka
stärker sänk sänka sänker minska minskar reducera reducerar korta kortar förkorta förkortar halvera halverar pressa
minimera maximera nå når uppnå uppnår överträffa vinn vinna vinner behåll behålla behåller bibehåll bibehålla undvik
undvika förhindra lös lösa löser besvara besvarar svara bli blir vara är förbättra förbättrar förbättras optimera
optimerar effektivisera spara sparar värva värvar attrahera konvertera få får ha har säkra säkerställ säkerställa
hjälp hjälpa hjälper möjliggör möjliggöra gör göra ge ger låt låta skydda begränsa håll hålla håller stanna ligg
ligga ligger kom komma accelerera snabba+upp snabba+på generera bidra främja stöd stödja förenkla underlätta
fördjupa förstå lär lära vet hitta eliminera expandera skala behandla hantera tjäna ta tar klara led leda bredda
gläd glädja gläder sälj sälja säljer övertyga övertygar avlasta avlastar locka lockar inspirera engagera trygga
"""
FINITE = """
är var blir blev har hade ser använder når stannar betygsätter hittar rekommenderar betalar förnyar får tar behöver
vet känner älskar kommer väntar faller sjunker stiger ökar minskar växer går kostar ligger överstiger börjar gör
vinner stänger köper beställer ger fungerar litar väljer svarar löser träffar kan tjänar leder lämnar gillar vill
tror förstår pratar talar klarar upplever uppstår lyckas håller skiljer ställer finns står loggar hör sker erhåller
sparar levereras skapar avslutas rapporterar uppger tycker genererar varar dröjer
"""
WORK_NOUNS = """
lansering relansering implementering införande införandet introduktion installation migrering migration integration
uppbyggnad utveckling vidareutveckling framtagande framtagning dokumentation publicering produktion förberedelse
genomförande genomförandet planering samordning koordinering utbildning utbildningar rekrytering anställning analys
undersökning utvärdering granskning identifiering definition kartläggning upphandling uppdatering uppgradering
modernisering automatisering ersättning avslut slutförande färdigställande etablering sammanställning digitalisering
konsolidering omorganisation centralisering standardisering omställning översättning renovering öppning öppnande
utrullning utformning skapande upprättande organisering start byggande lanseringen utrullningen implementeringen
migreringen workshops workshop driftsättning uppstart inköp
"""
THINGS = """
mobilapp mobilappen team webbplats webbplatsen webbsida hemsida hemsidan app appen applikation verktyg verktyget
system systemet plattform plattformen programvara portal portalen intranät intranätet dashboard instrumentpanel
rapport rapporter dokument dokumentation handbok handboken guide plan planen strategi strategin koncept färdplan
process processen processer policy utbildning utbildningen träning workshop workshops kurs kurser program programmet
kampanj kampanjen nyhetsbrev evenemang event webbinarium webbinarier konferens funktion funktioner modul version
prototyp mvp pilot databas api gränssnitt crm erp sso modell modellen ramverk riktlinjer checklista mall mallar
enkät enkäten video videor film filmer artikel artiklar blogg kontor butik butiker avdelning avdelningar
infrastruktur pipeline katalog bibliotek lista presentation avtal budget struktur kalender möte möten erbjudande
broschyr podd chattbot server nätverk lager fabrik nyckeltal helpdesk sjuksköterskor säljchef utvecklare medarbetare
träffar seminarier
"""
INTANGIBLE = """
förtroende lojalitet kännedom relationer relation rykte efterfrågan jobb värde mervärde leads möjligheter gemenskap
kultur miljö tydlighet transparens rekord arbetsplats framtid varumärke försprång intäkter tillväxt förståelse
upplevelse
"""
MEASURES = """
tid tiden tider andel andelen kostnad kostnader kostnaderna antal antalet kvalitet kvaliteten omsättning
omsättningen intäkter intäkterna vinst vinsten marginal marginalen nöjdhet nöjdheten kundnöjdhet kundnöjdheten
produktivitet produktiviteten hastighet nps fel felen churn kundbortfall kundbortfallet personalomsättning
sjukfrånvaro tillgänglighet engagemanget noggrannhet effektivitet effektiviteten räckvidd besök leads affärer
bokningar beställningar klagomål incidenter buggar returer användning beläggning utgifter försäljning försäljningen
konvertering engagemang betyg ledtid ledtider svarstid
"""
EVENTS = """
samtal samtalen möte möten mötena föredrag analys analyser workshop workshops utbildning utbildningar intervju
intervjuer retrospektiv enkät enkäter seminarium seminarier webbinarium webbinarier presentation presentationer
revision demo demos undersökning undersökningar träff träffar avstämningar avstämning test tester pilot kurs kurser
föreläsningar hackathon
"""
VAGUE_VERBS = """
förbättra förbättrar förbättras optimera optimerar stärk stärka stärker främja främjar stöd stödja stödjer
intensifiera effektivisera effektiviserar förenkla förenklar professionalisera fördjupa utveckla+x maximera förfina
förbättring optimering förstärk förstärka effektivisering fokusera satsa
"""
VAGUE_WORDS = """
hög höga högt stark starka låg låga snabb snabba enkel enkla bäst bättre mer mera mindre färre fler flera snabbare
högre lägre starkare enklare lättare gladare större smartare smidigare billigare närmare tydligare säkrare nöjdare
bra god goda gott fin effektiv effektiva effektivt effektivare utmärkt utmärkta enastående betydligt betydande
signifikant väsentligt väsentlig märkbart märkbar avsevärt kraftigt drastiskt något många åtskilliga några olika
diverse mycket optimal optimala optimalt lämplig lämpliga lämpligt tillräcklig tillräckliga tillräckligt regelbundet
regelbundna ofta oftare högkvalitativ högkvalitativa användarvänlig användarvänligare användarvänliga världsklass
professionell professionella professionellt holistisk hållbar hållbara hållbart innovativ innovativa innovativare
ordentligt bästa+x möjliga friktionsfri smidig smidigt modern moderna modernare proaktiv proaktivt kontinuerligt
roligare attraktivare
"""
FILLERS = (
    r"saker(?:na)?",
    r"grejer",
    r"osv\.?",
    r"etc\.?",
    r"m\.?m\.?",
    r"och så vidare",
    r"så (?:mycket|många|snart|bra|långt|snabbt) som möjligt",
    r"på något sätt",
    r"(?:till )?nästa nivå",
    r"synergi(?:er|erna)?",
    r"där det (?:är möjligt|behövs|passar)",
    r"vid behov",
    r"göra? vårt bästa",
    r"försöka?",
    r"med mera",
)
GENERIC = """
effektivitet effektiviteten kvalitet kvaliteten prestation prestanda produktivitet produktiviteten kultur kulturen
kommunikation kommunikationen samarbete samarbetet process processer processerna arbetssätt saker allt framgång
värde innovation tillväxt tillväxten organisation organisationen företag företaget bolag bolaget team teamet
verksamhet verksamheten arbete arbetet resultat resultatet service servicen tjänst tjänster produkt produkten
produkter produkterna avdelning avdelningen kunder kundnöjdhet kundnöjdheten nöjdhet nöjdheten upplevelse
upplevelsen kundupplevelse kundupplevelsen medarbetare medarbetarnöjdhet interna intern internt nivå vardagen
"""


def _group_one(text: str) -> list[tuple[str, str]]:
    """(verb, particle) of the verbs that end in -a; what is marked with +x is only here to be read."""
    return [(verb, particle) for verb, particle in with_particles(text) if particle != "x"]


def _leading() -> list[tuple[str, str]]:
    pairs = [(form, particle) for verb, particle in _group_one(WORK_AR) for form in (verb, f"{verb}r", f"{verb}s")]
    pairs += [(form, "") for verb in WORK_OTHER.split() if "+x" not in verb for form in verb.split("/")[:3]]
    return pairs + with_particles(PHRASAL)


def _participles() -> frozenset[str]:
    forms = {
        form
        for verb, _ in _group_one(WORK_AR)
        for form in (f"{verb}d", f"{verb}t", f"{verb}de", f"{verb}ts", f"{verb}s")
    }
    for verb in WORK_OTHER.split():
        forms |= {form for form in verb.split("/")[3:] if form}
    forms |= {form + "s" for form in forms if form.endswith("t")}
    return frozenset(forms | split("uppbyggd uppbyggt uppsatt framtagen framtaget framtagna utrullad utrullat"))


def _plain(text: str) -> frozenset[str]:
    return frozenset(word for word in text.split() if not word.endswith("+x"))


SWEDISH = Lexicon(
    language="sv",
    work=collect(_leading()),
    work_infinitives=frozenset(),
    work_participles=_participles() - split("hållet mätt levereras skapas"),
    work_nouns=split(WORK_NOUNS),
    soft=split(SOFT),
    service=split(SERVICE),
    mild=split(MILD) | frozenset(word + "r" for word in MILD.split() if word.endswith("a")),
    light=split("ha har håll hålla håller gör göra kör köra ge ger"),
    events=split(EVENTS),
    moving=split(
        "migrering migreringen migration migrationen utrullning utrullningen införande införandet övergång övergången"
        " flytt flytten implementering implementeringen installation installationen utbildning utbildningen"
    ),
    completing=split(
        "slutför slutföra slutförd slutfört avsluta avslutad avslutat färdigställ färdigställa färdigställd"
        " färdigställt fullfölj fullfölja fullföljd fullföljt"
    ),
    finished=split("live klart klar klara färdigt färdig i_drift på_plats igång"),
    noun_like=split("test plan design bygg köp besök ring byt start"),
    outcome=collect(with_particles(OUTCOME)),
    outcome_infinitives=frozenset(),
    outcome_nouns=split("ökning minskning sänkning höjning förbättring reducering halvering fördubbling förkortning"),
    finite=split(FINITE),
    things=split(THINGS),
    intangible=split(INTANGIBLE),
    measures=split(MEASURES),
    vague_verbs=_plain(VAGUE_VERBS),
    vague_words=_plain(VAGUE_WORDS),
    fillers=FILLERS,
    generic=split(GENERIC),
    being=split("bli blir vara är göra gör arbeta jobba ha få"),
    and_=split("och samt & plus"),
    while_=split("medan samtidigt samtidigt_som"),
    determiners=split(
        "den det de en ett vår vårt våra min mitt mina sin sitt sina dess alla varje denna detta dessa ny"
        " nytt nya inga ingen"
    ),
    prepositions=split(
        "av från till i på för med om hos vid inom under över mellan per utan efter före innan mot genom åt"
        " bland än som ur"
    ),
    subjects=split("vi jag teamet alla"),
    openers=split(
        "att framgångsrikt snabbt fullt också sedan först slutligen aktivt regelbundet tillsammans"
        " kontinuerligt ska skall vill måste kommer fortsätt fortsätta har mål kr gemensamt proaktivt låt"
        " oss"
    ),
    intentions=frozenset(),
    subordinate=split("så för därför eftersom om när där som vilket vilka medan att genom"),
    purpose=split("så_att för_att så"),
    relative=split("som vilka vilket där hur vad varför när om att"),
    helping=split("hjälp hjälpa hjälper möjliggör möjliggöra låt få får"),
    time_prepositions=split("senast under i före innan till från inom efter vid på"),
    time_words=split(
        "slutet av början mitten den det q1 q2 q3 q4 h1 h2 januari februari mars april maj juni juli"
        " augusti september oktober november december kvartal kvartalet år året månad månaden vecka veckan"
        " årets årsskiftet sommar sommaren vinter vintern våren vår hösten höst senast nästa första andra"
        " tredje fjärde halvåret cykeln detta"
    ),
    stop_words=split(
        "den det de en ett vår vårt våra sin sitt sina och eller av från till i på för med om hos vid inom"
        " vi oss att är som alla ska vill så"
    ),
    numbers={
        word: number
        for number, word in enumerate(
            split_in_order(
                "noll _ två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton"
                " sjutton arton nitton tjugo"
            )
        )
        if word != "_"
    }
    | {"trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80, "nittio": 90}
    | {"hundra": 100, "tusen": 1000, "miljon": 1_000_000, "miljoner": 1_000_000, "dussin": 12},
    number_compounds=r"(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)(?:ett|en|två|tre|fyra|fem|sex|sju|åtta"
    r"|nio)|(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio)(?:hundra|tusen)",
    multiples=r"fördubbla\w*|tredubbla\w*|fyrdubbla\w*|halvera\w*|dubbelt|dubbla|hälften"
    r"|(?:en |två |tre )?(?:tredjedel|fjärdedel)(?:ar)?"
    r"|\w+ gånger så",
    nothing=r"ing(?:en|et|a)(?! längre)|noll|aldrig|inte en enda",
    one_unit=r"(?:en|ett) (?:\w+ )?(?:sekund|minut|timme|dag|\w*dag|dygn|vecka|månad|procent)",
    instead=r"i stället för|istället för|jämfört med|mot|tidigare|från|var|förut",
    today=r"i dag|idag|nu|för närvarande|hittills|i fjol|förra året|baslinje|utgångsläge|nuläge",
    time_limit=r"inom|på under|på mindre än|under|på högst|inom högst|mindre än|högst",
    compounds=True,
)
