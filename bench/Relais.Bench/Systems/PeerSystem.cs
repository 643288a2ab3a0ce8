using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Relais.Bench.Systems;

/// <summary>
/// A yardstick: a folder with a package.json (Node: PORT, MOCK, DB and SYNC=FULL in its environment, webhooks at /webhook/meta) or a
/// project of .NET (PG and MOCK, webhooks at /webhook). A yardstick.json in it says what differs.
/// </summary>
internal sealed class PeerSystem(string folder, Scratch scratch, Postgres postgres) : IBenchSystem
{
    private static readonly Regex ListensAt = new(@"IPAddress\.Loopback,\s*(?<port>\d+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private readonly YardstickFile given = YardstickFile.Read(folder);
    private readonly bool isNode = File.Exists(Path.Combine(folder, "package.json"));
    private string place = "";

    public string Name => Path.GetFileName(folder.TrimEnd('/'));

    public SystemKind Kind => SystemKind.Peer;

    public string Database => isNode ? "sqlite" : "postgres";

    /// <summary>The yardsticks in a folder: itself, or those directly below it.</summary>
    public static IEnumerable<string> Find(string folder) => Is(folder) ? [folder] : Directory.EnumerateDirectories(folder).Where(Is).Order(StringComparer.Ordinal);

    public async Task Prepare(CancellationToken cancel)
    {
        // A native module is compiled for minutes: what was prepared once stays until the yardstick changes. Outside the checkout, whose build
        // settings are not a yardstick's.
        place = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "relais-bench", $"{Name}-{Fingerprint(folder)}");
        var isReady = Path.Combine(place, ".prepared");
        if (File.Exists(isReady))
        {
            return;
        }

        if (Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }

        Copy(folder, Directory.CreateDirectory(place).FullName);
        string[] build = given.Build is { } own ? ["/bin/sh", "-c", own]
            : isNode ? ["npm", "install", "--no-audit", "--no-fund"]
            : ["dotnet", "build", "-c", "Release", "-o", Path.Combine(place, "out"), "-v", "quiet"];
        await Shell.Run(place, cancel, build);
        await File.WriteAllTextAsync(isReady, "", cancel);
    }

    public async Task<Running> Start(Uri provider, CancellationToken cancel)
    {
        var database = await postgres.Create("peer");
        var data = scratch.New(Name + "-data");
        var port = isNode ? Scratch.FreePort() : Port();
        var environment = new Dictionary<string, string>
        {
            ["PORT"] = $"{port}", ["MOCK"] = provider.GetLeftPart(UriPartial.Authority), ["DB"] = Path.Combine(data, "data.db"), ["SYNC"] = "FULL",
            ["PG"] = database.Connection, ["ASPNETCORE_ENVIRONMENT"] = "Production", ["NODE_ENV"] = "production",
        };
        foreach (var (key, value) in given.Env)
        {
            environment[key] = Fill(value);
        }

        string[] start = given.Start is { } own ? ["/bin/sh", "-c", "exec " + Fill(own)]
            : isNode ? ["node", "server.js"]
            : ["dotnet", Path.Combine(place, "out", Path.GetFileNameWithoutExtension(Project(place)!) + ".dll")];
        var server = Pinned.Start(Cores.Server, place, environment, start);
        var webhook = new Uri(given.Url is { } url ? Fill(url) : $"http://127.0.0.1:{port}/webhook{(isNode ? "/meta" : "")}");
        var running = new Running(webhook, Processes(server), [database, server]);
        try
        {
            await server.Answers(new Uri(webhook, "/health"), 0, cancel);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }

        string Fill(string text) => text.Replace("{provider}", provider.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("{postgres}", database.Connection, StringComparison.Ordinal).Replace("{data}", data, StringComparison.Ordinal)
            .Replace("{port}", $"{port}", StringComparison.Ordinal);
    }

    private Dictionary<string, int> Processes(Pinned server) => Database == "postgres"
        ? new() { ["server"] = server.Id, ["database"] = postgres.Id }
        : new() { ["server"] = server.Id };

    private int Port() => Directory.EnumerateFiles(folder, "*.cs").Select(file => ListensAt.Match(File.ReadAllText(file)))
        .Where(m => m.Success).Select(m => int.Parse(m.Groups["port"].ValueSpan, null)).FirstOrDefault(5000);

    private static string? Project(string folder) => Directory.EnumerateFiles(folder, "*.csproj").FirstOrDefault();

    // A generator or a ceiling beside the yardsticks has no webhook of its own.
    private static bool Is(string folder) => File.Exists(Path.Combine(folder, "package.json")) || File.Exists(Path.Combine(folder, YardstickFile.Name))
        || (Project(folder) is not null && Directory.EnumerateFiles(folder, "*.cs").Any(f => File.ReadAllText(f).Contains("\"/webhook\"", StringComparison.Ordinal)));

    private static string Fingerprint(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Sources(folder).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static IEnumerable<string> Sources(string folder) =>
        [.. Directory.EnumerateFiles(folder), .. Directory.EnumerateDirectories(folder).Where(IsSource).SelectMany(Sources)];

    private static bool IsSource(string folder) => Path.GetFileName(folder) is not ("node_modules" or "bin" or "obj" or ".git");

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var inner in Directory.EnumerateDirectories(from).Where(IsSource))
        {
            Copy(inner, Directory.CreateDirectory(Path.Combine(to, Path.GetFileName(inner))).FullName);
        }
    }
}
