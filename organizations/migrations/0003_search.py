"""Finding people and teams by a part of their name, without the cost of row-level security."""

from django.db import migrations

from okrapp.tenancy.operations import search_function


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_privileges")]

    operations = [
        search_function(
            name="organizations_search",
            arguments="wanted text, most integer",
            returns="TABLE (kind text, id uuid, label text, key text)",
            tables=["organizations_team", "organizations_membership"],
            body="""
            (SELECT 'team', id, name::text, slug::text FROM organizations_team
             WHERE organization_id = TENANT AND archived_at IS NULL
               AND (sort_key LIKE '%' || wanted || '%')
             ORDER BY sort_key NOT LIKE wanted || '%', length(sort_key), sort_key LIMIT most)
            UNION ALL
            (SELECT 'member', id, display_name::text, title::text FROM organizations_membership
             WHERE organization_id = TENANT AND deactivated_at IS NULL
               AND (sort_key LIKE '%' || wanted || '%')
             ORDER BY sort_key NOT LIKE wanted || '%', length(sort_key), sort_key LIMIT most)
            """,
        )
    ]
