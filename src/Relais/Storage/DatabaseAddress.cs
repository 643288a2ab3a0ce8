using Npgsql;

namespace Relais.Storage;

/// <summary>RELAIS_DATABASE: <c>sqlite:path</c> or <c>postgres://user:password@host:port/name</c>.</summary>
internal static class DatabaseAddress
{
    /// <exception cref="FormatException">The message says which forms there are.</exception>
    public static Database Open(string address)
    {
        if (address.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
        {
            return new SqliteDatabase(address["sqlite:".Length..]);
        }

        if (address.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
        {
            return new PostgresDatabase(ConnectionString(address));
        }

        throw new FormatException("RELAIS_DATABASE has to be sqlite:PATH (such as sqlite:data/relais.db) or postgres://USER:PASSWORD@HOST/NAME.");
    }

    /// <summary>Npgsql's form of the address. Query parameters of the address (sslmode=…) become keywords of the same name.</summary>
    public static string ConnectionString(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.AbsolutePath.Length < 2)
        {
            throw new FormatException("RELAIS_DATABASE names no database: write postgres://USER:PASSWORD@HOST/NAME.");
        }

        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length > 0 ? uri.Host : "localhost",
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
        };
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            builder[Uri.UnescapeDataString(parts[0])] = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : "");
        }

        return builder.ConnectionString;
    }
}
