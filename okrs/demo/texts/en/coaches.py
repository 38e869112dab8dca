"""What coaches of the invented company say about themselves."""

from okrs.demo.texts.wording import CoachTexts

COACHES = CoachTexts(
    expected={
        "course": (
            "OKR Coach, foundation course",
            "Two days: writing OKRs, moderating the drafting workshop, asking questions.",
        ),
        "moderation": ("Moderating groups", "Half a day, once. Needed before the first retrospective."),
    },
    issuers={"course": "Fjord Academy", "moderation": "Nordkamm"},
    profiles={
        "nora": (
            "I ask until the objective says what is different for a school. Whoever wants to try something is welcome.",
            "Three years of coaching in product teams, before that eight years in people work. "
            "Introduced OKRs in a company of 400.",
        ),
        "emre": (
            "I like numbers that move. My question is always: how would we notice?",
            "A year with sales and marketing teams, moderator of our first retrospectives.",
        ),
        "signe": (
            "I have just finished the course and look for my first team, preferably one that is new to OKRs too.",
            "Took part in four quarters on Platform, moderated two of its retrospectives.",
        ),
        "sofia": (
            "I fill in for Customer Success until somebody from outside the team takes over.",
            "Two quarters as a team lead with OKRs.",
        ),
    },
    exception="Signe takes over as soon as she has coached one quarter. Until then Emre moderates the review.",
    shared_note=(
        "Agreed: Jonas opens the next check-in with what he does not know yet. We talk about it on the Friday after."
    ),
    own_note="Ask next time how the talk with Ingrid about the two objectives went. He should bring it up himself.",
    declined="Two teams are all I can carry this quarter. Signe would like to.",
    ended="Annika is on parental leave until the summer.",
)
