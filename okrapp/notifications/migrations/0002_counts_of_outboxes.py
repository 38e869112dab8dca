"""How many deliveries are in each state, over all organizations: for operators."""

from django.db import migrations

from okrapp.tenancy.operations import counting_function


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_outbox")]

    operations = [
        counting_function(
            name="notifications_outboxes",
            returns="TABLE (organization_id bigint, channel text, state text, deliveries bigint, oldest timestamptz)",
            table="notifications_delivery",
            columns=["organization_id", "channel", "state", "due_at"],
            body="""
            SELECT d.organization_id, d.channel::text, d.state::text, count(*), min(d.due_at)
            FROM notifications_delivery d GROUP BY d.organization_id, d.channel, d.state
            """,
        ),
    ]
