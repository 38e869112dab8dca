"""The running quarter of Devices, Platform and Growth."""

from okrs.demo.texts.wording import Note, aim, kr

TECHNOLOGY = {
    "devices.1": aim(
        "The next sensor survives a school",
        "Footballs, cleaning water, curiosity: an office is a holiday in comparison.",
        kr(
            "Fall and impact tests passed",
            "The first housing broke at the corner every time. The new one has rounder corners.",
            "{value} passed. Below ten degrees it still gets brittle.",
        ),
        kr(
            "Ready for series production",
            "The sample is approved; the laboratory has our papers.",
            Note(
                "The laboratory has moved our slot by three weeks.",
                "Without the certificate we cannot order housings, and the factory keeps our place until Friday only.",
                "Britt asks whether the factory holds the place for two more weeks.",
            ),
            milestones=("Sample approved", "Radio certificate", "Tools for the housing", "First hundred from the line"),
        ),
        kr(
            "Battery life in the simulator",
            "Sleeping longer between two readings brings two months at once.",
            Note(
                "Stuck at {value}. The radio wakes up too often and we do not see why.",
                "We need traces from real schools, with the time of each message.",
                "Noor looks for the traces of the three test schools.",
            ),
        ),
        work=("New housing with rounded corners", "Test stand for cold rooms", "Radio that listens only on request"),
    ),
    "devices.2": aim(
        "Fewer parcels come back",
        "Each return is a customer who was disappointed in the first week.",
        kr(
            "Devices sent back within 90 days",
            "{value}. The seal is in every device since the beginning of the month.",
            "{value} and stable for three weeks. I begin to believe it.",
        ),
        kr("Causes of returns found and removed", "The odd one: cleaning agents that attack the display."),
    ),
    "platform.1": aim(
        "No reading gets lost",
        "A gap in the curve looks like bad air to a headteacher. She calls, and she is right.",
        kr("Availability stays above 99.9 %", "One bad hour after the database update; still above the limit."),
        kr(
            "Readings that arrive within five minutes",
            "The queue in front of the store has cured the Monday mornings.",
            "{value}. What is missing are devices that change between two gateways.",
        ),
        kr(
            "Restore from backup rehearsed in front of witnesses",
            "First rehearsal: six hours, and two passwords that nobody had.",
            "Done: under an hour, with Clara reading out the manual and me typing.",
        ),
        work=("Gateways hand devices over properly", "Manual for the restore"),
    ),
    "platform.2": aim(
        "We can sell to any public authority",
        "Three tenders were lost this year before anybody had looked at our product.",
        kr(
            "Evidence for the security certificate",
            "Asset list and access rules are done. Next comes the supplier list, and it is long.",
            Note(
                "The risk assessment waits for decisions that are not mine.",
                "Somebody in the leadership has to accept the four remaining risks or pay for them.",
                "Henrik has the paper; thirty minutes would do.",
            ),
            milestones=("Asset list", "Access rules", "Supplier list", "Risk assessment", "Internal audit"),
        ),
        kr("Days to answer a security questionnaire", "The library of answers covers two thirds of each new form."),
    ),
    "growth.1": aim(
        "New customers feel the difference in their first week",
        "Whoever makes a decision with our data in the first week stays. Whoever does not, forgets the password.",
        kr(
            "Accounts activated within 7 days",
            "We start at 41 %. The definition holds for the whole quarter: one window opened because we said so.",
            "The new first screen is live for half of all new accounts and wins clearly.",
            "Live for everybody. {value}, and for the first time offices are no better than schools.",
            "{value}. Last week's call with the headteachers brought three small things that we will simply do.",
        ),
        kr(
            "Days until the first report is shared",
            "The report is now written for parents rather than engineers. That alone took out a day.",
            "{value}. Most share it from the phone, so the next step is the small screen.",
        ),
        kr(
            "Onboarding tickets per 100 new customers",
            "Three causes make up two thirds: Wi-Fi, caretaker's rights, wrong room names.",
            Note(
                "Up again to {value}: the new wave brings schools without anybody for IT.",
                next_step="Offer a setup call to the twenty schools that start next week.",
            ),
            Note(
                "The setup calls work, but I can do five a week and we need fifteen.",
                "I need two people from Growth for the calls in the next two weeks.",
                "Jonas decides on Thursday who helps.",
            ),
        ),
        work=(
            "First screen shows one room instead of twelve",
            "Pairing without a code",
            "Setup calls for schools without IT",
            "Report for small screens",
            "Video tour in the app",
        ),
    ),
    "growth.2": aim(
        "Schools use us every week without being reminded",
        "A dashboard nobody opens is a contract nobody renews.",
        kr(
            "Schools active every week",
            "{value} at the start. The Monday mail brings a third of them.",
            "{value}. The caretakers' page is the one they come back for; nobody would have bet on it.",
        ),
        kr(
            "Alarms that somebody acts on within a day",
            "Most alarms come at night when nobody is there. We collect them until seven now.",
            Note(
                "{value}. Half of the rest goes to addresses of people who have left.",
                "Only Customer Success may change the contact persons in the contract.",
                "Sofia's team asks the forty largest schools.",
            ),
        ),
        kr("Minutes a caretaker spends with us per week", "Measured in nine schools: around {value}. We want less."),
        kr("Weekly summary goes to the right person by itself", "The rule is written, the test group is chosen."),
        work=("Collect the night's alarms until seven", "Ask caretakers what they skip"),
    ),
    "growth.3": aim(
        "Understand why trials end without a contract",
        "We know how many leave. We do not know one of them.",
        kr(
            "Interviews with customers who left",
            "People are happy to talk once one admits that one does not sell anything.",
            "{value} interviews. The price is mentioned in two of them, the school holidays in seven.",
            "{value}. The pattern is clear: trials that start before the holidays end in them, unseen.",
        ),
        kr(
            "What we learnt is decided and written down",
            "The first thesis is down: the trial should run with the school year.",
            milestones=("Patterns shown to everybody", "Proposal for the trial", "Decision with Sales"),
        ),
    ),
}
