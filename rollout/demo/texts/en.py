"""The rollout of the invented company in English."""

from rollout.demo.texts.wording import EscalationText, RolloutTexts

TEXTS = RolloutTexts(
    name="Introducing OKRs",
    goal="Every team knows what matters this quarter, and says early when it gets difficult.",
    scope="All twelve teams, one wave after another. Pay and reviews of people stay out of it.",
    key_results=(
        ("Teams that check in every week", "%"),
        ("People who say that they know what matters this quarter", "%"),
        ("Days from a difficulty to the first offer of help", "days"),
    ),
    returned="Half of the money for the closing day is enough. And say what we stop doing, before we begin.",
    approved="Now it fits. I will tell everybody myself why we do this, on Monday in the warehouse.",
    comments=(
        "What do the team leads stop doing in exchange? I would like to read that in the plan.",
        "The weekly reports end where a team checks in. It stands with the barriers now, with your name beside it.",
    ),
    judged=(
        "Henrik spoke at the all-hands and in all three shifts.",
        "Five have an answer; Emre looks after the tenders.",
        "Approved by Henrik, second version.",
        "Asked each of the six: all of them want to.",
        "Decided on the last day of the pilot.",
    ),
    decision=(
        "All pilot teams had agreed OKRs, and five of six checked in week after week; Sales needs shorter check-ins at "
        "the end of a month. The management team had no coach of its own: Nora takes its reviews from now on. "
        "Growth found out three weeks earlier than usual that a launch would be late. Five more teams follow."
    ),
    barriers={
        "hours": "We have too little time as it is. Which work goes away in exchange?",
        "grades": "In the end it becomes a grade for each of us, whatever is said now.",
        "warehouse": "Half of the warehouse has no computer. How are they to check in?",
        "numbers_twice": "The numbers stand in the sales system already. We will type them twice.",
        "coaches": "Two coaches for twelve teams will not do.",
        "tenders": "Tenders come when they come. A quarter is the wrong rhythm for us.",
    },
    barrier_answers={
        "hours": "The weekly report goes away in every team that checks in. Henrik has asked for the last one.",
        "grades": (
            "OKRs belong to teams. Nobody's pay or review depends on them, and okrapp shows no figures about people. "
            "It stands so in the agreement with the employee representative."
        ),
        "warehouse": "Each shift has a tablet at the board; whoever leads the shift checks in with the others.",
        "numbers_twice": "They will be read from the sales system from the third quarter on. Until then it is so.",
        "coaches": "True. The waves follow the coaches: no wave begins before there is one for every team.",
    },
    barrier_comments={
        "hours_growth": "For us it is the Friday slides. Nobody would miss them.",
        "hours_quiet": "As long as both have to be done I would rather not begin.",
        "grades_olga": "I want to see that in writing before the first team begins.",
        "grades_quiet": "The last system was for learning only too, in its first year.",
        "warehouse_sven": "At the board at the change of shift: that is when we talk about it anyway.",
        "coaches_signe": "I would like to become one and could begin the course in a month.",
    },
    escalations={
        "coach_time": EscalationText(
            "Emre's line takes his hours for coaching back",
            "Emre has four hours a week for Market. Since the sales season began they go into the forecast.",
            "Please settle with Karin that the four hours stand until the end of the wave.",
            "I have talked to Karin. The four hours stand; for the forecast she gets two days of Mats each month.",
        ),
        "supply": EscalationText(
            "No check-ins in the warehouse until the end of the month",
            "Supply and production ships twice as much as usual this month. Marek lets the check-ins "
            "rest, and three teams do not see when their deliveries come.",
            "Please decide: do we let Supply pause officially, or do they get somebody who writes down the numbers?",
        ),
    },
    budget={
        "course": "Foundation course for five coaches",
        "moderating": "Half a day of moderation for all team leads",
        "adviser": "Adviser for the first workshops, one day more than planned",
        "kick_off": "Kick-off with the pilot teams",
        "coach_time": "Hours of the coaches, ten a week",
        "workshops": "Drafting workshops of the waves",
        "tool": "okrapp: running it, and single sign-on",
        "closing": "Closing day: what we keep",
    },
    groups={"shifts": "Shifts in the warehouse"},
    attitudes={
        "karin": (
            "Asks what it brings Market that its forecast does not.",
            "Opened the drafting workshop herself, and left out two projects.",
            "Tells other managers about it without being asked.",
        ),
        "marek": (
            "“We have a plan for each day. What for?”",
            "Liked that the late parts came up two weeks earlier. Still thinks it is too much for the peak season.",
        ),
        "olga": (
            "Fears for the people on shifts; wants to read every text before it goes out.",
            "Signed the agreement and says so in the works meeting.",
        ),
        "mats": ("Wants one figure per quarter that he can plan with.",),
        "shifts": ("Have heard of it on the notice board only.", "Two shifts check in at the board, the third waits."),
    },
    concerns={
        "karin_effect": (
            "Three years ago we had another method. After two quarters nobody spoke of it any more.",
            "That is why we stop after the pilot unless it helped. The criteria for it stand in the plan.",
        ),
        "karin_time": (
            "My team leads lose half a day a week.",
            "An hour a week, counted in the pilot. In exchange the weekly report and the Friday slides are gone.",
        ),
        "marek_time": ("In the peak season nobody here has an hour to spare.", ""),
        "olga_change": (
            "Older colleagues are afraid of a new tool on top of all the others.",
            "Nobody on shifts needs an account: the shift leads enter what was said at the board.",
        ),
        "mats_budget": (
            "What does it cost when the adviser is gone?",
            "Only the hours of the coaches, about ten a week. They stand in the budget as money, so that it is seen.",
        ),
    },
    commitments={
        "henrik_okrs": "",
        "henrik_speaks": "First at the all-hands, then once in each shift",
        "ingrid_reviews": "",
        "ingrid_coached": "",
        "karin_reviews": "Also those of Sales at the end of the month",
        "anna_own": "Two hours a week for whoever coaches in my teams, and nobody books over them",
        "jonas_okrs": "",
        "sofia_coached": "",
    },
    kept={
        "henrik_speaks": "Three shifts in one day. The questions of the night shift were the best.",
        "karin_reviews": "Missed two of three: they were on days of tenders. From now on they stand in my calendar.",
        "anna_own": "Holds since the pilot began.",
    },
)
