using Npgsql;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

/// <summary>
/// Row-level security looked at by a role of the test's own, that has what requests have and nothing else: over a database that a business
/// really uses, table by table, without a WHERE.
/// </summary>
public sealed class ProbeRoleTests
{
    [OnPostgres]
    public async Task A_role_with_the_rights_of_requests_sees_and_changes_its_tenants_rows_alone()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Postgres);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        await TenantMatrix.Ids(relais, desk);
        await relais.Settled();

        await using var connection = new NpgsqlConnection(relais.SuperuserConnection);
        await connection.OpenAsync();
        var role = $"relais_probe_{Guid.NewGuid():N}"[..24];
        await Run(connection, $"CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE; GRANT relais_request TO {role}");
        try
        {
            var tables = await List(connection, """
                SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
                """);
            var filled = 0;
            foreach (var table in tables)
            {
                var all = await Count(connection, null, null, $"SELECT count(*) FROM {table} WHERE tenant_id = {desk.TenantId}");
                filled += all > 0 ? 1 : 0;
                (await Count(connection, role, null, $"SELECT count(*) FROM {table}")).ShouldBe(0, $"{table}: no tenant, no rows");
                (await Count(connection, role, other.TenantId, $"SELECT count(*) FROM {table} WHERE tenant_id <> {other.TenantId}")).ShouldBe(0, table);
                (await Count(connection, role, desk.TenantId, $"SELECT count(*) FROM {table}")).ShouldBe(all, $"{table}: one's own are all there");
                if (table != "audit_entry")
                {
                    (await Count(connection, role, other.TenantId, $"WITH gone AS (DELETE FROM {table} WHERE tenant_id = {desk.TenantId} RETURNING 1) SELECT count(*) FROM gone")).ShouldBe(0, table);
                }
            }

            tables.Count.ShouldBeGreaterThan(80);
            filled.ShouldBeGreaterThan(40, "or this test looks at empty tables");
        }
        finally
        {
            await Run(connection, $"REVOKE relais_request FROM {role}; DROP ROLE {role}");
        }
    }

    /// <summary>As that role and for that tenant, undone afterwards.</summary>
    private static async Task<long> Count(NpgsqlConnection connection, string? role, long? tenant, string sql)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (role is not null)
        {
            await Run(connection, $"SET LOCAL ROLE {role}");
        }

        if (tenant is not null)
        {
            await Run(connection, $"SET LOCAL relais.tenant = '{tenant}'");
        }

        await using var command = new NpgsqlCommand(sql, connection, transaction);
        var count = (long)(await command.ExecuteScalarAsync())!;
        await transaction.RollbackAsync();
        return count;
    }

    private static async Task<List<string>> List(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
