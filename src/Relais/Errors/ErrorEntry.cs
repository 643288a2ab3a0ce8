namespace Relais.Errors;

/// <summary>Something that failed, for the tenant's error log.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="InboxId">The number it concerns, or null.</param>
/// <param name="Service">whatsapp, twilio, model, media or mail.</param>
/// <param name="Type">send_rejected, send_retried, send_given_up, send_unknown, delivery_failed, webhook_signature, template_failed, media_failed, …</param>
/// <param name="Code">The provider's code, or null.</param>
/// <param name="Message">One sentence for a person, with the way to mend it.</param>
internal sealed record ErrorEntry(long TenantId, long? InboxId, string Service, string Type, long? Code, string Message)
{
    /// <summary>The provider's own words, or null.</summary>
    public string? Details { get; init; }

    public long? ConversationId { get; init; }

    public long? MessageId { get; init; }

    /// <summary>The provider's name for the request, for its support.</summary>
    public string? Reference { get; init; }

    /// <summary>True when nothing of this number works until a person acts: the team is told.</summary>
    public bool IsCritical { get; init; }

    /// <summary>Microseconds UTC.</summary>
    public required long At { get; init; }

    /// <summary>What the team is told of once an hour.</summary>
    public string AlertKey => Code?.ToString() ?? Type;
}
