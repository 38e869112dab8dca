"""What people, teams and places of large invented organizations are called, and what people write."""

FIRST = (
    "Ada", "Aino", "Alba", "Amir", "Anke", "Anton", "Arvid", "Aylin", "Bente", "Birk", "Bruno", "Carla", "Dilan",
    "Edda", "Ebba", "Elias", "Emil", "Esra", "Eva", "Farid", "Finn", "Freja", "Gesa", "Greta", "Hakan", "Hanna",
    "Hedda", "Henri", "Idun", "Ilse", "Imran", "Inga", "Ivar", "Jana", "Jonna", "Jorid", "Juna", "Kaja", "Karim",
    "Kerstin", "Kian", "Klara", "Knut", "Lale", "Lasse", "Leif", "Lena", "Liv", "Lotte", "Luca", "Maja", "Malik",
    "Marit", "Mats", "Mina", "Moa", "Nadja", "Nele", "Nils", "Nour", "Ole", "Olivia", "Omar", "Paula", "Petra",
    "Pia", "Rania", "Rolf", "Ronja", "Runa", "Samir", "Sanna", "Selin", "Signe", "Silas", "Siri", "Solveig", "Sten",
    "Svea", "Tarek", "Thea", "Tilda", "Timo", "Tove", "Ulla", "Vera", "Viggo", "Wanda", "Yusuf", "Zara",
)  # fmt: skip
LAST = (
    "Aalto", "Adler", "Ahlgren", "Amsel", "Aydemir", "Backe", "Bang", "Behrens", "Berglund", "Bjerke", "Blomqvist",
    "Boysen", "Brandt", "Bruun", "Carlberg", "Dahl", "Demirci", "Dietz", "Eggers", "Ekman", "Eriksen", "Falk",
    "Fiedler", "Forsell", "Frey", "Fuchs", "Gehrke", "Granlund", "Grube", "Haas", "Hagen", "Halvorsen", "Hamdi",
    "Hansson", "Heino", "Henke", "Hjelm", "Holm", "Ibsen", "Jansen", "Jokinen", "Kahl", "Kallio", "Kaplan", "Keil",
    "Kjær", "Klein", "Knudsen", "Kolb", "Krogh", "Kurz", "Lang", "Larsen", "Lehto", "Lenz", "Lind", "Lorentz",
    "Lund", "Madsen", "Maier", "Malm", "Marx", "Mohn", "Moser", "Nasser", "Niemi", "Nordin", "Nyberg", "Olsen",
    "Ott", "Palm", "Pauli", "Peters", "Quist", "Rasch", "Reuter", "Rinne", "Rosén", "Roth", "Ryberg", "Salo",
    "Sander", "Schenk", "Seidel", "Sjöberg", "Skov", "Sommer", "Stahl", "Steen", "Ström", "Sund", "Tanner", "Thiel",
    "Toft", "Ulrich", "Vang", "Veit", "Vik", "Vogel", "Voss", "Wahl", "Wang", "Weber", "Wendel", "Wik", "Winter",
    "Wolf", "Yilmaz", "Zander", "Zeidan", "Ziegler", "Öberg",
)  # fmt: skip
PLACES = (
    "North", "South", "East", "West", "Centre", "Coast", "Islands", "Alps", "Baltic", "Rhine", "Overseas",
    "Aarhus", "Aachen", "Aalborg", "Augsburg", "Basel", "Bergen", "Berlin", "Bern", "Bochum", "Bodø", "Bonn",
    "Borås", "Bremen", "Chemnitz", "Cologne", "Copenhagen", "Cottbus", "Dortmund", "Dresden", "Duisburg", "Erfurt",
    "Esbjerg", "Espoo", "Essen", "Falun", "Flensburg", "Frankfurt", "Freiburg", "Gävle", "Gothenburg", "Göttingen",
    "Graz", "Hagen", "Halle", "Halmstad", "Hamburg", "Hanover", "Helsinki", "Helsingborg", "Innsbruck", "Jena",
    "Jönköping", "Kalmar", "Karlsruhe", "Karlstad", "Kassel", "Kiel", "Koblenz", "Konstanz", "Kristiansand", "Lahti",
    "Leipzig", "Linköping", "Linz", "Lübeck", "Lucerne", "Luleå", "Lund", "Magdeburg", "Mainz", "Malmö", "Mannheim",
    "Münster", "Munich", "Norrköping", "Nuremberg", "Odense", "Oldenburg", "Örebro", "Oslo", "Östersund", "Oulu",
    "Paderborn", "Passau", "Potsdam", "Randers", "Ratingen", "Regensburg", "Rostock", "Salzburg", "Schwerin",
    "Siegen", "Skövde", "Solingen", "Stavanger", "Stockholm", "Stuttgart", "Sundsvall", "Tampere", "Trier",
    "Trondheim", "Tromsø", "Turku", "Ulm", "Umeå", "Uppsala", "Vaasa", "Västerås", "Växjö", "Vejle", "Vienna", "Visby",
    "Weimar", "Winterthur", "Wuppertal", "Würzburg", "Ystad", "Zürich",
)  # fmt: skip
PRIORITIES = ("Customers who stay", "Growth from our own strength", "A place to stay", "Work that runs by itself")
DONE = ("The new way of working is agreed and in use", "The contract with the new partner is signed")
STEPS = ("Tried with three users", "Everything moved", "The old one is switched off")
MILESTONES = ("The move to the new system is complete", "The new process runs everywhere")
BASELINES = ("Find out how long our customers wait", "Find out how often we do things twice")
INITIATIVES = (
    "Ask ten customers what stops them",
    "Take the slowest step out of the process",
    "Agree on one definition",
    "Show the number on the wall",
    "Try it with one team first",
)
NOTES = (
    "", "", "",
    "A good week: what we tried last time works.",
    "Little movement; two of us were away.",
    "Better than expected. We do not know yet whether it lasts.",
    "We talked to three customers and changed the order of things.",
    "Half of the way is done, the harder half is to come.",
)  # fmt: skip
BLOCKERS = ("We wait for access to the data.", "Nobody has decided who owns this.", "The supplier is two weeks late.")
