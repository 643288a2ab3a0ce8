using Npgsql;
using NpgsqlTypes;

namespace Relais.Bench.Ceiling;

/// <summary>Raw bodies into one PostgreSQL table, two connections that commit in turn.</summary>
internal static class PostgresBodies
{
    public static async Task<GroupCommit<byte[]>> Start(string connection, CancellationToken cancel)
    {
        var source = NpgsqlDataSource.Create(connection);
        await using (var create = source.CreateCommand("CREATE TABLE inbox (id bigserial PRIMARY KEY, body bytea NOT NULL)"))
        {
            await create.ExecuteNonQueryAsync(cancel);
        }

        return new GroupCommit<byte[]>(2, () =>
        {
            var insert = Prepared.Command(source, "INSERT INTO inbox (body) SELECT * FROM unnest($1)", NpgsqlDbType.Bytea);
            return async items =>
            {
                insert.Parameters[0].Value = items.ToArray();
                await insert.ExecuteNonQueryAsync();
            };
        });
    }
}

/// <summary>A command on a connection of its own whose parameters are arrays.</summary>
internal static class Prepared
{
    public static NpgsqlCommand Command(NpgsqlDataSource source, string sql, params NpgsqlDbType[] columns)
    {
        var command = new NpgsqlCommand(sql, source.OpenConnection());
        foreach (var column in columns)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | column });
        }

        return command;
    }
}
