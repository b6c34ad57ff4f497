from django.db import migrations

# What was agreed on as hours of free cancellation becomes tiers; the deposit is known where an order is one booking.
FILL = """
UPDATE booking_booking b SET terms = known.terms || jsonb_build_object(
    'deposit_minor', CASE WHEN o.total_minor = b.total_minor THEN o.due_minor ELSE 0 END
)
FROM booking_order o, (
    SELECT hours.cancel_free_hours, jsonb_build_object(
        'cancellation', CASE WHEN hours.cancel_free_hours = 0 THEN jsonb_build_array(free.tier)
            ELSE jsonb_build_array(free.tier, jsonb_build_object('minutes', 0, 'percent', 100, 'minor', 0)) END,
        'rescheduling', jsonb_build_array(free.tier),
        'no_show', jsonb_build_object('minutes', 0, 'percent', 100, 'minor', 0)
    ) AS terms
    FROM (SELECT DISTINCT cancel_free_hours FROM booking_booking) AS hours, LATERAL (
        SELECT jsonb_build_object('minutes', hours.cancel_free_hours * 60, 'percent', 0, 'minor', 0) AS tier
    ) AS free
) AS known
WHERE o.business_id = b.business_id AND o.id = b.order_id AND b.cancel_free_hours = known.cancel_free_hours
    AND b.terms = '{}'::jsonb
"""


class Migration(migrations.Migration):
    dependencies = [("booking", "0005_carts")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
