using System.Globalization;
using Npgsql;

namespace Relais.Bench;

/// <summary>A private PostgreSQL on the server's core, started and stopped by bin/postgres.</summary>
internal sealed class Postgres : IAsyncDisposable
{
    private readonly string script;
    private readonly string folder;
    private readonly string connection;
    private int last;

    private Postgres(string script, string folder, string connection) => (this.script, this.folder, this.connection) = (script, folder, connection);

    /// <summary>Its first process: all others are below it.</summary>
    public int Id => int.Parse(File.ReadLines(Path.Combine(folder, "cluster", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public static async Task<Postgres> Start(BenchOptions options, Scratch scratch, CancellationToken cancel)
    {
        var tool = Path.Combine(options.Checkout, "bin", "postgres");
        var place = scratch.New("postgres");
        string[] command = [tool, "start", place];

        // The server inherits the core of whoever starts it.
        var line = await Shell.Run(place, cancel, Cores.ArePinned ? ["/usr/bin/taskset", "-c", $"{Cores.Server}", .. command] : command);
        var server = new Postgres(tool, place, line.Trim()[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        await server.Execute("CREATE ROLE relais LOGIN CREATEROLE");
        return server;
    }

    public async Task<string> Version()
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        return open.ServerVersion;
    }

    /// <summary>A fresh database.</summary>
    public async Task<BenchDatabase> Create(string name)
    {
        var full = $"{name.Replace('-', '_')}_{++last}";
        await Execute($"CREATE DATABASE {full} OWNER relais");
        return new BenchDatabase(new NpgsqlConnectionStringBuilder(connection) { Database = full }.ConnectionString, this, full);
    }

    public async Task Drop(string name)
    {
        NpgsqlConnection.ClearAllPools();
        await Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await Execute("CHECKPOINT");
    }

    public async ValueTask DisposeAsync() => await Shell.Run(Path.GetTempPath(), CancellationToken.None, script, "stop", folder);

    private async Task Execute(string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>One database of the private server.</summary>
/// <param name="Connection">Npgsql's connection string, as superuser.</param>
/// <param name="Server">Where.</param>
/// <param name="Name">Its name.</param>
internal sealed record BenchDatabase(string Connection, Postgres Server, string Name) : IAsyncDisposable
{
    /// <summary>As RELAIS_DATABASE wants it.</summary>
    public string Url
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(Connection);
            return $"postgres://relais@{parts.Host}:{parts.Port}/{Name}";
        }
    }

    public async ValueTask DisposeAsync() => await Server.Drop(Name);
}
