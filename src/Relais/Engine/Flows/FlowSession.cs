using System.Text.Json.Nodes;

namespace Relais.Engine.Flows;

/// <summary>A conversation's way through a flow, as stored while it goes on.</summary>
/// <param name="Id">Ours.</param>
/// <param name="FlowId">Of the flow.</param>
/// <param name="Version">Published version; 0: the draft of a test phone.</param>
/// <param name="Definition">JSON of the draft as it was at the start; null: the version's.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Traced">Steps written so far.</param>
internal sealed record FlowSession(long Id, long FlowId, long Version, string? Definition, FlowState State, long Traced)
{
    /// <summary>What started it.</summary>
    public string Trigger { get; init; } = "";

    /// <summary>1: it goes on when people give the conversation back.</summary>
    public long OnRelease { get; init; }

    /// <summary>When it goes on without a message; null: only with one. Microseconds UTC.</summary>
    public long? DueAt { get; init; }

    /// <summary>Why the last thing it said did not reach the customer; null when nothing is known of that.</summary>
    public string? Undelivered { get; init; }
}

/// <summary>What a turn made of a session; committed under the conversation's version.</summary>
/// <param name="Session">As it is to be stored.</param>
/// <param name="IsNew">True for one that begins here.</param>
/// <param name="Steps">To be added to its way.</param>
/// <param name="End">Null while it goes on.</param>
/// <param name="SeenSeq">The last customer's message it has taken up.</param>
/// <param name="Kept">What it learned about the contact.</param>
internal sealed record FlowProgress(
    FlowSession Session, bool IsNew, IReadOnlyList<FlowTrace> Steps, FlowEnd? End, long SeenSeq, IReadOnlyList<FlowEffect.KeepOfContact> Kept)
{
    public bool IsOver => End is not null;

    /// <summary>How long until it goes on by itself; null: it waits for a message alone.</summary>
    public TimeSpan? Next(long now) => IsOver ? null
        : Session.State.Wait != FlowWait.Reply ? TimeSpan.Zero
        : Session.State.Until is { } until ? TimeSpan.FromMicroseconds(Math.Max(0, until - now)) : null;
}

/// <summary>A flow that may start, with what it runs.</summary>
/// <param name="FlowId">Ours.</param>
/// <param name="Sid">Studio's name of it.</param>
/// <param name="Name">For people.</param>
/// <param name="Version">Published; 0 when only test phones run it.</param>
/// <param name="Text">The published definition; null when there is none.</param>
/// <param name="Settings">What starts it.</param>
internal sealed record KnownFlow(long FlowId, string Sid, string Name, long Version, string? Text, FlowSettings Settings)
{
    private readonly Lazy<FlowDefinition?> definition = new(() => Text is null ? null : FlowDefinition.Parse(Text));

    public FlowDefinition? Definition => definition.Value;
}

/// <summary>A tenant's flows as its turns need them.</summary>
internal sealed record TenantFlows(IReadOnlyList<KnownFlow> Flows, TimeZoneInfo Zone)
{
    public KnownFlow? Find(string named) => Flows.FirstOrDefault(f => f.Sid == named)
        ?? Flows.FirstOrDefault(f => string.Equals(f.Name, named, StringComparison.OrdinalIgnoreCase))
        ?? (long.TryParse(named, out var id) ? Flows.FirstOrDefault(f => f.FlowId == id) : null);
}
