using Relais.Channels;

namespace Relais.Media;

/// <summary>Where a file is. The number is stored.</summary>
internal enum MediaState
{
    /// <summary>At the provider, to be fetched.</summary>
    Waiting = 0,

    /// <summary>Here.</summary>
    Stored = 1,

    /// <summary>Not to be had; the problem says why.</summary>
    Failed = 2,
}

/// <summary>A row of media.</summary>
internal sealed class StoredMedia
{
    /// <summary>direction of a file that a customer sent.</summary>
    public const long Inbound = 1;

    /// <summary>direction of a file that was uploaded here.</summary>
    public const long Outbound = 2;

    public long TenantId { get; init; }

    public long Id { get; init; }

    public long Direction { get; init; }

    public long? InboxId { get; init; }

    public long? MessageId { get; init; }

    public string Kind { get; init; } = "";

    public MediaState State { get; init; }

    public string? ProviderRef { get; init; }

    public string? ClaimedType { get; init; }

    public string? ClaimedSha256 { get; init; }

    /// <summary>Empty when nobody named it.</summary>
    public string Filename { get; init; } = "";

    public string? Sha256 { get; init; }

    public string? MimeType { get; init; }

    public long? Size { get; init; }

    public string? Problem { get; init; }

    public long Attempts { get; init; }

    public long CreatedAt { get; init; }

    public MediaRef Ref => new(ProviderRef, ClaimedType, ClaimedSha256, Filename.Length == 0 ? null : Filename);
}
