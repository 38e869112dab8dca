"""The running quarter of Sales, Marketing and Customer Success."""

from okrs.demo.texts.wording import Note, aim, kr

MARKET = {
    "sales.1": aim(
        "A pipeline that carries two quarters",
        "Whoever has to win every deal gives discounts.",
        kr(
            "Qualified pipeline",
            "{value}. Good talks in the north, hardly any in the south.",
            Note(
                "{value}. New opportunities come almost only from the network of three people.",
                "We need enquiries from districts that do not know us yet.",
                "With Elif: two districts, one campaign, start this month.",
            ),
        ),
        kr(
            "Tenders won",
            "Won the one we did not expect and lost the safe one. Reasons are written down.",
            "{value}. The next two decisions come in the weeks ahead.",
        ),
        kr(
            "Average discount stays below 8 %",
            "Two large orders with a good reason each. Above the limit, and I want to see that again.",
        ),
    ),
    "sales.2": aim(
        "Partners sell with us, not only for us",
        "Ventilation fitters are in every school we want to be in.",
        kr(
            "Deals that a partner brought",
            "The first partner deal is in, without any help from us.",
            "No movement: partners sell when their own season is over.",
        ),
        kr("Partners trained", "The training in two half days is liked better than the whole day."),
    ),
    "marketing.1": aim(
        "School boards come to us",
        "Somebody who calls us has already decided that bad air is a problem.",
        kr(
            "Qualified enquiries per month",
            "The air-quality week in six schools brought more than the fair.",
            "{value}, one in three names a school that told them about us.",
        ),
        kr("Enquiries that come by recommendation", "We ask everybody now, also on the phone."),
        kr(
            "Film with a school that is proud of its air published",
            Note(
                "Script and date are there, the school has withdrawn.",
                "We need another school that opens its doors in the next two weeks.",
                "Kofi asks his three favourites.",
            ),
        ),
    ),
    "success.1": aim(
        "Every customer has a good second month",
        "In the first month everybody is curious. The second decides.",
        kr(
            "Contracts renewed",
            "{value}. Both that left had closed the school.",
            "{value}. The talk three months before the end pays off already.",
        ),
        kr(
            "Hours until the first answer",
            "Two people take the morning, two the afternoon. That was all it needed.",
            "{value}, also in the wave of new schools.",
        ),
        kr(
            "Satisfaction after training stays above 4.5",
            "The short training on site is rated best, the long one online worst.",
            Note(
                "{value} after four large online sessions in a row. People ask for smaller groups.",
                next_step="From next week at most twelve people in a session.",
            ),
        ),
        work=("Talk three months before a contract ends", "Training in small groups"),
    ),
    "success.2": aim(
        "Problems are solved before they become tickets",
        "The same question for the tenth time is our fault, not the customer's.",
        kr(
            "Tickets on a known question",
            "Room names alone are a quarter. Growth is building something against it.",
            "{value}. The articles work where people find them; the search does not find them.",
        ),
        kr("Help articles tested with a caretaker", "Reading aloud is unpleasant and useful."),
    ),
}
