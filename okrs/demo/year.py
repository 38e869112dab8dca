"""The organization's objectives of the year, and the quarter that is running."""

from okrs.demo.blueprint import Aim, Done, Fed, Find, Grow, Result, Stay, Steps, Work

YEAR = (
    Aim(
        "org.1",
        "",
        "karin",
        (
            Result("karin", Grow(180, 300, 0.95, "schools"), (0.2, 0.6, 1), rhythm="monthly", habit="steady"),
            Result("lars", Grow(4, 12, 0.7, "municipalities"), (0.5, 1), rhythm="monthly"),
            Result("sofia", Grow(38, 50, 0.9, "points"), (0.5,), rhythm="monthly"),
        ),
        ("!schools",),
    ),
    Aim(
        "org.2",
        "",
        "ingrid",
        (
            Result("marek", Grow(4.8, 2.5, 0.97, "%", 1), (0.4, 1), rhythm="monthly", habit="steady"),
            Result("ingrid", Fed(), weight=2),
            Result("tobias", Grow(3, 6, 0.3, "years", 1, "late"), (0.3, 1), rhythm="monthly", says="at_risk"),
        ),
        ("!quality",),
    ),
    Aim(
        "org.3",
        "",
        "henrik",
        (
            Result("henrik", Grow(3_200_000, 4_600_000, 0.92, "€", -4), (0.5, 1), rhythm="monthly", habit="steady"),
            Result("mats", Stay(43.5, 1.2, 43.1, low=42, unit="%"), (0.6,), rhythm="monthly"),
            Result("mats", Stay(11, 0.8, 10.4, low=9, unit="months"), rhythm="monthly"),
        ),
        ("!money",),
    ),
    Aim(
        "org.4",
        "",
        "anna",
        (
            Result("ulrike", Grow(62, 75, 0.9, "%"), (0.5,), rhythm="monthly"),
            Result("ulrike", Stay(7.1, 0.7, 8.6, high=8, unit="%"), (1,), rhythm="monthly"),
            Result("anna", Grow(0, 12, 1.3, "teams", 0, "early"), (0.3, 0.9), rhythm="monthly", habit="steady"),
        ),
        ("!people",),
        kind="aspirational",
        says="on_track",
    ),
)

