-- The three roles okrapp works with, and the rights to its database. Run as a superuser inside that database, as
-- often as you like. Passwords come as settings of the session and stay unchanged where those are empty:
--   SELECT set_config('setup.owner_password', '…', false), set_config('setup.app_password', '…', false);
--
-- okrapp_owner   owns the database and everything in it, migrates, creates test databases
-- okrapp_app     web, worker and beat; owns nothing and cannot pass row-level security
-- okrapp_search  owns the search function only; nobody signs in as it

DO $$
DECLARE
    role_name text;
    secret text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['okrapp_owner', 'okrapp_app', 'okrapp_search'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I', role_name);
        END IF;
    END LOOP;

    ALTER ROLE okrapp_owner LOGIN CREATEDB NOCREATEROLE NOSUPERUSER NOREPLICATION NOBYPASSRLS;
    ALTER ROLE okrapp_app LOGIN NOCREATEDB NOCREATEROLE NOSUPERUSER NOREPLICATION NOBYPASSRLS;
    ALTER ROLE okrapp_search NOLOGIN NOCREATEDB NOCREATEROLE NOSUPERUSER NOREPLICATION BYPASSRLS;

    FOREACH role_name IN ARRAY ARRAY['owner', 'app'] LOOP
        secret := current_setting('setup.' || role_name || '_password', true);
        IF secret <> '' THEN
            EXECUTE format('ALTER ROLE %I PASSWORD %L', 'okrapp_' || role_name, secret);
        END IF;
    END LOOP;

    -- A migration may hand the search function over, and inherits nothing from that role otherwise.
    GRANT okrapp_search TO okrapp_owner WITH INHERIT FALSE, SET TRUE;

    -- Schema public belongs to whoever owns its database, here and in every test database.
    EXECUTE format('ALTER DATABASE %I OWNER TO okrapp_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO okrapp_app', current_database());
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO okrapp_app, okrapp_search;
END
$$;
