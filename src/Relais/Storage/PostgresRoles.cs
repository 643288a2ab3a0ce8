namespace Relais.Storage;

/// <summary>
/// The two roles of PostgreSQL and the row-level security of every table that carries a tenant, applied after each migration.
/// FORCE makes it hold for the owner too; the policy's nullif is for a reused connection, where the setting is ''.
/// </summary>
internal static class PostgresRoles
{
    /// <summary>Tables without a tenant: the pipeline's alone. The catalogue test allows no other table without security.</summary>
    public static readonly IReadOnlySet<string> PipelineOnly = new HashSet<string>(StringComparer.Ordinal)
    {
        "schema_version", "id_block", "provider_connection", "received_webhook", "agent", "change_numbering", "setup_token", "search_progress",
        "report_progress", "subscription_feed", "follow_up_progress", "installation_setting", "platform_node", "password_reset", "totp", "recovery_code",
        "sign_in_ticket", "outbound_hold", "queue_clock", "webhook_hour",
    };

    /// <summary>Requests add to these and read them; nobody changes a row of them, and the pipeline alone deletes what is old.</summary>
    private static readonly HashSet<string> AppendOnly = new(StringComparer.Ordinal) { "audit_entry" };

    /// <summary>For servers where the login may not create roles: an administrator runs this once.</summary>
    public static string CreateRolesSql(string login) => $"""
        CREATE ROLE {PostgresDatabase.PipelineRole} NOLOGIN;
        CREATE ROLE {PostgresDatabase.RequestRole} NOLOGIN;
        GRANT {PostgresDatabase.PipelineRole}, {PostgresDatabase.RequestRole} TO "{login}";
        """;

    public static async Task Apply(Tx tx)
    {
        foreach (var role in (string[])[PostgresDatabase.PipelineRole, PostgresDatabase.RequestRole])
        {
            await EnsureRole(tx, role);
        }

        await tx.Execute($"GRANT USAGE ON SCHEMA public TO {PostgresDatabase.PipelineRole}, {PostgresDatabase.RequestRole}");
        var tables = await tx.Query<TableRow>("""
            SELECT c.relname AS "Name", EXISTS (
              SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS "HasTenant"
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname
            """);
        foreach (var table in tables)
        {
            await tx.Execute(
                $"GRANT SELECT, INSERT, {(AppendOnly.Contains(table.Name) ? "" : "UPDATE, ")}DELETE ON {table.Name} TO {PostgresDatabase.PipelineRole}");
            if (table.HasTenant)
            {
                await Secure(tx, table.Name);
            }
        }
    }

    private static async Task Secure(Tx tx, string table)
    {
        await tx.Execute($"""
            GRANT SELECT, INSERT{(AppendOnly.Contains(table) ? "" : ", UPDATE, DELETE")} ON {table} TO {PostgresDatabase.RequestRole};
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
            DROP POLICY IF EXISTS pipeline ON {table};
            CREATE POLICY pipeline ON {table} TO {PostgresDatabase.PipelineRole} USING (true) WITH CHECK (true);
            DROP POLICY IF EXISTS tenant ON {table};
            CREATE POLICY tenant ON {table} TO {PostgresDatabase.RequestRole}
              USING (tenant_id = nullif(current_setting('relais.tenant', true), '')::bigint)
              WITH CHECK (tenant_id = nullif(current_setting('relais.tenant', true), '')::bigint)
            """);
    }

    private static async Task EnsureRole(Tx tx, string role)
    {
        // Roles belong to the whole server: another database's migration may create them at the same moment.
        await tx.Execute($"""
            DO $$ BEGIN
              IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
                BEGIN
                  CREATE ROLE {role} NOLOGIN;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END;
              END IF;
              IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN
                EXECUTE format('GRANT {role} TO %I', current_user);
              END IF;
            END $$
            """);
    }

    private sealed class TableRow
    {
        public string Name { get; init; } = "";

        public bool HasTenant { get; init; }
    }
}
