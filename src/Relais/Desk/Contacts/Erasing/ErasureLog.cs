using System.Text.Json;
using Relais.Foundation;
using Relais.Media;

namespace Relais.Desk.Contacts.Erasing;

/// <summary>That somebody was erased, without who they were.</summary>
/// <param name="At">When, microseconds UTC.</param>
/// <param name="TenantId">Whose customer.</param>
/// <param name="AgentId">Who did it.</param>
/// <param name="Hashes">Of what named them (<see cref="Conversations.Erased.Identity"/>).</param>
internal sealed record ErasureLine(long At, long TenantId, long AgentId, IReadOnlyList<string> Hashes);

/// <summary>
/// The list of erasures beside the database, in the folder of files, which outlives a lost database and which all nodes share: a backup
/// made before an erasure still holds the customer, and a restore erases them again by this list. It is only ever added to.
/// </summary>
internal sealed class ErasureLog(MediaFiles files) : IDisposable
{
    public const string FileName = "erasures.jsonl";

    private readonly SemaphoreSlim gate = new(1);

    /// <summary>On the disk when this returns.</summary>
    public async Task Add(ErasureLine line)
    {
        await gate.WaitAsync();
        try
        {
            Directory.CreateDirectory(files.Folder);
            await using var file = new FileStream(Path.Combine(files.Folder, FileName), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, ApiJson.Options), (byte)'\n'];
            await file.WriteAsync(bytes);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Null for a line that is not whole.</summary>
    public static ErasureLine? Read(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize<ErasureLine>(line, ApiJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => gate.Dispose();
}
