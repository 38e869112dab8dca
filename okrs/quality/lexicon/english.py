"""English."""

import re

from okrs.quality.lexicon.model import Lexicon, collect, split, split_in_order, with_particles

WORK = """
launch relaunch implement introduce roll+out rollout install deploy migrate integrate configure set+up setup build
rebuild create develop design redesign write rewrite draft document publish ship release deliver produce prepare
organise organize host run conduct hold perform carry+out execute facilitate plan schedule coordinate arrange attend
visit call contact email send present train coach teach educate hire recruit interview survey research analyse
analyze investigate evaluate assess review audit test explore study identify define specify outline map propose
select choose buy purchase procure negotiate update upgrade refactor modernise modernize automate replace clean+up
start begin kick+off continue complete finish finalise finalize conclude establish collect gather compile discuss
meet+with communicate share announce promote advertise monitor track measure participate join work+on work+with
digitise digitize consolidate restructure reorganise reorganize centralise centralize standardise standardize pilot
prototype code program switch transition translate record film post revise refresh overhaul renovate provide offer
appoint assign nominate verify validate instrument submit register set add open fix brainstorm formalise formalize
iterate onboard+onto invest+in compare connect convert+to move+to apply engage+with follow+up read practise practice
engineer assemble equip operationalise operationalize highlight adjust certify partner+with collaborate onboard
sponsor exhibit speak+at talk+to reach+out look+into deal+with respond+to benchmark catalogue troubleshoot
evangelise evangelize co-create kick-off roll-out set-up
"""
SOFT = """
build create develop establish deliver provide offer start begin open set share add run hold design produce continue
join connect promote onboard apply measure
"""
SERVICE = (
    "deliver ship complete close send open start publish release answer finish provide offer review fix process run"
)
MILD = """
train coach teach educate communicate discuss explore continue visit call contact meet participate join study
connect transition modernise modernize digitise digitize standardise standardize restructure automate select choose
plan identify define invest measure compare engage read practise practice equip present review
"""
NOUN_LIKE = """
launch release test design plan report review contact survey research process call email visit train coach start
audit map present track record post code program pilot update upgrade refresh draft document share open complete
work purchase study run host hire interview fix prototype setup rollout kick-off roll-out set-up switch move offer
practice benchmark schedule support project
"""
OUTCOME = """
increase decrease raise grow boost lift expand double triple halve reduce lower cut shrink drop shorten slash
minimise minimize maximise maximize eliminate reach achieve hit attain exceed win gain earn retain keep maintain
stay sustain hold get become be save prevent avoid attract convert acquire sign resolve solve answer scale
accelerate bring move improve enhance optimise optimize strengthen better speed+up enable empower ensure help
delight generate lead own secure restore recover close land quadruple beat outgrow protect limit cap free respond
return stop end understand learn find know rank score rate turn make give let inspire unlock deepen streamline
simplify sell convince trim extend remove surpass
"""
FINITE = """
pass passes fail fails
see sees get gets use uses reach reaches stay stays rate rates find finds recommend recommends pay pays renew renews
return returns receive receives take takes need needs complete completes is are was were be has have had say says
know knows love loves come comes spend spends wait waits drop drops fall falls rise rises grow grows increase
increases decrease decreases go goes cost costs last lasts exceed exceeds meet meets start starts feel feels bring
brings make makes win wins close closes sign signs buy buys order orders give gives work works remain remains hit
hits improve improves become becomes trust trusts choose chooses answer answers solve solves arrive arrives respond
responds can earn earns lead leads do does convert converts generate generates attract attracts catch catches
account accounts run runs leave leaves score scores like likes want wants believe believes adopt adopts understand
understands speak speaks act acts
"""
WORK_NOUNS = """
implementation introduction rollout roll-out launch relaunch go-live development creation migration installation
deployment integration completion setup set-up execution preparation publication organisation organization design
redesign definition establishment documentation evaluation analysis assessment review audit delivery release hiring
recruitment automation replacement upgrade update modernisation modernization digitisation digitization construction
finalisation finalization planning overhaul refactoring restructuring training workshop workshops
"""
THINGS = """
team website site page app application tool system platform software portal intranet dashboard report document
documentation handbook manual guide plan strategy concept roadmap process workflow policy training workshop
workshops course programme program campaign newsletter event events webinar webinars conference feature features
module version prototype mvp pilot database api interface crm erp sso model framework guideline guidelines checklist
template templates survey video videos article articles blog office branch store shop department infrastructure
pipeline catalogue catalog library list presentation contract budget structure calendar meeting meetings session
sessions offer landing-page brochure podcast integration chatbot server network warehouse factory processes kpi kpis
okr okrs data-warehouse
"""
INTANGIBLE = """
trust loyalty awareness relationships relationship reputation confidence demand jobs value leads opportunities
opportunity momentum community culture environment habit habits belonging pride love clarity transparency record
place workplace world experience experiences future home brand lead advantage revenue sales income growth space
"""
MEASURES = """
time times rate rates frequency coverage cost costs count quality score scores backlog cycle cycles tickets defects
failures duration satisfaction success adoption readiness volume share revenue error errors delays attendance
completion days hours weeks conversion retention churn margin margins profit profits sales turnover productivity
speed nps csat engagement loyalty traffic visits leads deals bookings orders complaints incidents bugs returns usage
uptime availability accuracy efficiency income spend expenses growth awareness reach turnaround performance response
responses rating ratings reviews downloads findings
"""
EVENTS = """
workshop workshops meeting meetings talk talks call calls interview interviews session sessions retrospective
retrospectives training trainings analysis demo demos presentation presentations conversation conversations webinar
webinars survey surveys 1-on-1s one-on-ones hackathon hackathons seminar seminars lecture lectures tour tours audit
event events conference check-in check-ins course courses pilot stand-ups standups review reviews
"""
VAGUE_VERBS = """
improve improving improved improves optimise optimize optimising optimizing optimised enhance enhancing strengthen
strengthening better foster fostering leverage leveraging support supporting promote encourage streamline
streamlining intensify refine deepen advance elevate upskill focus maximise maximize
"""
VAGUE_WORDS = """
high low strong smooth smoothly better more less fewer faster higher lower stronger easier happier quicker smoother
simpler greater bigger smarter leaner cheaper closer clearer safer nicer good great nice efficient efficiently
effective effectively excellent excellence significantly significant substantially substantial considerably
noticeably notably drastically dramatically strongly greatly massively markedly slightly somewhat largely many
several some various numerous much lots lot optimal optimally adequate adequately appropriate appropriately
sufficient sufficiently suitable regularly often frequently high-quality user-friendly world-class best-in-class
state-of-the-art professional professionally holistic holistically sustainable sustainably innovative proper
properly best possible soon seamless seamlessly successful modern agile proactive proactively robust well maximum
minimal meaningful
"""
FILLERS = (
    r"things?",
    r"stuff",
    r"etc\.?",
    r"and so on",
    r"as (?:much|many|soon|good|well|far|fast|quickly) as possible",
    r"asap",
    r"somehow",
    r"(?:to )?the next level",
    r"synerg(?:y|ies)",
    r"where (?:possible|appropriate|needed)",
    r"as (?:needed|appropriate|required)",
    r"do (?:our|my|your) best",
    r"try to",
    r"and more",
)
GENERIC = """
efficiency effectiveness quality performance productivity culture communication collaboration cooperation process
processes things thing everything success excellence value innovation growth organisation organization company team
teams business work results result operations service services product products department customer customers people
employees employee satisfaction experience internal our all overall situation level way ways skills development
"""
VERBS = split(WORK.replace("+", " "))