RUNNING = (
    Aim(
        "nordkamm.1",
        "nordkamm",
        "henrik",
        (
            Result("henrik", Grow(35, 90, 0.9, "%"), (0.5,)),
            Result("anna", Grow(6, 2, 0.6, "days", 1, "late"), (0.4, 1)),
        ),
        ("org.4",),
    ),
    Aim(
        "product.1",
        "product",
        "ingrid",
        (
            Result("ingrid", Grow(34, 15, 0.95, "minutes"), (0.3, 0.9), habit="steady"),
            Result("ingrid", Grow(3.9, 4.5, 0.7, "", 1), (0.6,)),
        ),
        ("org.1/3", "!quality"),
        says="on_track",
        counts_supporting=True,
    ),
    Aim(
        "market.1",
        "market",
        "karin",
        (
            Result("karin", Grow(21, 40, 0.88, "%"), (0.5,)),
            Result("lars", Grow(3, 9, 0.3, "agreements", 0, "late"), (0.3, 1), says="off_track"),
        ),
        ("org.1", "org.1/2"),
    ),
    Aim(
        "operations.1",
        "operations",
        "anna",
        (
            Result("anna", Grow(78, 95, 0.9, "%"), (0.2, 0.6, 0.9), habit="steady"),
            Result("marek", Grow(14, 5, 0.75, "days"), (0.7,)),
            Result("anna", Steps((0.25, 0.5, 0.8), 1), (0.4,)),
        ),
        ("org.2",),
        counts_supporting=True,
    ),
    Aim(
        "devices.1",
        "devices",
        "tobias",
        (
            Result("matthias", Grow(12, 40, 0.95, "tests"), (0.2, 0.7)),
            Result("tobias", Steps((0.3, 0.55, 0.75, 0.95), 1), (0.4, 0.9), says="at_risk", helper="britt"),
            Result("rasmus", Grow(41, 60, 0.4, "months", 0, "stalled"), (0.4, 0.9), says="off_track", helper="noor"),
        ),
        ("product.1", "org.2/3"),
        kind="aspirational",
        work=(Work("linnea", "doing", 0.7, 1), Work("hanna", "done", 0.4, 1), Work("aylin", "planned", 0.9, 3)),
    ),
    Aim(
        "devices.2",
        "devices",
        "oskar",
        (
            Result("olga", Grow(4.1, 2.5, 1.05, "%", 1), (0.3, 0.8), habit="steady"),
            Result("oskar", Grow(0, 8, 0.85, "causes"), (0.6,)),
        ),
        ("org.2/2",),
    ),
    Aim(
        "platform.1",
        "platform",
        "priya",
        (
            Result("emre", Stay(99.95, 0.03, 99.96, low=99.9, unit="%", places=2), (0.5,), "steady", from_api=True),
            Result("noor", Grow(97.2, 99.8, 0.9, "%", 1), (0.3, 0.8)),
            Result("signe", Done(0.7), (0.4, 0.8)),
        ),
        ("org.2/2", "product.1"),
        work=(Work("anton", "doing", 0.8, 2), Work("signe", "done", 0.6, 3)),
    ),
    Aim(
        "platform.2",
        "platform",
        "clara",
        (
            Result("clara", Steps((0.2, 0.4, 0.6, 0.8, 0.95), 2), (0.5, 1), helper="henrik", says="at_risk"),
            Result("clara", Grow(21, 7, 0.72, "days"), (0.7,)),
        ),
        ("org.1/2",),
    ),
    Aim(
        "growth.1",
        "growth",
        "jonas",
        (
            Result("jonas", Grow(41, 70, 0.93, "%"), (0, 0.35, 0.7, 1), "steady", weight=2),
            Result("leonie", Grow(9, 3, 1.05, "days", 1), (0.2, 0.8)),
            Result("mira", Grow(38, 15, 0.4, "tickets", 0, "dip"), (0.2, 0.5, 1), helper="jonas", says="at_risk"),
        ),
        ("product.1", "org.1/3"),
        work=(
            Work("viktor", "doing", 0.75, 1),
            Work("amina", "done", 0.35, 1),
            Work("mira", "doing", 0.6, 3),
            Work("leonie", "planned", 0.85),
            Work("theo", "dropped", 0.5),
        ),
    ),
    Aim(
        "growth.2",
        "growth",
        "theo",
        (
            Result("jonas", Grow(118, 200, 0.9, "schools"), (0.3, 0.9), "steady"),
            Result("amina", Grow(22, 45, 0.68, "%", 0, "late"), (0.4, 1), helper="sofia"),
            Result("theo", Find(34, 4, "minutes"), (0.6,)),
            Result("viktor", Done(), (0.5,), "silent"),
        ),
        ("org.1", "success.1"),
        work=(Work("amina", "doing", 0.8, 2), Work("theo", "planned", 0.9, 3)),
    ),
    Aim(
        "growth.3",
        "growth",
        "peer",
        (
            Result("peer", Grow(0, 20, 1.1, "interviews"), (0.3, 0.7, 1), "steady"),
            Result("jonas", Steps((None, None, None), 1), (0.7,)),
        ),
        ("market.1",),
        kind="learning",
    ),
    Aim(
        "sales.1",
        "sales",
        "lars",
        (
            Result("lars", Grow(1_100_000, 2_400_000, 0.7, "€", -4), (0.3, 0.9), helper="elif"),
            Result("ruben", Grow(2, 6, 0.9, "tenders"), (0.5, 1)),
            Result("beate", Stay(7.2, 0.8, 9.1, high=8, unit="%"), (0.9,)),
        ),
        ("market.1", "org.3/1"),
    ),
    Aim(
        "sales.2",
        "sales",
        "ida",
        (
            Result("ida", Grow(3, 12, 0.35, "deals", 0, "stalled"), (0.3, 0.6), "silent"),
            Result("ida", Grow(4, 10, 0.9, "partners"), (0.5,), "patchy"),
        ),
        ("org.3/1",),
        kind="aspirational",
    ),
    Aim(
        "marketing.1",
        "marketing",
        "elif",
        (
            Result("elif", Grow(45, 90, 0.92, "enquiries"), (0.4, 0.9)),
            Result("julia", Grow(12, 25, 0.75, "%"), (0.6,), "patchy"),
            Result("magnus", Done(), (0.6,), helper="kofi"),
        ),
        ("sales.1", "!schools"),
    ),
    Aim(
        "success.1",
        "success",
        "sofia",
        (
            Result("sofia", Grow(88, 94, 0.9, "%"), (0.3, 0.8), "steady"),
            Result("per", Grow(9, 4, 1, "hours", 1), (0.4, 0.8)),
            Result("mira", Stay(4.6, 0.1, 4.4, low=4.5), (0.5, 1), "steady", says="at_risk"),
        ),
        ("market.1", "org.1/3"),
        work=(Work("wilma", "doing", 0.7, 1), Work("mira", "planned", 0.8, 3)),
    ),
    Aim(
        "success.2",
        "success",
        "annika",
        (
            Result("annika", Grow(31, 15, 0.72, "%"), (0.5, 1)),
            Result("nadia", Grow(6, 30, 1.05, "articles"), (0.7,)),
        ),
        ("growth.1/3",),
    ),
    Aim(
        "supply.1",
        "supply",
        "marek",
        (
            Result("jens", Grow(81, 95, 0.95, "%"), (0.4, 0.9)),
            Result("sven", Stay(32, 4, 36, low=25, high=40, unit="days", places=0), (0.6,)),
            Result("britt", Steps((0.3, 0.6, 0.9), 2), (0.5, 1)),
        ),
        ("operations.1", "org.2/2"),
        work=(Work("britt", "doing", 0.8, 3), Work("jens", "done", 0.5, 1)),
    ),
    Aim(
        "people.1",
        "people",
        "ulrike",
        (
            Result("nora", Grow(2, 7, 0.9, "positions"), (0.4, 1)),
            Result("yara", Grow(71, 90, 0.7, "%"), (0.6,), "patchy"),
            Result("ulrike", Done(), (0.5,)),
        ),
        ("org.4",),
    ),
    Aim(
        "people.2",
        "people",
        "mats",
        (Result("mats", Grow(11, 5, 0.92, "days"), (0.5, 1), rhythm="monthly"),),
        ("operations.1", "org.3"),
    ),
)
