using Relais.Channels;

namespace Relais.Engine.Flows;

/// <summary>What a run may know besides its own state. Values and pure look-ups only.</summary>
internal sealed record FlowWorld
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The tenant's.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Of the conversation: fr, ar or en.</summary>
    public string Language { get; init; } = "fr";

    /// <summary>Another flow of the tenant by its sid, name or id, for run-subflow; null when there is none.</summary>
    public Func<string, FoundFlow?> Subflow { get; init; } = _ => null;

    /// <summary>The definition of a subflow that is being run; null when it is gone.</summary>
    public Func<string, long, FlowDefinition?> SubflowAt { get; init; } = (_, _) => null;

    /// <summary>function_sid to URL.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; init; } = new Dictionary<string, string>();

    /// <summary>Name and language of the template with this provider's id; null when there is none.</summary>
    public Func<string, (string Name, string Language)?> Template { get; init; } = _ => null;

    /// <summary>Why this cannot be said to the customer now (window closed, opted out); null when it can.</summary>
    public Func<OutboundContent, string?> Refusal { get; init; } = _ => null;
}

/// <param name="Sid">Its sid.</param>
/// <param name="Version">The published one.</param>
/// <param name="Definition">Of that version.</param>
internal sealed record FoundFlow(string Sid, long Version, FlowDefinition Definition);
