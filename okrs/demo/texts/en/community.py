"""What coaches of the invented company share, and what teams ask them."""

from okrs.demo.texts.wording import CommunityTexts

COMMUNITY = CommunityTexts(
    posts={
        "fewer": (
            "Half as many key results, twice the talk",
            "Growth went from eleven key results to five. The check-in takes as long as before, but "
            "now people **talk "
            "about what they tried** instead of reading out numbers.\n\nWhat helped: everybody "
            "crosses out two, without "
            "giving a reason. Nobody fought for those that were gone.",
        ),
        "agenda": (
            "Drafting workshop in 90 minutes",
            "# Drafting workshop\n\n1. **10 min** What did we learn last quarter? One sentence each.\n"
            "2. **20 min** Each writes alone: what is different for a customer at the end of the quarter?\n"
            "3. **20 min** Read aloud, group, choose two.\n4. **30 min** In pairs: how would we notice?\n"
            "5. **10 min** Who sharpens which draft until when?\n\nBring: the organization's objectives on one page.",
        ),
        "why": (
            "Objectives that say why",
            "Ten minutes to read. The example of the library is the best I have seen for *activity versus result*.",
        ),
        "time": (
            "“We sell or we check in”",
            "At the end of a month the whole team lets check-ins go. They say it costs selling "
            "time. I believe something "
            "else lies behind it: the numbers are in the sales system already, so they type them twice.",
        ),
        "worst": (
            "Begin with the number nobody likes",
            "Since we begin the check-in with the key result that is **off track**, it is over "
            "sooner, and the help comes "
            "from those who would have been silent at the end.",
        ),
        "quarter_hour": (
            "Check-in in a quarter of an hour",
            "- 3 min: what has moved? Only what surprises.\n- 8 min: the one key result that needs us.\n"
            "- 3 min: who does what by Friday?\n- 1 min: one thing we are glad about.",
        ),
        "bonus": (
            "Bonuses of the past make careful targets",
            "Where targets used to decide about pay, people set what they will surely reach. They ask twice whether "
            "scores go into the pay round. They believe it only when the head of the unit shows a "
            "score of 0.4 of their own.",
        ),
        "confidence": (
            "Red is good news",
            "Why early red words are the reason to have them. I read the second half aloud in the "
            "team: a good quarter "
            "of an hour.",
        ),
        "quiet": (
            "Ask the quiet ones first",
            "In Customer Success three people used to speak. Now whoever has said least begins, and may say “pass”. "
            "Nobody has passed for four weeks.",
        ),
        "looking_back": (
            "Five questions for the retrospective",
            "1. What would we not have learnt without this quarter?\n2. Which key result did nobody "
            "open after week four?\n"
            "3. Where did another team help us, and do they know?\n4. What do we leave out next time?\n"
            "5. Which one thing do we try?",
        ),
        "shifts": (
            "Objectives that live in the office",
            "Those who work in shifts see our objectives on a screen once a quarter. They call it “the paper of the "
            "day shift”. I do not think they are against it; it has never been about their work.",
        ),
        "school_year": (
            "Put the school calendar beside the draft",
            "Three of four misses last year were holidays that everybody knew of. We now hang the "
            "calendar of the four "
            "largest states beside the drafts. Costs nothing, and two start values changed at once.",
        ),
        "first_week": (
            "Write the first check-in together",
            "In both new teams I sat beside them for the first one. Ten minutes each. The second "
            "came by itself, and on time.",
        ),
    },
    groups={
        "bonus": "Those who had bonuses on targets before",
        "shifts": "People who work in shifts in the warehouse",
    },
    said={
        "fewer_sales": (
            "Tried it with Sales: they crossed out three, and put one back after a week. Still five instead of seven."
        ),
        "fewer_how": "One back is fine. Ask them in the fourth week which ones they would not miss.",
        "agenda_time": "Point 4 needs 40 minutes in a team of eight. Rather drop point 1 and ask it beforehand.",
        "time_how": "With Growth it helped that the number comes by import, and only the word is asked for.",
        "time_office": "Good hint. I ask whether the sales system can deliver it before the next quarter begins.",
        "bonus_pay": (
            "It says so in the pay agreement since March. I put the sentence into the guide, with its number."
        ),
        "quiet_cards": "With cards it works too: everybody writes for two minutes, then we read from the back.",
        "shifts_board": (
            "Marek has a board at gate 3 that everybody passes. One objective on it, in their words, would be a start."
        ),
        "school_year_plan": "I take this along for the calendar of next year's cycles.",
    },
    questions={
        "same_number": (
            "May two objectives have the same key result?",
            "“Schools that measure in week one” fits under both of ours. Do we write it twice, or "
            "point from one to the other?",
        ),
        "lead_time": (
            "How do we measure something that only shows after the quarter?",
            "Whether the new housing leaks we know after a winter.",
        ),
        "holidays": (
            "Do we check in during the school holidays?",
            "Nothing moves for two weeks, then everything at once.",
        ),
        "renewals": (
            "Renewals fall into one week. Is a weekly check-in of use?",
            "In eleven of thirteen weeks we write the same.",
        ),
        "bonus_rule": (
            "Do scores count in the pay round?",
            "It was said in the kick-off that they do not. In the team nobody is sure.",
        ),
        "no_computer": (
            "How do people without a computer check in?",
            "Half of us stand in the warehouse. May one of us do it for the others?",
        ),
        "own_weeks": (
            "May teams choose their own day for check-ins?",
            "Two of my teams have no time on Fridays. Would Thursday be in the way of the report?",
        ),
        "on_call": (
            "What do we do with key results when on-call duty eats the week?",
            "Two of eight are on call, and in bad weeks it is four.",
        ),
        "payroll": (
            "Is there OKR for work that has to be right every month?",
            "Payroll has no “better”, only “right”.",
        ),
    },
    answers={
        "lead_time_back": (
            "What would you see in the laboratory after six weeks that makes you confident about the winter?"
        ),
        "holidays_answer": (
            "Set the two weeks as a pause for your team's cycle; nobody then waits for a check-in. If something does "
            "happen, you can check in all the same."
        ),
        "renewals_back": "What do you know in week three about a renewal in week twelve?",
        "renewals_reply": "Whether they have measured in the last 30 days. Those who have not leave.",
        "renewals_answer": (
            "Then that is your key result: *customers who measured in the last 30 days*. It moves "
            "every week, and the "
            "renewals follow."
        ),
        "bonus_rule_on": "I would say no, but Sales has its own pay agreement. You know what is in it.",
        "own_weeks_answer": "Yes, until Thursday evening the report still gets it. Set it on the team's page.",
        "on_call_on": "Is it the same in Devices? Then you may want one rule for both.",
        "on_call_back": "In Devices nobody is on call. Decide it with the team, and tell me what came of it.",
        "on_call_answer": (
            "Plan with six of eight, and write the on-call hours down for one quarter. In the "
            "retrospective you then have "
            "a number instead of a feeling."
        ),
        "payroll_answer": (
            "Not for the payroll itself: that is daily work and has its own figures. OKRs are for what you want to "
            "change, such as the two days of corrections each month."
        ),
    },
)
