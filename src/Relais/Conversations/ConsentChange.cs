namespace Relais.Conversations;

/// <summary>What a consent is about. <see cref="All"/>: every message that is no answer.</summary>
internal enum ConsentPurpose
{
    All = 1,
    Marketing = 2,
    Utility = 3,
}

/// <summary>Where a consent or its withdrawal comes from: the customer's word, the provider, the API, an import, a template's button.</summary>
internal enum ConsentSource
{
    Word = 1,
    Provider = 2,
    Api = 3,
    Import = 4,
    TemplateReply = 5,
}

/// <summary>A line of the consent ledger.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="ContactId">The customer.</param>
/// <param name="Purpose">What it is about.</param>
/// <param name="IsGranted">False when it is withdrawn.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="At">When it was said, microseconds UTC.</param>
internal sealed record ConsentChange(long TenantId, long ContactId, ConsentPurpose Purpose, bool IsGranted, ConsentSource Source, long At)
{
    /// <summary>The message that says so, or null.</summary>
    public long? MessageId { get; init; }

    /// <summary>Its words, the provider's code, what a person noted; or null.</summary>
    public string? Proof { get; init; }

    /// <summary>Who recorded it, or null.</summary>
    public long? AgentId { get; init; }

    /// <summary>"Start" is an everyday word: it counts only when something was withdrawn before.</summary>
    public bool OnlyIfWithdrawn { get; init; }

    /// <summary>What a stored message says about consent; null for nearly every message.</summary>
    public static ConsentChange? SaidBy(NewInbound message)
    {
        var contact = message.Contact;
        var proof = message.Content;
        return contact switch
        {
            { OptsOutAt: { } at } => new(message.TenantId, contact.ContactId, ConsentPurpose.All, false, ConsentSource.Word, at)
            {
                MessageId = message.MessageId, Proof = proof,
            },
            { OptsInAt: { } at } => new(message.TenantId, contact.ContactId, ConsentPurpose.All, true, ConsentSource.Word, at)
            {
                MessageId = message.MessageId, Proof = proof, OnlyIfWithdrawn = true,
            },
            { EndsMarketingAt: { } at } => new(message.TenantId, contact.ContactId, ConsentPurpose.Marketing, false, ConsentSource.TemplateReply, at)
            {
                MessageId = message.MessageId, Proof = proof,
            },
            _ => null,
        };
    }
}
