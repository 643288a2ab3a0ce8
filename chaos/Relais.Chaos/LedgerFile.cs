using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Relais.Rig;

namespace Relais.Chaos;

/// <summary>
/// What was promised, on disk before the driver goes on: one line each, fsynced when it is an acknowledgement. A line is the
/// instant (microseconds UTC), what happened, and whom it is about.
/// </summary>
internal sealed class LedgerFile : IDisposable
{
    private readonly FileStream file;
    private readonly Lock gate = new();

    public LedgerFile(string path)
    {
        Path = path;
        file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public string Path { get; }

    public static string Hash(byte[] body) => Convert.ToHexString(SHA256.HashData(body));

    /// <summary>A webhook with this body was answered 200.</summary>
    public void Acknowledged(byte[] body) => Append("ack", Hash(body), sync: true);

    /// <summary>This body carries this message: what its acknowledgement promises.</summary>
    public void Carries(byte[] body, string providerId) => Append("carries", $"{Hash(body)} {providerId}");

    /// <summary>This body's signature is wrong.</summary>
    public void Forged(byte[] body) => Append("forged", Hash(body));

    /// <summary>A person is about to say this.</summary>
    public void PersonTries(string text) => Append("tries", text);

    /// <summary>A person's send was answered 2xx.</summary>
    public void PersonSent(long messageId) => Append("said", messageId.ToString(CultureInfo.InvariantCulture), sync: true);

    /// <summary>What happened to the server: for whoever reads the file after a red run.</summary>
    public void Note(string what) => Append("note", what);

    /// <summary>Reads the file back.</summary>
    public Promised Read()
    {
        var promised = new Promised();
        var carried = new List<(string Hash, string Id)>();
        foreach (var line in File.ReadLines(Path).Select(l => l.Split(' ', 3)))
        {
            _ = line[1] switch
            {
                "ack" => promised.Bodies.Add(line[2]),
                "forged" => promised.Forged.Add(line[2]),
                "tries" => promised.PersonTexts.Add(line[2]),
                "said" => promised.PersonMessages.Add(long.Parse(line[2], CultureInfo.InvariantCulture)),
                _ => false,
            };
            if (line[1] == "carries")
            {
                carried.Add((line[2].Split(' ')[0], line[2].Split(' ')[1]));
            }
        }

        promised.ProviderIds.UnionWith(carried.Where(c => promised.Bodies.Contains(c.Hash)).Select(c => c.Id));
        return promised;
    }

    public void Dispose() => file.Dispose();

    private void Append(string kind, string what, bool sync = false)
    {
        var micros = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
        var line = Encoding.UTF8.GetBytes($"{micros} {kind} {what}\n");
        lock (gate)
        {
            file.Write(line);
            if (sync)
            {
                file.Flush(flushToDisk: true);
            }
        }
    }
}
