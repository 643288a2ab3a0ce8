using Npgsql;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Storage;

/// <summary>On PostgreSQL a request can reach its own tenant's rows only, even where a statement forgets to say so.</summary>
public sealed class RowLevelSecurityTests
{
    [OnPostgres]
    public async Task Every_table_with_a_tenant_forces_security_and_every_other_one_is_the_pipelines()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Postgres);
        var open = await Owner<string>(store, """
            SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            """);
        open.ShouldBe(PostgresRoles.PipelineOnly, ignoreOrder: true);

        // A view or a foreign table would read with its owner's rights.
        (await Owner<string>(store, """
            SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'f')
            """)).ShouldBeEmpty();
        var reachable = await Owner<string>(store, """
            SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            AND has_table_privilege('relais_request', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
            """);
        reachable.Intersect(PostgresRoles.PipelineOnly).ShouldBeEmpty();
    }

    [OnPostgres]
    public async Task Every_policy_of_a_request_survives_the_empty_setting_of_a_reused_connection()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Postgres);
        var policies = await Owner<string>(store, """
            SELECT tablename || ': ' || coalesce(qual, '') || ' / ' || coalesce(with_check, '') FROM pg_policies
            WHERE schemaname = 'public' AND NOT ('relais_pipeline' = ANY (roles))
            """);
        policies.ShouldNotBeEmpty();
        policies.ShouldAllBe(p => p.Split("NULLIF(current_setting('relais.tenant'", StringSplitOptions.None).Length == 3);
    }

    [OnPostgres]
    public async Task The_roles_are_neither_superuser_nor_exempt_nor_owners()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Postgres);
        var roles = await Owner<(string, bool, bool, bool, bool, bool)>(store, """
            SELECT rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole,
              EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relnamespace = 'public'::regnamespace)
            FROM pg_roles r WHERE rolname IN ('relais_request', 'relais_pipeline') ORDER BY 1
            """);
        roles.ShouldBe([("relais_pipeline", false, false, false, false, false), ("relais_request", false, false, false, false, false)]);
        (await store.Database!.Read(Scope.Tenant(1), tx => tx.QueryFirst<string>("SELECT current_user::text"))).ShouldBe("relais_request");
        (await store.Database!.Read(Scope.Pipeline, tx => tx.QueryFirst<string>("SELECT current_user::text"))).ShouldBe("relais_pipeline");
    }

    [OnPostgres]
    public async Task A_request_sees_its_tenant_and_nobody_elses()
    {
        await using var store = await WithTwoTenants();
        var database = store.Database!;
        (await database.Read(Scope.Pipeline, Tenants)).ShouldBe([1, 2]);
        (await database.Read(Scope.Tenant(1), Tenants)).ShouldBe([1]);
        (await database.Read(Scope.Tenant(2), Tenants)).ShouldBe([2]);
        (await database.Write(Scope.Tenant(1), tx => tx.Execute("UPDATE faq SET answer = 'changed'"))).ShouldBe(1);
        (await database.Write(Scope.Tenant(1), tx => tx.Execute("DELETE FROM faq WHERE tenant_id = 2"))).ShouldBe(0);
        (await database.Read(Scope.Tenant(2), tx => tx.QueryFirst<string>("SELECT answer FROM faq"))).ShouldBe("of 2");
    }

    [OnPostgres]
    public async Task A_request_cannot_write_a_row_of_another_tenant_nor_move_one_there()
    {
        await using var store = await WithTwoTenants();
        await Refused("42501", store.Database!.Write(Scope.Tenant(1), tx => Faq(tx, 2, 100)));
        await Refused("42501", store.Database!.Write(Scope.Tenant(1), tx => tx.Execute("UPDATE faq SET tenant_id = 2, id = 101")));
        await store.Database!.Write(Scope.Tenant(1), tx => Faq(tx, 1, 102));
    }

    [OnPostgres]
    public async Task A_request_cannot_read_what_is_the_pipelines_alone()
    {
        await using var store = await WithTwoTenants();
        foreach (var table in PostgresRoles.PipelineOnly)
        {
            await Refused("42501", store.Database!.Read(Scope.Tenant(1), tx => tx.QueryFirst<long>($"SELECT count(*) FROM {table}")));
        }
    }

    [OnPostgres]
    public async Task Without_a_tenant_a_request_sees_nothing_on_a_fresh_and_on_a_reused_connection()
    {
        await using var store = await WithTwoTenants();
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(DatabaseAddress.ConnectionString(store.Address))
        {
            Options = "-c role=relais_request", MaxPoolSize = 1,
        });
        (await Count(source, null)).ShouldBe(0, "a fresh connection");
        (await Count(source, 1)).ShouldBe(1);

        // The same physical connection: the setting is '' there from now on, not NULL.
        (await Count(source, null)).ShouldBe(0, "a reused connection");
        await using var connection = await source.OpenConnectionAsync();
        await using var setting = new NpgsqlCommand("SELECT current_setting('relais.tenant', true)", connection);
        (await setting.ExecuteScalarAsync()).ShouldBe("", "or this test no longer shows what it was written for");
    }

    private static async Task<long> Count(NpgsqlDataSource source, long? tenant)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (tenant is not null)
        {
            await using var set = new NpgsqlCommand($"SET LOCAL relais.tenant = '{tenant}'", connection, transaction);
            await set.ExecuteNonQueryAsync();
        }

        await using var count = new NpgsqlCommand("SELECT count(*) FROM faq", connection, transaction);
        var found = (long)(await count.ExecuteScalarAsync())!;
        await transaction.CommitAsync();
        return found;
    }

    private static async Task<TestDatabase> WithTwoTenants()
    {
        var store = await TestDatabase.Create(DatabaseKind.Postgres);
        await store.Database!.Write(Scope.Pipeline, async tx =>
        {
            foreach (var tenant in (long[])[1, 2])
            {
                await tx.Execute("INSERT INTO tenant VALUES (@tenant, 'T', 'fr', 'UTC', 0, 0, 0)", new { tenant });
                await Faq(tx, tenant, tenant);
            }
        });
        return store;
    }

    private static Task<int> Faq(Tx tx, long tenant, long id) => tx.Execute(
        "INSERT INTO faq (tenant_id, id, question, answer, created_at, updated_at) VALUES (@tenant, @id, 'q', 'of ' || @tenant, 0, 0)",
        new { tenant, id });

    private static Task<List<long>> Tenants(Tx tx) => tx.Query<long>("SELECT tenant_id FROM faq ORDER BY 1");

    private static async Task Refused(string state, Task attempt) =>
        (await Should.ThrowAsync<PostgresException>(attempt)).SqlState.ShouldBe(state);

    private static async Task<List<T>> Owner<T>(TestDatabase store, string sql)
    {
        var rows = new List<T>();
        await store.Database!.Migrate(async tx => rows.AddRange(await tx.Query<T>(sql)), CancellationToken.None);
        return rows;
    }
}
