"""The two quarters that are over, and the drafts of the next."""

from okrs.demo.texts.wording import aim, kr

FIRST = {
    "q1.nordkamm.1": aim(
        "Find out whether OKRs suit us",
        "Five teams try it for a quarter. Then we decide, and not by feeling.",
        kr(
            "Teams with objectives of their own",
            "All five have written theirs. The first versions were lists of tasks.",
            "Check-ins take two minutes once the number is there. Finding the number takes a week.",
            "All five say: go on, with fewer objectives.",
        ),
        kr("Decision on going on, with reasons", "Decided in the leadership: five more teams from next quarter."),
    ),
    "q1.product.1": aim(
        "Know where customers lose time with us",
        "We have opinions about it. A stopwatch would be better.",
        kr(
            "Minutes from opening the box to the first reading",
            "Half of the time goes into a code on the bottom of the device.",
            "{value}. Large print on the box was the cheapest improvement of the year.",
        ),
        kr("Visits during installation", "Everybody in the division has been to at least one school."),
    ),
    "q1.platform.1": aim(
        "Nights without alarms for us",
        "Whoever was up at night builds nothing new in the morning.",
        kr(
            "Incidents at night per month",
            "Most came from one disk. It is gone.",
            "{value} in the last month. The two that are left had the same cause.",
        ),
        kr(
            "Monitoring that warns us before customers do",
            "The second part is live: we saw the gateway failure eleven minutes before the first call.",
            milestones=("Readings per minute", "Gateways", "Battery of each device"),
        ),
    ),
    "q1.growth.1": aim(
        "The first week is no longer a matter of luck",
        "Some customers start within an hour, some never. Nobody knows why.",
        kr(
            "Accounts activated within 7 days",
            "Nobody had ever counted: 24 %. Everybody had guessed more.",
            "The checklist helps offices, hardly schools.",
            "{value}. Less than we wanted, but we know why: caretakers do not have an account.",
        ),
        kr("Days until the first report is shared", "Reports can be shared by link now, without a password."),
        kr("Onboarding tickets per 100 new customers", "First honest count: around {value}. That is the start value."),
    ),
    "q1.sales.1": aim(
        "A full pipeline before the budgets are made",
        "What is not begun by then is not signed in the year.",
        kr(
            "Qualified pipeline",
            "Slow: the new price list confuses people, us included.",
            "{value}. The last two weeks made up for a lot, not for everything.",
        ),
        kr("Tenders won", "{value}. Twice we were excluded for formal reasons. Platform takes that up."),
    ),
    "q1.success.1": aim(
        "Know six weeks ahead who might leave",
        "Until now we heard of it in the letter.",
        kr("Contracts renewed", "The list on Mondays works: four customers called, three stayed."),
        kr("Hours until the first answer", "One inbox instead of three. It was that simple."),
    ),
}
SECOND = {
    "q2.nordkamm.1": aim(
        "OKRs beyond the pilot",
        "Five teams can do it because they wanted to. Now those who were told.",
        kr(
            "Teams with objectives of their own",
            "Supply began with a very good question: what do we stop doing?",
            "Ten of twelve. The last two begin with the next quarter.",
        ),
    ),
    "q2.market.1": aim(
        "Existing customers come first",
        "We have forgotten whom we already won.",
        kr("Customers of last year with a second order", "{value}. Visits work, mails do not."),
        kr("Framework agreements signed", "Third one signed on the last day before the holidays."),
    ),
    "q2.operations.1": aim(
        "Know what we can promise",
        "Everybody quotes another delivery time.",
        kr(
            "Orders delivered on the promised day",
            "The strike at the port cost us two weeks.",
            "{value}. Not our goal, but the first quarter in which we know why.",
        ),
        kr("Days from order to delivery", "The standard set lies ready in the shelf now."),
    ),
    "q2.devices.1": aim(
        "A sample of the next sensor that others can touch",
        "On paper it has convinced nobody.",
        kr(
            "From drawing to sample",
            "The board works at the first attempt. Rasmus has cake for everybody.",
            "Three of four. The certificate moves into the next quarter.",
            milestones=("Drawing", "Board", "Housing from the printer", "Radio certificate"),
        ),
        kr("Fall and impact tests passed", "The corner breaks.", "The corner still breaks. We start again with it."),
    ),
    "q2.platform.1": aim(
        "Readings arrive when they are made",
        "Mondays at eight every school starts at once.",
        kr("Readings that arrive within five minutes", "The queue is in place. Mondays are calm."),
        kr("Availability stays above 99.8 %", "Calm weeks, apart from one certificate that ran out."),
    ),
    "q2.growth.1": aim(
        "Caretakers are users too",
        "They are in the building every day and had no account.",
        kr(
            "Accounts activated within 7 days",
            "Accounts for caretakers are live. Nobody uses them yet.",
            "School holidays. Nothing moves, and we should have known.",
            "{value}. We set the target as if there were no holidays. Next time we plan with the school year.",
        ),
        kr("Schools active every week", "{value} before the holidays, which is the number that counts."),
        kr("Training for caretakers held three times", "First one full within a day.", "Third one done, 4.8 of 5."),
    ),
    "q2.sales.1": aim(
        "Sell to districts instead of single schools",
        "One contract for twenty schools instead of twenty contracts.",
        kr(
            "Qualified pipeline",
            "Two districts are interested; both ask for a security certificate we do not have.",
            "{value}, clearly missed. Without the certificate we are out in the first round.",
        ),
        kr("Partners with a contract", "Four fitters signed, one waits for his lawyer."),
    ),
    "q2.marketing.1": aim(
        "Enquiries that Sales likes to get",
        "Until now they were many, and none of them a school.",
        kr(
            "Qualified enquiries per month",
            "The page for school boards is live and beats the old one after two weeks.",
            "{value}: reached, and Sales agrees for once.",
        ),
        kr("Evenings with parents and teachers", "Full rooms, good questions, little budget needed."),
    ),
    "q2.success.1": aim(
        "Every new customer has a person",
        "Not a ticket number.",
        kr("New customers called in their first week", "Three of us share it; large districts take longer."),
        kr("Tickets on a known question", "Help articles are written. Finding them is another matter."),
    ),
    "q2.supply.1": aim(
        "We plan a week ahead",
        "Today we plan until tomorrow.",
        kr("Boxes leaving on the planned day", "The plan on the wall is the best thing since the forklift."),
        kr("Stock counted and right", "Counted on a Saturday, with pizza. It is right now."),
    ),
}
NEXT = {
    "next.growth.1": aim(
        "Offices start as quickly as schools",
        "What we learnt in schools holds for the rest too.",
        kr("Accounts activated within 7 days"),
        kr("Onboarding tickets per 100 new customers"),
    ),
    "next.growth.2": aim(
        "Caretakers save an hour a month with us",
        "They decide whether a school stays.",
        kr("Minutes a caretaker spends with us per week"),
        kr("The round through the building on one page", milestones=("Tried in three schools", "Live for everybody")),
    ),
    "next.platform.1": aim(
        "Devices move between gateways unnoticed",
        "The last gap in our curves.",
        kr("Readings that arrive within five minutes"),
        kr("Second data centre takes over without anybody noticing"),
    ),
    "next.devices.1": aim(
        "The new sensor is on the walls",
        "Five hundred devices tell us more than any laboratory.",
        kr("New sensors in use"),
        kr("Cost per device stays below 60 €"),
    ),
    "next.sales.1": aim(
        "Districts sign before their budget closes",
        "Afterwards the money is spent.",
        kr("Framework agreements signed"),
    ),
    "next.success.1": aim("Customers help each other", "The best answers come from other caretakers."),
}
