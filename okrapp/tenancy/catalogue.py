"""Every table of the database is walled, or stands here."""

# Tables that belong to no organization. Each holds nothing that one organization could learn about another, beyond
# the directory (id, slug, name). Adding a line is a decision about security: say why.
GLOBAL_TABLES: dict[str, str] = {
    "account_emailaddress": "addresses a user proved to own; of users, not of organizations",
    "account_emailconfirmation": "pending proofs of such addresses",
    "auth_group": "Django's own; unused",
    "auth_group_permissions": "Django's own; unused",
    "auth_permission": "Django's own; unused",
    "django_admin_log": "what operators did in Django's admin, which shows global tables only",
    "django_content_type": "Django's own; names of models",
    "django_migrations": "Django's own",
    "django_session": "sessions are of users, who may belong to several organizations",
    "guardian_groupobjectpermission": "guardian's generic table: unused, the application has no grants on it",
    "guardian_userobjectpermission": "guardian's generic table: unused, the application has no grants on it",
    "organizations_dispatch": "ids and times: which organization has work to do, and when",
    "organizations_organization": "the directory: id, slug and name, read before a tenant is known",
    "organizations_user": "who can sign in",
}
