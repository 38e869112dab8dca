"""Who may do what with roles, literally."""

from tests.contracts.right import Right

ROLES = (
    Right(
        ("plo", "founder"),
        "Only the Program Lead Office of the whole organization changes who does what.",
        """
        POST roles:raci_adopt
        POST roles:raci_reset
        POST roles:raci_cells
        GET POST roles:raci_activity_create
        GET POST roles:raci_activity_edit
        POST roles:raci_activity_move
        POST roles:raci_activity_archive
        POST roles:raci_activity_restore
        GET POST roles:raci_people
        POST roles:raci_person_remove
        POST roles:raci_person_restore
        """,
    ),
)
