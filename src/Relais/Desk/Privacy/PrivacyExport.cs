using Relais.Foundation;

namespace Relais.Desk.Privacy;

/// <summary>A file with everything that is kept of a customer, as it is kept itself.</summary>
internal sealed class PrivacyExport
{
    public const long Waiting = 1;
    public const long Ready = 2;
    public const long Failed = 3;
    public const long Removed = 4;

    public long TenantId { get; init; }

    public long Id { get; init; }

    public long ContactId { get; init; }

    public long AgentId { get; init; }

    public long State { get; init; } = Waiting;

    /// <summary>0 to 100.</summary>
    public long Progress { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }

    public long CreatedAt { get; init; }

    public long? ReadyAt { get; init; }

    public long? ExpiresAt { get; init; }
}

/// <summary>An export as the API tells it.</summary>
/// <param name="Id">The export's.</param>
/// <param name="ContactId">Whose.</param>
/// <param name="AgentId">Who asked for it.</param>
/// <param name="State">waiting, ready, failed, removed.</param>
/// <param name="Progress">0 to 100.</param>
/// <param name="Size">Bytes, once it is ready.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="ReadyAt">When it was ready.</param>
/// <param name="ExpiresAt">When the file is removed, 24 hours later.</param>
internal sealed record PrivacyExportJson(
    long Id, long ContactId, long AgentId, string State, long Progress, long? Size, DateTimeOffset CreatedAt, DateTimeOffset? ReadyAt, DateTimeOffset? ExpiresAt)
{
    public static PrivacyExportJson Of(PrivacyExport e) => new(
        e.Id, e.ContactId, e.AgentId, e.State switch
        {
            PrivacyExport.Waiting => "waiting",
            PrivacyExport.Ready => "ready",
            PrivacyExport.Failed => "failed",
            _ => "removed",
        }, e.Progress, e.Size, Instants.FromMicros(e.CreatedAt), Instants.FromMicros(e.ReadyAt), Instants.FromMicros(e.ExpiresAt));
}
