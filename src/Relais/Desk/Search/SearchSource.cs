using Relais.Changes;

namespace Relais.Desk.Search;

/// <summary>A message, contact or order that the index has to look at.</summary>
internal readonly record struct SearchPlace(long TenantId, SearchKind Kind, long Id);

/// <summary>A row of the index.</summary>
internal sealed record SearchEntry(long TenantId, long Id, SearchKind Kind, string Words, long At, long? InboxId, long? AgentId);

/// <summary>The words of a message, contact or order as they are now.</summary>
internal sealed class SearchSource
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    /// <summary>Text, caption; a contact's name; an order's number.</summary>
    public string? Text { get; init; }

    /// <summary>A voice note's transcript; a contact's number.</summary>
    public string? More { get; init; }

    /// <summary>JSON.</summary>
    public string? Payload { get; init; }

    public long At { get; init; }

    public long? InboxId { get; init; }

    public long? AgentId { get; init; }

    /// <summary>Set for what is no longer to be found: a deleted message, a contact that became another's.</summary>
    public long? DeletedAt { get; init; }

    /// <summary>Null for what nobody can find: it is gone, or has no word.</summary>
    public SearchEntry? Entry(SearchKind kind)
    {
        if (DeletedAt is not null)
        {
            return null;
        }

        var words = kind switch
        {
            SearchKind.Contact => SearchWords.Of(TenantId, kind, Text, SearchWords.Phone(More)),
            SearchKind.Order => SearchWords.Of(TenantId, kind, Text, Text is null ? null : string.Concat(SearchWords.Words(Text))),
            _ => SearchWords.Of(TenantId, kind, Text, More, SearchWords.FileNames(Payload)),
        };
        return words is null ? null : new SearchEntry(TenantId, Id, kind, words, At, InboxId, AgentId);
    }
}
