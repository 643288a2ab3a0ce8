using System.Security.Cryptography;
using System.Text.Json;
using Relais.Engine.Ai;
using Relais.Foundation;

namespace Relais.Engine.OwnTools;

/// <summary>Words for what a tool does to the world, as stored and in the API.</summary>
internal static class RiskWord
{
    public const string Read = "read";
    public const string Effect = "effect";
}

/// <summary>A tool of the business's own, as stored.</summary>
internal sealed class StoredTool
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>LocalText as JSON.</summary>
    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>JSON Schema.</summary>
    public string Parameters { get; init; } = "";

    public string Method { get; init; } = "";

    public string Url { get; init; } = "";

    public string? Body { get; init; }

    /// <summary>Sealed JSON, or null.</summary>
    public string? Headers { get; init; }

    public long TimeoutSeconds { get; init; }

    public string Risk { get; init; } = "";

    public long Enabled { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    /// <summary>Where its headers are sealed.</summary>
    public string Place => $"ai_tool.headers:{TenantId}:{Id}";

    public IReadOnlyDictionary<string, string> Open(Secrets secrets) => SealedHeaders.Open(secrets, Headers, Place);
}

/// <summary>Headers that carry keys: sealed, and shown by their names only.</summary>
internal static class SealedHeaders
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    public static IReadOnlyDictionary<string, string> Open(Secrets secrets, string? sealedText, string place) => sealedText is null ? None
        : JsonSerializer.Deserialize<Dictionary<string, string>>(secrets.Open(sealedText, place))!;

    /// <summary>For people: none when they cannot be opened, so that a lost key file does not hide the tool.</summary>
    public static IReadOnlyList<string> Names(Secrets secrets, string? sealedText, string place)
    {
        try
        {
            return [.. Open(secrets, sealedText, place).Keys];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    /// <summary>Null for none.</summary>
    public static string? Seal(Secrets secrets, IReadOnlyDictionary<string, string>? headers, string place) =>
        headers is null or { Count: 0 } ? null : secrets.Seal(JsonSerializer.Serialize(headers), place);
}

/// <summary>A tool of the business's own, ready to be called: its headers opened.</summary>
/// <param name="Stored">As stored.</param>
/// <param name="Definition">For models.</param>
/// <param name="Title">For customers.</param>
/// <param name="Headers">Keys among them: never logged, never shown.</param>
internal sealed record HttpTool(StoredTool Stored, ToolDefinition Definition, LocalText Title, IReadOnlyDictionary<string, string> Headers)
{
    public bool HasEffect => Stored.Risk != RiskWord.Read;

    public static HttpTool Of(StoredTool stored, Secrets secrets)
    {
        var hasEffect = stored.Risk != RiskWord.Read;
        return new HttpTool(
            stored,
            new ToolDefinition(
                stored.Name, hasEffect ? ToolRisk.ConfirmedEffect : ToolRisk.Read,
                hasEffect ? $"{stored.Description} {ToolQuestion.ForModels}" : stored.Description, ToolSchema.Read(stored.Parameters)),
            LocalText.Read(stored.Title), stored.Open(secrets));
    }
}
