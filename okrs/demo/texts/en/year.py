"""The objectives of the year, and those of the company, its divisions and operations in the running quarter."""

from okrs.demo.texts.wording import Note, aim, kr

YEAR = {
    "org.1": aim(
        "Be the first choice for schools that want healthy air",
        "Schools decide slowly and stay for a decade. Whoever is in the building now stays in the building.",
        kr(
            "Schools with a running contract",
            "Good start: four schools signed after the trade fair.",
            "Slow weeks because of the school holidays. {value} and a full list for the weeks after them.",
            "{value}. The two large districts from the framework agreement are in for the first time.",
        ),
        kr(
            "Municipalities that buy through a framework agreement",
            "Agreements take longer than we planned: every council meets once a month.",
            "{value}. Two more have decided, the contracts are being signed.",
        ),
        kr("Customers would recommend us", "First survey after the new onboarding: the direction is right."),
    ),
    "org.2": aim(
        "Devices that run for years without a visit",
        "A visit costs as much as three sensors. Nobody remembers the device that simply works.",
        kr(
            "Devices sent back in their first year",
            "The new seal helps. It reaches customers with a delay, so the number follows slowly.",
            "{value}: best month so far. Returns of the old series still weigh on it.",
        ),
        kr("What the teams contribute to reliability"),
        kr(
            "Battery life measured in schools",
            "Still the first generation. The jump comes with the new radio or not at all.",
            "Measured in twelve schools: {value}. We will see the new firmware next quarter at the earliest.",
        ),
    ),
    "org.3": aim(
        "Grow from our own strength",
        "Every euro we earn ourselves is one we need not ask anybody for.",
        kr(
            "Annual recurring revenue",
            "{value}. New business is behind plan, renewals are ahead of it.",
            "{value}. The step comes from the two districts; without them we would be behind.",
        ),
        kr("Gross margin stays above 42 %", "Freight was dearer than planned, still within the limit."),
        kr("Cash lasts for at least nine months"),
    ),
    "org.4": aim(
        "A place where people stay and grow",
        "We hire slowly and want to keep everybody we chose.",
        kr("Colleagues who would recommend us as an employer", "Survey closed, most comments are about focus."),
        kr("People leaving within a year stay below 8 %", "One more leaves in the warehouse. Above the limit for now."),
        kr(
            "Teams working with OKRs",
            "The pilot teams go on, five more begin.",
            "All twelve teams have their objectives in the system. That was faster than we hoped.",
        ),
    ),
    "nordkamm.1": aim(
        "We decide faster and explain why",
        "In the survey the same sentence came up four times: I hear of decisions in the corridor.",
        kr("Decisions published with a reason within two days", "The list on the wall works better than any tool."),
        kr(
            "Days a decision waits for the leadership",
            "Two decisions on pricing waited over three weeks for us. That is our own fault.",
            "Now at {value}: we decide in the Tuesday round what is ripe, and no longer collect.",
        ),
    ),
    "product.1": aim(
        "Sensor and app feel like one product",
        "Customers tell us the device is lovely and the app is another company's.",
        kr(
            "Minutes from opening the box to the first reading",
            "Down to {value} since pairing works without a code.",
            "{value} in the last ten tests. The rest is Wi-Fi in schools, and that is not ours to change.",
        ),
        kr("Rating of the app", "The crash on older tablets has cost us half a star. The fix is out."),
    ),
    "market.1": aim(
        "Municipalities buy from us a second time",
        "The second order costs a tenth of the first and tells us that the first was right.",
        kr("Customers of last year with a second order", "Most second orders come after a visit, not after a mail."),
        kr(
            "Framework agreements signed",
            "Three drafts are on desks that belong to other people.",
            "Only {value}. The large tender was postponed; I have asked for a way to bring it forward.",
        ),
    ),
    "operations.1": aim(
        "Deliver what we promised, on the day we promised",
        "A fitter who stands in front of a school without a parcel does not come back in the same week.",
        kr(
            "Orders delivered on the promised day",
            "We count honestly now: a part delivery is no delivery. Hence the low start.",
            "{value} after the second shift in packing.",
            "{value}. What is late now is nearly always the mounting plates.",
        ),
        kr("Days from order to delivery", "The stock of the standard set has taken out four days at once."),
        kr(
            "One order flow from offer to invoice",
            "The flow is drawn and agreed. The interface to accounting takes longer.",
            milestones=("Flow agreed with sales", "Stock and orders in one system", "Invoice without typing"),
        ),
    ),
    "supply.1": aim(
        "Delivery dates people can rely on",
        "Sales promises what we tell them. So we had better know.",
        kr(
            "Boxes leaving on the planned day",
            "The weekly plan on Monday at eight works, also without me.",
            "{value}. Friday afternoon is still our weak hour.",
        ),
        kr("Stock covers between 25 and 40 days", "A little high because of the early delivery from the coast."),
        kr(
            "A second source for the three riskiest parts",
            "The second supplier for the housing has passed its samples.",
            Note(
                "Two of three are in. For the measuring cell there is one factory worldwide.",
                next_step="Ask Devices whether the other cell would fit.",
            ),
            milestones=("Housing", "Mounting plate", "Measuring cell"),
        ),
        work=("Visit the second supplier", "Weekly plan on one page"),
    ),
    "people.1": aim(
        "Grow without losing who we are",
        "Seven new colleagues in a quarter are a tenth of us.",
        kr(
            "Open positions filled",
            "Two contracts signed, three second interviews next week.",
            "{value}. The firmware position stays open: nobody we wanted.",
        ),
        kr("New colleagues who know their goal in week two", "Depends on the team; Growth and Devices do it well."),
        kr("Pay bands published for everybody", "The works council has the draft and wants to talk about level 3."),
    ),
    "people.2": aim(
        "Books closed in five days",
        "Decisions with numbers from two months ago are guesses.",
        kr(
            "Working days until the month is closed",
            "Down to {value}: travel expenses no longer wait for paper.",
            "{value}. The rest waits for the order flow in Operations.",
        ),
    ),
}
