using System.Data.Common;
using Dapper;
using Npgsql;

namespace Relais.Storage;

/// <summary>
/// Foreign keys and forced row-level security, set aside for one transaction by the owner of the tables and put back at its end:
/// no superuser is needed, and a row that names one that is not there undoes it all.
/// </summary>
internal static class PostgresConstraints
{
    private sealed record ForeignKey(string TableName, string Name, string Definition);

    public static async Task Refill(NpgsqlConnection connection, NpgsqlTransaction transaction, Func<DbConnection, DbTransaction?, Task> fill)
    {
        Task Run(string sql) => connection.ExecuteAsync(sql, transaction: transaction, commandTimeout: 0);

        // Whoever migrates waits.
        await connection.ExecuteScalarAsync("SELECT pg_advisory_xact_lock(7250019850001)", transaction: transaction);
        var keys = (await connection.QueryAsync<ForeignKey>("""
            SELECT conrelid::regclass::text AS "TableName", quote_ident(conname) AS "Name", pg_get_constraintdef(oid) AS "Definition"
            FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY 1, 2
            """, transaction: transaction)).AsList();
        var forced = (await connection.QueryAsync<string>(
            "SELECT quote_ident(relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity ORDER BY 1",
            transaction: transaction)).AsList();
        foreach (var key in keys)
        {
            await Run($"ALTER TABLE {key.TableName} DROP CONSTRAINT {key.Name}");
        }

        foreach (var table in forced)
        {
            await Run($"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY");
        }

        await fill(connection, transaction);
        try
        {
            foreach (var key in keys)
            {
                await Run($"ALTER TABLE {key.TableName} ADD CONSTRAINT {key.Name} {key.Definition}");
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new InvalidDataException($"{e.TableName} names a row that is not there: {e.Detail ?? e.MessageText}", e);
        }

        foreach (var table in forced)
        {
            await Run($"ALTER TABLE {table} FORCE ROW LEVEL SECURITY");
        }
    }
}
