"""Finding objectives and key results by a part of their title."""

from django.db import migrations

from okrapp.tenancy.operations import search_function


class Migration(migrations.Migration):
    dependencies = [("okrs", "0001_initial")]

    operations = [
        search_function(
            name="okrs_search",
            arguments="wanted text, most integer",
            returns="TABLE (kind text, id uuid, label text, cycle_name text)",
            tables=["okrs_objective", "okrs_keyresult", "okrs_cycle"],
            body="""
            (SELECT 'objective', o.id, o.title::text, c.name::text
             FROM okrs_objective o
             JOIN okrs_cycle c ON c.id = o.cycle_id AND c.organization_id = o.organization_id
             WHERE o.organization_id = TENANT AND o.archived_at IS NULL AND o.title ILIKE '%' || wanted || '%'
             ORDER BY c.starts_on DESC, o.title NOT ILIKE wanted || '%', o.title LIMIT most)
            UNION ALL
            (SELECT 'key_result', k.id, k.title::text, c.name::text
             FROM okrs_keyresult k
             JOIN okrs_objective o ON o.id = k.objective_id AND o.organization_id = k.organization_id
             JOIN okrs_cycle c ON c.id = o.cycle_id AND c.organization_id = o.organization_id
             WHERE k.organization_id = TENANT AND k.archived_at IS NULL AND o.archived_at IS NULL
               AND k.title ILIKE '%' || wanted || '%'
             ORDER BY c.starts_on DESC, k.title NOT ILIKE wanted || '%', k.title LIMIT most)
            """,
        )
    ]
