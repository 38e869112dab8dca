"""What people of the invented company learnt, said to each other and proposed."""

from okrs.demo.texts.wording import Board, Idea, Lesson, Talk

TALK = Talk(
    lessons={
        "q1.nordkamm.1": Lesson(
            "Five teams are enough to learn from, and few enough to "
            "help each by hand. Writing takes longer than checking in."
        ),
        "q1.platform.1": Lesson(
            "One disk had cost us more nights than everything else together. Look for the one cause."
        ),
        "q1.growth.1": Lesson("The checklist was made for offices. Ask those who use it before building it."),
        "q1.sales.1": Lesson("We set the target before the price list was ready. Next time the other way round."),
        "q2.growth.1": Lesson(
            "Plan with the school year. Everything moved once caretakers had accounts, and stopped with the holidays.",
            "The accounts came late, and that was our own delay. The number is kinder than we were quick.",
        ),
        "q2.devices.1": Lesson("A test that fails in the second week is worth more than one that passes in the last."),
        "q2.sales.1": Lesson("Without the certificate we should not have begun. Ask Platform before the quarter."),
        "q2.marketing.1": Lesson("Ask Sales in the first week what a good enquiry is, not in the last."),
    },
    boards={
        "growth": Board(
            kept_going=(
                "Tuesday calls with two caretakers",
                "Mira answered every ticket herself for a week: we understood more than from any chart",
            ),
            held_back=(
                "The school holidays came as a surprise. Every year.",
                "Two numbers nobody looked at after week four",
            ),
            try_next=("The school calendar on the wall before we draft", "One key result less"),
            actions=(
                "Put the school calendar beside the next draft",
                "Ask three caretakers before we write key results",
            ),
        ),
        "platform": Board(
            kept_going=("Calm Mondays, for the first time", "Devices told us early what would be late"),
            held_back=("The certificate that ran out was nobody's job",),
            try_next=("A warning 30 days before anything runs out",),
            actions=("Reminder and owner for every certificate",),
        ),
    },
    comments={
        "target": "Good to see the offices catch up. @{jonas}, does the 70 % include trials, or only paying customers?",
        "answer": "@{ingrid} both, as in the first week: otherwise we would compare pears with apples halfway through.",
        "tickets": (
            "@{mira} the three questions we get most are all about the gateway code. I have drafted new words for it."
        ),
        "decisions": "@{anna} can we have the list of open decisions on one page before Tuesday's round?",
        "corner": (
            "The **rounder corner** holds at 5 °C. Test report is in the laboratory folder, numbers follow on Friday."
        ),
    },
    kudos={
        "outage": (
            "During the update Mira kept the schools informed in three languages, before a single one had to ask."
        ),
        "pilot": "From five teams to ten in two quarters, and everybody still says what they think. Thank you, Anna.",
    },
    ideas={
        "recommend": Idea(
            "Caretakers recommend us to each other",
            "They trust each other more than any brochure of ours. Three asked me this month whom they could tell.",
        ),
        "south": Idea(
            "An office in the south",
            "Half of our enquiries are six hours away by train.",
            "Not this year: first the two districts in the north. I have taken the travel times into my plan.",
        ),
        "repair": Idea(
            "Devices are repaired, not replaced",
            "Nine of ten come back with a broken clip that costs forty cents.",
        ),
    },
    decision="The second mail of the welcome series is dropped: nobody opens it",
    summary=(
        "### Decisions\n\n- {decision}\n\n### In the way\n\n"
        "- The gateway code on the bottom of the device costs every third school a call"
    ),
)
