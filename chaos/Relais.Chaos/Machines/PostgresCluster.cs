using System.Globalization;
using Npgsql;
using Relais.Rig;

namespace Relais.Chaos.Machines;

/// <summary>A PostgreSQL of the run's own, with the durability settings PostgreSQL has by itself, which may be treated badly.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private readonly string folder;
    private readonly string binaries;
    private readonly int port = Ports.Free();

    /// <summary>Process id of the running one, kept because a dead disk does not tell it any more.</summary>
    private int postmaster;

    private PostgresCluster(string folder, string binaries)
    {
        this.folder = folder;
        this.binaries = binaries;
    }

    /// <summary>Connection string of its superuser.</summary>
    public string Superuser => $"Host=127.0.0.1;Port={port};Username=relais_chaos;Database=postgres;Timeout=3";

    private string Data => Path.Combine(folder, "cluster");

    /// <param name="folder">Made by this; short, since a socket lives in it.</param>
    public static async Task<PostgresCluster> Create(string folder)
    {
        var newest = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin"))
                .Where(d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault() : null;
        var cluster = new PostgresCluster(folder, newest ?? throw new NotSupportedException("PostgreSQL is not installed (apt-get install postgresql)."));
        Directory.CreateDirectory(folder);
        if (Environment.IsPrivilegedProcess)
        {
            await Shell.Run("chown", "postgres", folder);
        }

        await cluster.AsOwner("initdb", "-D", cluster.Data, "-U", "relais_chaos", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        await cluster.Start();
        return cluster;
    }

    /// <summary>Starts it; after a kill it may have to wait for the last of the old processes.</summary>
    public async Task Start()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await AsOwner("pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(folder, "server.log"), "-o",
                    $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200", "start");
                postmaster = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
                return;
            }
            catch (InvalidOperationException) when (attempt < 20)
            {
                await Task.Delay(500);
            }
        }
    }

    /// <param name="mode">fast ends sessions in order, immediate is a crash.</param>
    public Task Stop(string mode) => AsOwner("pg_ctl", "-D", Data, "-w", "-t", "60", "-m", mode, "stop");

    /// <summary>SIGKILL of the first process and then, as after a power cut, of all others.</summary>
    public async Task Kill(bool withChildren)
    {
        var children = withChildren ? Children(postmaster) : [];
        foreach (var pid in children.Prepend(postmaster))
        {
            await Shell.Try("kill", "-KILL", pid.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>SIGKILL of one backend that serves this database: PostgreSQL then restarts all of them.</summary>
    public async Task<bool> KillBackend(string database, Random random)
    {
        await using var connection = new NpgsqlConnection(Superuser + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT pid FROM pg_stat_activity WHERE datname = @database AND backend_type = 'client backend' AND pid <> pg_backend_pid()", connection);
        command.Parameters.AddWithValue("database", database);
        var pids = new List<int>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                pids.Add(reader.GetInt32(0));
            }
        }

        return pids.Count > 0
            && (await Shell.Try("kill", "-KILL", pids[random.Next(pids.Count)].ToString(CultureInfo.InvariantCulture))).Code == 0;
    }

    /// <summary>Waits until it takes connections.</summary>
    public Task Up() => Eventually.Holds(async () =>
    {
        try
        {
            await using var connection = new NpgsqlConnection(Superuser + ";Pooling=False");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }, "PostgreSQL is up", TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync() => await Shell.Try("/bin/sh", "-c", Command("pg_ctl", "-D", Data, "-m", "immediate", "stop"));

    private static List<int> Children(int parent)
    {
        var task = $"/proc/{parent}/task/{parent}/children";
        return File.Exists(task)
            ? [.. File.ReadAllText(task).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture))] : [];
    }

    // PostgreSQL's daemons keep a pipe of ours open, so that their starter would never be seen to end: they write to a file.
    private async Task AsOwner(string program, params string[] arguments) => await Shell.Run("/bin/sh", "-c", Command(program, arguments));

    private string Command(string program, params string[] arguments)
    {
        var words = arguments.Prepend(Path.Combine(binaries, program)).Select(w => $"'{w}'");
        var owner = Environment.IsPrivilegedProcess ? "runuser -u postgres -- " : "";
        return $"cd / && {owner}{string.Join(' ', words)} >> '{folder}/chaos.log' 2>&1";
    }
}
