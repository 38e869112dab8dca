"""The two quarters that are over, and the drafts of the next one."""

from okrs.demo.blueprint import Aim, Done, Find, Grow, Result, Stay, Steps

FIRST = (
    Aim(
        "q1.nordkamm.1",
        "nordkamm",
        "anna",
        (
            Result("anna", Grow(0, 5, 1, "teams"), (0.1, 0.5, 1), "steady"),
            Result("henrik", Done(0.6), (0.6,)),
        ),
        ("org.4/3",),
    ),
    Aim(
        "q1.product.1",
        "product",
        "ingrid",
        (
            Result("ingrid", Grow(52, 34, 1.02, "minutes"), (0.5, 1), "steady"),
            Result("ingrid", Grow(0, 30, 0.9, "visits"), (0.6,)),
        ),
        ("org.1/3",),
    ),
    Aim(
        "q1.platform.1",
        "platform",
        "priya",
        (
            Result("emre", Grow(14, 2, 0.92, "incidents"), (0.3, 1)),
            Result("florian", Steps((0.3, 0.6, 0.9), 3), (0.5,)),
        ),
        ("org.2/2",),
    ),
    Aim(
        "q1.growth.1",
        "growth",
        "jonas",
        (
            Result("jonas", Grow(24, 40, 0.75, "%"), (0.1, 0.5, 1), "steady"),
            Result("leonie", Grow(14, 9, 1, "days", 1), (0.5,)),
            Result("theo", Find(38, 5, "tickets"), (0.7,)),
        ),
        ("q1.product.1", "org.1/3"),
    ),
    Aim(
        "q1.sales.1",
        "sales",
        "lars",
        (
            Result("lars", Grow(600_000, 1_100_000, 0.6, "€", -4, "late"), (0.4, 1), "patchy"),
            Result("ruben", Grow(0, 4, 0.5, "tenders"), (1,), "patchy"),
        ),
        ("org.3/1",),
        kind="aspirational",
    ),
    Aim(
        "q1.success.1",
        "success",
        "sofia",
        (
            Result("sofia", Grow(83, 88, 1.1, "%"), (0.6,), "steady"),
            Result("per", Grow(16, 9, 0.95, "hours"), (0.8,)),
        ),
        ("org.1/3",),
    ),
)

SECOND = (
    Aim(
        "q2.nordkamm.1",
        "nordkamm",
        "anna",
        (Result("anna", Grow(5, 10, 1, "teams"), (0.2, 0.9), "steady"),),
        ("org.4/3",),
    ),
    Aim(
        "q2.market.1",
        "market",
        "karin",
        (
            Result("karin", Grow(12, 24, 0.77, "%"), (0.7,)),
            Result("lars", Grow(1, 3, 1, "agreements"), (0.9,)),
        ),
        ("org.1/2",),
    ),
    Aim(
        "q2.operations.1",
        "operations",
        "anna",
        (
            Result("anna", Grow(66, 80, 0.85, "%"), (0.5, 1), "steady"),
            Result("marek", Grow(20, 12, 0.76, "days"), (0.6,)),
        ),
        ("org.2",),
    ),
    Aim(
        "q2.devices.1",
        "devices",
        "tobias",
        (
            Result("tobias", Steps((0.2, 0.5, 0.8, 1), 3), (0.5, 1)),
            Result("matthias", Grow(3, 20, 0.55, "tests", 0, "stalled"), (0.4, 0.8), "patchy"),
        ),
        ("org.2/3",),
    ),
    Aim(
        "q2.platform.1",
        "platform",
        "priya",
        (
            Result("noor", Grow(94.1, 97.5, 0.92, "%", 1), (0.5,)),
            Result("emre", Stay(99.9, 0.05, 99.93, low=99.8, unit="%", places=2), (0.3,), "steady", from_api=True),
        ),
        ("org.2/2",),
    ),
    Aim(
        "q2.growth.1",
        "growth",
        "jonas",
        (
            Result("jonas", Grow(36, 50, 0.36, "%", 0, "stalled"), (0.2, 0.5, 1), "steady"),
            Result("amina", Grow(80, 130, 0.76, "schools"), (0.6,)),
            Result("mira", Done(0.8), (0.4, 0.8)),
        ),
        ("org.1", "org.1/3"),
    ),
    Aim(
        "q2.sales.1",
        "sales",
        "lars",
        (
            Result("lars", Grow(900_000, 1_500_000, 0.35, "€", -4), (0.5, 1)),
            Result("ida", Grow(0, 5, 0.8, "partners"), (0.7,)),
        ),
        ("org.3/1",),
    ),
    Aim(
        "q2.marketing.1",
        "marketing",
        "elif",
        (
            Result("elif", Grow(20, 45, 1.05, "enquiries"), (0.6, 1)),
            Result("dorte", Grow(0, 6, 0.84, "events"), (0.5,)),
        ),
        ("q2.sales.1",),
    ),
    Aim(
        "q2.success.1",
        "success",
        "sofia",
        (
            Result("kofi", Grow(0, 90, 0.8, "%"), (0.5,)),
            Result("annika", Grow(40, 30, 0.9, "%"), (0.8,), "patchy"),
        ),
        ("org.1/3",),
    ),
    Aim(
        "q2.supply.1",
        "supply",
        "marek",
        (
            Result("jens", Grow(70, 82, 0.93, "%"), (0.7,)),
            Result("britt", Done(0.9), (0.9,)),
        ),
        ("q2.operations.1",),
    ),
)

NEXT = (
    Aim(
        "next.growth.1",
        "growth",
        "jonas",
        (
            Result("jonas", Grow(62, 80, 0, "%")),
            Result("mira", Grow(25, 12, 0, "tickets")),
        ),
        ("org.1/3",),
    ),
    Aim(
        "next.growth.2",
        "growth",
        "theo",
        (
            Result("theo", Grow(34, 15, 0, "minutes")),
            Result("amina", Steps((0.3, 0.7), 0)),
        ),
        ("!schools",),
    ),
    Aim(
        "next.platform.1",
        "platform",
        "priya",
        (Result("noor", Grow(99.5, 99.95, 0, "%", 2)), Result("david", Done())),
        ("org.2/2",),
    ),
    Aim(
        "next.devices.1",
        "devices",
        "tobias",
        (Result("tobias", Grow(0, 500, 0, "devices")), Result("linnea", Stay(0, 0, 0, high=60, unit="€", places=0))),
        ("!quality",),
        kind="aspirational",
    ),
    Aim("next.sales.1", "sales", "lars", (Result("lars", Grow(2, 8, 0, "agreements")),), ("org.1/2",)),
    # Somebody began and has no key result yet.
    Aim("next.success.1", "success", "sofia", (), ()),
)
