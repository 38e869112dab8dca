"""What is written in the rollout of a large invented organization."""

from rollout.enums import PhaseKind

NAME = "Introducing OKRs everywhere"
GOAL = "Every team knows what matters this quarter, and says early when it gets difficult."
SCOPE = "All teams, one wave after another. Pay and reviews of people stay out of it."
KEY_RESULTS = (
    ("Teams that check in every week", "%", 0, 80, 46),
    ("Teams with a coach", "%", 10, 100, 62),
    ("People who say that they know what matters this quarter", "%", 38, 75, 52),
    ("Days from a difficulty to the first offer of help", "days", 14, 3, 8),
)
WAVES = ("Pilot", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Last")
# What is done with a part of the organization, by phase; `%s` is its name.
TASKS = {
    PhaseKind.PREPARE: ("Talk with the leads of %s", "Find out what %s has tried before", "Name a contact in %s"),
    PhaseKind.PILOT: ("Train the leads of %s", "Draft the first OKRs with %s", "Look back at the first month with %s"),
    PhaseKind.EXPAND: (
        "Agree on a first day with %s",
        "Find coaches for %s",
        "Train the teams of %s",
        "Draft the first OKRs with %s",
        "Look back at the first cycle with %s",
    ),
    PhaseKind.EMBED: ("Hand the rhythm over to %s", "Ask %s what stays difficult"),
}
MILESTONES = {
    PhaseKind.PREPARE: "%s has heard why",
    PhaseKind.PILOT: "%s has its first OKRs",
    PhaseKind.EXPAND: "%s checks in by itself",
    PhaseKind.EMBED: "%s needs no help any more",
}
ENTRY = {
    PhaseKind.PREPARE: "There is a sponsor who has time for it",
    PhaseKind.PILOT: "The teams of the pilot want to take part",
    PhaseKind.EXPAND: "What the pilot has taught stands in the playbook",
    PhaseKind.EMBED: "Every division has somebody who keeps it going",
}
EXIT = {
    PhaseKind.PREPARE: "The sponsor has said in public why we do this",
    PhaseKind.PILOT: "The sponsor has decided how it goes on",
    PhaseKind.EXPAND: "No wave waits for a coach",
    PhaseKind.EMBED: "The programme is not missed",
}
RISKS = (
    ("%s has too much to do in its season", "Its wave begins after the season."),
    ("The lead of %s changes in the middle of it", "The deputy is trained as well."),
    ("%s writes down tasks rather than results", "A coach reads every draft of the first cycle."),
    ("%s takes OKRs for an appraisal", "We say in every training that they are none."),
)
BUDGET = (
    "Training of the leads in %s", "Room and catering in %s", "Hours of the coaches for %s",
    "Adviser for the first workshops in %s", "Licences for %s", "Travel to %s",
)  # fmt: skip
BARRIERS = (
    "We in %s have too little time as it is. Which work goes away in exchange?",
    "Half of %s has no computer. How are they to check in?",
    "The numbers of %s stand in another system already. We will type them twice.",
    "Orders come when they come. A quarter is the wrong rhythm for %s.",
    "In the end it becomes a grade for each of us in %s, whatever is said now.",
    "One coach for all of %s will not do.",
)
BARRIER_ANSWERS = (
    "The weekly report goes away in every team that checks in.",
    "Each shift has a tablet at its board.",
    "They are read from that system from the next quarter on.",
    "The wave begins one quarter later, with a longer cycle.",
)
BARRIER_COMMENTS = (
    "It is the same with us.",
    "We tried it with one team, and it took less time than we thought.",
    "I want to see that in writing before we begin.",
)
GROUPS = ("Night shift in %s", "Apprentices in %s", "Partners of %s")
ATTITUDES = (
    "Asks what it brings that the forecast does not.",
    "Opened the first workshop, and left out two projects.",
    "Tells others about it without being asked.",
    "Waits for what the others do.",
)
CONCERNS = (
    ("The last method lasted two quarters.", "That is why we stop after the pilot unless it helps."),
    ("My people are at their limit.", "The wave begins after the season, and the weekly report goes away."),
    ("I do not see where the money comes from.", ""),
)
COMMITMENTS = (
    "I come to the first and the last review of each cycle.",
    "I show my own key results before I ask for those of others.",
    "I give the coaches of my area two hours each week.",
)
NOT_KEPT = "The season came first. From next month on."
ESCALATIONS = (
    (
        "The coaches of %s are called back",
        "Their line needs them for the forecast, and the workshops are cancelled.",
        "Please settle that their hours stand until the end of the wave.",
    ),
    (
        "%s wants to begin a quarter later",
        "Its new system goes live in the week of the first workshop.",
        "Please decide whether the wave waits, or begins without them.",
    ),
)
ESCALATION_ANSWER = "I have talked to them. It stays as planned, with one more coach."
COMMENTS = (
    "What do the leads stop doing in exchange? I would like to read that in the plan.",
    "It stands with the barriers now, with a name beside it.",
    "The last wave is large. Is there a second date if the first one fails?",
)
RETURNED = "The travel costs are too high. Half of the workshops can be held on site."
APPROVED = "Now it fits. I will tell everybody myself why we do this."
DECISION = "The pilot teams check in, and they want to go on. We have too few coaches: no wave without one."
MESSAGES = (
    "Why we introduce OKRs", "What the pilot has taught us", "The next wave begins", "How a check-in works",
    "Where to find a coach", "Questions that were asked often", "What stays out of it", "Dates of the trainings",
    "A team tells how it went", "Where we stand",
)  # fmt: skip
MESSAGE_TEXT = (
    "Every team writes down **what matters this quarter**, and how it will see that it gets there.\n\n"
    "- A check-in takes two minutes a week.\n- Whoever needs help says so early.\n- Pay has nothing to do with it.\n\n"
    "The dates of your area stand on the page of the rollout."
)
# Title, what it is about, minutes.
COURSES = (
    ("Introduction to OKRs", "What objectives and key results are for, and how a check-in takes two minutes.", 90),
    ("Leading with OKRs", "Setting direction without dictating: how leads agree on goals with their teams.", 180),
    ("OKR coach training", "Moderating a drafting workshop, asking good questions, dealing with resistance.", 960),
    ("OKRs in an hour", "Everything that is needed to read the OKRs of others. Online, as many as like.", 60),
    ("Writing key results", "From a task to a result that can be measured.", 120),
    ("Measuring what is hard to measure", "Baselines, samples, and what to do when there is no number.", 120),
    ("Holding a review", "An hour in which a team learns something.", 90),
    ("Looking back at a cycle", "Retrospectives that change the next cycle.", 90),
    ("Aligning with other teams", "Who needs what from whom, and saying so before the cycle begins.", 120),
    ("OKRs for projects", "What a project owes, and what an objective is.", 90),
    ("Working with the sponsor", "For the Program Lead Office: plans, budgets, decisions.", 180),
    ("Moderating online", "Workshops in which everybody speaks.", 240),
)
PLACE = "Room %d"