def _forms(verb: str) -> tuple[str, str, str, str]:
    """Base form, third person, participle and gerund of a regular verb; irregular participles are added below."""
    head, _, tail = verb.rpartition("-")
    if head:
        return verb, f"{head}-{tail}s", f"{head}-{tail}ed", f"{head}-{tail}ing"
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if re.search(r"[^aeiou]y$", verb):
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    doubled = verb + verb[-1] if re.search(r"^(?:re)?[^aeiou]*[aeiou][bdgmnptr]$", verb) else verb
    doubled = {"program": "programm", "submit": "submitt"}.get(verb, doubled)
    third = f"{verb}es" if re.search(r"(?:s|sh|ch|x|z)$", verb) else f"{verb}s"
    return verb, third, f"{doubled}ed", f"{doubled}ing"


IRREGULAR = {
    "build": "built",
    "rebuild": "rebuilt",
    "write": "written",
    "rewrite": "rewritten",
    "hold": "held",
    "run": "run",
    "send": "sent",
    "teach": "taught",
    "choose": "chosen",
    "buy": "bought",
    "begin": "begun",
    "meet": "met",
    "set": "set",
    "make": "made",
    "read": "read",
    "draw": "drawn",
}
_WORK_PAIRS = with_particles(WORK)
_LEADING = collect(
    (form, particle)
    for verb, particle in _WORK_PAIRS
    for index, form in enumerate(_forms(verb))
    for form in ((IRREGULAR.get(verb, form),) if index == 2 else (form,))
)
_PARTICIPLES = frozenset(IRREGULAR.get(verb, _forms(verb)[2]) for verb, particle in _WORK_PAIRS if not particle)
_PHRASAL = {"rolled": "out", "set": "up", "carried": "out", "kicked": "off", "cleaned": "up"}


