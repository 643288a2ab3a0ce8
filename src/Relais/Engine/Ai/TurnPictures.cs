using System.Text.Json;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;

namespace Relais.Engine.Ai;

/// <summary>
/// The pictures of a turn's unanswered messages, out of the media folder. Only called where a model reads pictures; a picture that
/// is still on its way is waited for a moment, and one that does not come is left out: the turn is answered as if nobody read pictures.
/// </summary>
internal sealed class TurnPictures(Database database, MediaFiles files)
{
    /// <summary>A burst of more says little more, and each costs some 1,500 tokens.</summary>
    public const int Most = 3;

    /// <summary>In Base64 it stays below the 5 MB that Anthropic takes; the others take more.</summary>
    public const long LargestBytes = 3_500_000;

    private static readonly string[] Types = ["image/jpeg", "image/png", "image/webp", "image/gif"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>The turn with what of its pictures is here.</summary>
    public async Task<Turn> Show(Turn turn, CancellationToken cancel)
    {
        var wanted = turn.Unanswered.Where(m => m.Type == "image").TakeLast(Most).Select(m => m.Id).ToList();
        if (wanted.Count == 0)
        {
            return turn;
        }

        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        var found = await Files(turn.TenantId, wanted, cancel);
        while (found.Exists(f => f.State == MediaState.Waiting) && Environment.TickCount64 < until)
        {
            await Task.Delay(Look, cancel);
            found = await Files(turn.TenantId, wanted, cancel);
        }

        var pictures = new List<TurnPicture>(found.Count);
        foreach (var file in found)
        {
            if (file is { State: MediaState.Stored, Sha256: { } sha, MimeType: { } type, MessageId: { } message, Size: <= LargestBytes } && Types.Contains(type)
                && await Bytes(sha, cancel) is { } bytes)
            {
                pictures.Add(new TurnPicture(message, type, bytes));
            }
        }

        return turn with { Pictures = pictures };
    }

    private Task<List<StoredMedia>> Files(long tenantId, List<long> messages, CancellationToken cancel) => database.Read(Scope.Tenant(tenantId), async tx =>
    {
        var found = new List<StoredMedia>(messages.Count);
        foreach (var id in messages)
        {
            var payload = await tx.QueryFirst<string?>("SELECT payload FROM message WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
            if (payload is not null && MediaId(payload) is { } media && await MediaStore.Find(tx, tenantId, media) is { } file && file.MessageId == id)
            {
                found.Add(file);
            }
        }

        return found;
    }, cancel);

    /// <summary>Null when the folder lost it; the desk's own request for the file tells the log so.</summary>
    private async Task<byte[]?> Bytes(string sha, CancellationToken cancel)
    {
        try
        {
            return await File.ReadAllBytesAsync(files.PathOf(sha), cancel);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long? MediaId(string payload)
    {
        using var json = JsonDocument.Parse(payload);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("ref", out var named)
            && named.ValueKind == JsonValueKind.Object && named.TryGetProperty("media_id", out var id) && id.TryGetInt64(out var number) ? number : null;
    }
}
