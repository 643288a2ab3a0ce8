using System.Text.Json;
using Relais.Channels;

namespace Relais.Templates;

/// <summary>A template as stored.</summary>
internal sealed class StoredTemplate
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long ConnectionId { get; init; }

    /// <summary>1 Meta, 2 Twilio.</summary>
    public long Channel { get; init; }

    public string ProviderId { get; init; } = "";

    public string Name { get; init; } = "";

    public string Language { get; init; } = "";

    public string Category { get; init; } = "";

    /// <summary>One of <see cref="TemplateStatus"/>, or the provider's word.</summary>
    public string Status { get; init; } = "";

    public string? Reason { get; init; }

    public string? Quality { get; init; }

    /// <summary>positional or named.</summary>
    public string ParameterFormat { get; init; } = Positional;

    public string Components { get; init; } = "";

    public long? SyncedAt { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long? DeletedAt { get; init; }

    public const string Positional = "positional";
    public const string Named = "named";

    public bool IsTwilio => Channel == (long)ChannelKind.Twilio;

    public bool IsUsable => Status == TemplateStatus.Approved && DeletedAt is null;

    public TemplateParts Parts => JsonSerializer.Deserialize<TemplateParts>(Components, ContentJson.Options)!;

    public static string Write(TemplateParts parts) => JsonSerializer.Serialize(parts, ContentJson.Options);

    /// <summary>What stands for the provider's id while it is being made there.</summary>
    public static string Reservation(string name, string language) => $"new:{name}/{language}";

    public bool IsReservation => ProviderId.StartsWith("new:", StringComparison.Ordinal);
}