def _all_forms(verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form in (*_forms(verb), IRREGULAR.get(verb, verb)))


ENGLISH = Lexicon(
    language="en",
    work=_LEADING,
    work_infinitives=frozenset(),
    work_participles=(_PARTICIPLES - split("read set run started opened shared met held begun added offered made"))
    | split("rolled_out set_up carried_out kicked_off cleaned_up"),
    work_nouns=split(WORK_NOUNS),
    soft=_all_forms(SOFT),
    service=_all_forms(SERVICE),
    mild=_all_forms(MILD),
    light=split("have has hold holds holding make makes making do does doing give gives giving run runs running"),
    events=split(EVENTS),
    moving=split(
        "migration migrations rollout roll-out introduction implementation deployment installation transition"
        " relocation switchover cutover move training"
    ),
    completing=split("complete completed finish finished finalise finalised finalize finalized conclude concluded"),
    finished=split("live operational online in_place in_production up_and_running done"),
    noun_like=split(NOUN_LIKE),
    outcome=collect((form, particle) for verb, particle in with_particles(OUTCOME) for form in _forms(verb)),
    outcome_infinitives=frozenset(),
    outcome_nouns=split("increase reduction growth improvement decrease"),
    finite=split(FINITE),
    things=split(THINGS) | frozenset(f"{thing}s" for thing in THINGS.split()),
    intangible=split(INTANGIBLE),
    measures=split(MEASURES),
    vague_verbs=split(VAGUE_VERBS),
    vague_words=split(VAGUE_WORDS),
    fillers=FILLERS,
    generic=split(GENERIC),
    being=split("be become becoming being get getting grow make making do doing stay remain"),
    and_=split("and & plus as_well_as"),
    while_=split("while whilst simultaneously"),
    determiners=split("the a an our my your their its his her this that these those all every each some any both new"),
    prepositions=split(
        "of for to in on at with by from into within under over above below per between across through via"
        " about among until before after during against without as than towards onto toward"
    ),
    subjects=split("we i team everyone everybody they"),
    openers=split(
        "successfully quickly fully also then first finally actively regularly proactively jointly"
        " continuously consistently will shall must should effectively again together collaboratively"
        " collectively please let us let's carefully goal kr result"
    ),
    intentions=split("want plan aim try continue need help intend start begin"),
    subordinate=split("so because since if when once where who whose which that although but unless"),
    purpose=split("so_that in_order_to so_as_to"),
    relative=split("who whose which that where when how whether what why"),
    helping=split("help helps enable enables let lets allow allows empower empowers teach make ability able time want"),
    time_prepositions=split("by until before in during within this next starting from end over as"),
    time_words=split(
        "the end of start beginning middle mid q1 q2 q3 q4 h1 h2 january february march april may june july"
        " august september october november december quarter year month week quarters years months weeks"
        " days day summer winter spring autumn fall fy at latest next this half first second third fourth"
        " cycle period one two three"
    ),
    stop_words=split(
        "the a an our my your their its of for to in on at with by from and or we us it is are be as that"
        " this into what will all new every within across through"
    ),
    numbers={
        word: number
        for number, word in enumerate(
            split_in_order(
                "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                " fifteen sixteen seventeen eighteen nineteen twenty"
            )
        )
        if word != "one"
    }
    | {
        word: 10 * (number + 3)
        for number, word in enumerate(split_in_order("thirty forty fifty sixty seventy eighty ninety"))
    }
    | {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12, "nil": 0},
    number_compounds=r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty-(?:one|two|three|four|five|six|seven|eight|nine)",
    multiples=r"doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl\w+|halv(?:e|es|ed|ing)|twice|thrice|half(?! year)"
    r"|(?:one|two|three)[ -](?:third|quarter|half)s?|tenfold|\w+fold",
    nothing=r"no(?! longer| more| later| matter)|none|not a single|without a single|zero",
    one_unit=r"(?:one|a|an|a single) (?:\w+ )?(?:second|minute|hour|day|week|month|percent|per cent)",
    instead=r"instead of|rather than|compared (?:to|with)|versus|vs\.?|up from|down from|starting (?:from|at)|against"
    r"|previously|before|was|were|from",
    today=r"today|now|currently|at present|so far|last (?:year|quarter|month)|baseline|this year",
    time_limit=r"within|in under|in less than|in at most|under|below|less than|inside",
    compounds=False,
)
