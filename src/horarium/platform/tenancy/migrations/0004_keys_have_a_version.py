"""Whatever changes what a key opens writes the row of its business anew: who remembers a key compares that row only."""

from django.db import migrations

TELL = """
CREATE FUNCTION tenancy_key_opens_something_else() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tenancy_business SET is_active = is_active WHERE id = OLD.business_id;
    RETURN NULL;
END $$;
CREATE TRIGGER tenancy_key_opens_something_else
    AFTER DELETE OR UPDATE OF business_id, secret_hash, scopes, revoked_at ON tenancy_apikey
    FOR EACH ROW EXECUTE FUNCTION tenancy_key_opens_something_else();
"""
KEEP_SILENT = """
DROP TRIGGER tenancy_key_opens_something_else ON tenancy_apikey;
DROP FUNCTION tenancy_key_opens_something_else();
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0003_leaner_indexes")]

    operations = [migrations.RunSQL(TELL, KEEP_SILENT)]
