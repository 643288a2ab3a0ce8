using System.Text.Json;
using Relais.Foundation;

namespace Relais.Conversations.Teams;

/// <summary>People who answer the same kind of customers.</summary>
internal sealed class Team
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>1 for the one that gets what no other is for.</summary>
    public long IsDefault { get; init; }

    /// <summary>JSON list of hand-off reasons, e.g. order_change.</summary>
    public string Reasons { get; init; } = "[]";

    /// <summary>JSON list of words and phrases of customers.</summary>
    public string Topics { get; init; } = "[]";

    public long CreatedAt { get; init; }

    public IReadOnlyList<string> ReasonList => JsonSerializer.Deserialize<List<string>>(Reasons, ApiJson.Options) ?? [];

    public IReadOnlyList<string> TopicList => JsonSerializer.Deserialize<List<string>>(Topics, ApiJson.Options) ?? [];

    /// <summary>The team for a hand-off: by what the customer wrote, else by the reason, else the default one; null when there is none.</summary>
    public static Team? For(IReadOnlyList<Team> teams, string reason, IEnumerable<string> texts)
    {
        var words = $" {string.Join(' ', texts.Select(TextFolding.FoldWords))} ";
        return teams.FirstOrDefault(t => t.TopicList.Any(topic => words.Contains($" {TextFolding.FoldWords(topic)} ", StringComparison.Ordinal)))
            ?? teams.FirstOrDefault(t => t.ReasonList.Contains(reason, StringComparer.Ordinal))
            ?? teams.FirstOrDefault(t => t.IsDefault == 1);
    }
}
