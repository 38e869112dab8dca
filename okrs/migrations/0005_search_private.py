"""Finding objectives and key results by a part of their title, private ones only by those who may see them."""

from django.db import migrations

from okrapp.tenancy.operations import search_function


class Migration(migrations.Migration):
    dependencies = [("okrs", "0004_functions_of_examples")]

    operations = [
        migrations.RunSQL("DROP FUNCTION okrs_search(text, integer)", reverse_sql=migrations.RunSQL.noop),
        search_function(
            name="okrs_search",
            arguments="wanted text, most integer, reader uuid, reader_user bigint",
            returns="TABLE (kind text, id uuid, label text, cycle_name text)",
            tables=["okrs_objective", "okrs_keyresult", "okrs_cycle", "okrs_objectivegrant"],
            body="""
            (SELECT 'objective', o.id, o.title::text, c.name::text
             FROM okrs_objective o
             JOIN okrs_cycle c ON c.id = o.cycle_id AND c.organization_id = o.organization_id
             WHERE o.organization_id = TENANT AND o.archived_at IS NULL AND o.title ILIKE '%' || wanted || '%'
               AND (o.visibility = 'open' OR o.owner_id = reader OR EXISTS (
                   SELECT FROM okrs_objectivegrant g
                   WHERE g.organization_id = TENANT AND g.content_object_id = o.id AND g.user_id = reader_user))
             ORDER BY c.starts_on DESC, o.title NOT ILIKE wanted || '%', o.title LIMIT most)
            UNION ALL
            (SELECT 'key_result', k.id, k.title::text, c.name::text
             FROM okrs_keyresult k
             JOIN okrs_objective o ON o.id = k.objective_id AND o.organization_id = k.organization_id
             JOIN okrs_cycle c ON c.id = o.cycle_id AND c.organization_id = o.organization_id
             WHERE k.organization_id = TENANT AND k.archived_at IS NULL AND o.archived_at IS NULL
               AND k.title ILIKE '%' || wanted || '%'
               AND (o.visibility = 'open' OR o.owner_id = reader OR EXISTS (
                   SELECT FROM okrs_objectivegrant g
                   WHERE g.organization_id = TENANT AND g.content_object_id = o.id AND g.user_id = reader_user))
             ORDER BY c.starts_on DESC, k.title NOT ILIKE wanted || '%', k.title LIMIT most)
            """,
        ),
    ]
