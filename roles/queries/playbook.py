"""Where the playbook shows what was taken over into it."""

from roles.models import Post


def playbook_url(slug: str, post: Post) -> str | None:
    """Return the address of the playbook's page that holds an adopted insight; None while no page shows it.

    `slug` is the organization's.
    """
    return None
