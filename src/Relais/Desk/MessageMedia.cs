using System.Text.Json;
using Relais.Conversations;
using Relais.Media;
using Relais.Storage;

namespace Relais.Desk;

/// <summary>Messages as the API shows them, with how their files stand: one more query, and only when one of them has a file.</summary>
internal static class MessageMedia
{
    public static async Task<List<MessageJson>> Show(Tx tx, long tenantId, List<StoredMessage> messages)
    {
        var shown = messages.ConvertAll(MessageJson.Of);
        var ids = shown.Select(m => IdIn(m.Payload)).OfType<long>().ToHashSet();
        if (ids.Count == 0)
        {
            return shown;
        }

        var media = (await MediaStore.Some(tx, tenantId, ids)).ToDictionary(m => m.Id);
        return shown.ConvertAll(m => IdIn(m.Payload) is { } id && media.TryGetValue(id, out var file) ? m with { Media = file } : m);
    }

    /// <summary>A customer's is in ref, ours in the content itself or in its header.</summary>
    private static long? IdIn(JsonElement? payload) => payload is { ValueKind: JsonValueKind.Object } content
        ? Number(content) ?? Number(Part(content, "ref")) ?? Number(Part(content, "header_media"))
        : null;

    private static JsonElement Part(JsonElement content, string name) => content.TryGetProperty(name, out var part) ? part : default;

    private static long? Number(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("media_id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number)
            ? number : null;
}
