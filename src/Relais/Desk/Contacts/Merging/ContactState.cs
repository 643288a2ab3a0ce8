namespace Relais.Desk.Contacts.Merging;

/// <summary>What stands on a contact itself and is weighed when two become one; instants are microseconds UTC.</summary>
internal sealed record ContactState
{
    public string? Name { get; init; }

    public long? NamedBy { get; init; }

    public string? Phone { get; init; }

    public string? WaId { get; init; }

    public string? UserId { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public long? IsClient { get; init; }

    public long? OptedOutAt { get; init; }

    public long? OptedInAt { get; init; }

    public long? MarketingOptedOutAt { get; init; }

    public long? MarketingOptedInAt { get; init; }

    public long? UtilityOptedOutAt { get; init; }

    public long? BlockedAt { get; init; }

    public long? BlockedBy { get; init; }

    public string? BlockedReason { get; init; }

    public long? BlockedAtProvider { get; init; }

    /// <summary>
    /// The two as one. Withdrawn goes before granted, granted before nothing said; blocked goes before not blocked. They are reached
    /// where they wrote last, with all of that contact's address: halves of two addresses would name nobody.
    /// </summary>
    public ContactState With(ContactState other, bool otherWroteLast)
    {
        var reached = (otherWroteLast && (other.Phone ?? other.WaId ?? other.UserId) is not null) || (Phone ?? WaId ?? UserId) is null ? other : this;
        var named = NamedBy is null && (other.NamedBy is not null || Name is null) ? other : this;
        var blocked = BlockedAt is null ? other : this;
        var withdrawn = Later(OptedOutAt, other.OptedOutAt);
        var noMarketing = Later(MarketingOptedOutAt, other.MarketingOptedOutAt);
        return new ContactState
        {
            Name = named.Name, NamedBy = named.NamedBy, Phone = reached.Phone, WaId = reached.WaId, UserId = reached.UserId,
            Language = Language ?? other.Language, TimeZone = TimeZone ?? other.TimeZone, IsClient = IsClient ?? other.IsClient,
            OptedOutAt = withdrawn, OptedInAt = withdrawn is not null ? null : Later(OptedInAt, other.OptedInAt),
            MarketingOptedOutAt = noMarketing,
            MarketingOptedInAt = noMarketing is not null || withdrawn is not null ? null : Later(MarketingOptedInAt, other.MarketingOptedInAt),
            UtilityOptedOutAt = Later(UtilityOptedOutAt, other.UtilityOptedOutAt),
            BlockedAt = blocked.BlockedAt, BlockedBy = blocked.BlockedBy, BlockedReason = blocked.BlockedReason, BlockedAtProvider = blocked.BlockedAtProvider,
        };
    }

    /// <summary>
    /// This one, as it is after the merge is undone: each group of facts that nobody changed since is as before, the others stay. So an
    /// opt-out that came meanwhile holds. What the other one's messages made of name and address goes with the other.
    /// </summary>
    public ContactState Undone(ContactState before, ContactState after, ContactState other)
    {
        var name = (Name, NamedBy) == (after.Name, after.NamedBy) || (NamedBy ?? before.NamedBy) is null ? before : this;
        var address = (Phone, WaId, UserId) == (after.Phone, after.WaId, after.UserId) || IsAt(other) ? before : this;
        var all = (OptedOutAt, OptedInAt) == (after.OptedOutAt, after.OptedInAt) ? before : this;
        var marketing = (MarketingOptedOutAt, MarketingOptedInAt) == (after.MarketingOptedOutAt, after.MarketingOptedInAt) ? before : this;
        var utility = UtilityOptedOutAt == after.UtilityOptedOutAt ? before : this;
        var blocked = (BlockedAt, BlockedBy, BlockedAtProvider) == (after.BlockedAt, after.BlockedBy, after.BlockedAtProvider) ? before : this;
        return new ContactState
        {
            Name = name.Name, NamedBy = name.NamedBy, Phone = address.Phone, WaId = address.WaId, UserId = address.UserId,
            Language = Language == after.Language ? before.Language : Language, TimeZone = TimeZone == after.TimeZone ? before.TimeZone : TimeZone,
            IsClient = IsClient == after.IsClient ? before.IsClient : IsClient,
            OptedOutAt = all.OptedOutAt, OptedInAt = all.OptedInAt, MarketingOptedOutAt = marketing.MarketingOptedOutAt,
            MarketingOptedInAt = marketing.MarketingOptedInAt, UtilityOptedOutAt = utility.UtilityOptedOutAt, BlockedAt = blocked.BlockedAt,
            BlockedBy = blocked.BlockedBy, BlockedReason = blocked.BlockedReason, BlockedAtProvider = blocked.BlockedAtProvider,
        };
    }

    /// <summary>
    /// The other one, after the merge is undone: what was withdrawn, or blocked, of the two as one since then counts for both. Nobody
    /// can say any more which of them meant it.
    /// </summary>
    public ContactState Since(ContactState merged, ContactState after)
    {
        var withdrawn = merged.OptedOutAt is not null && merged.OptedOutAt != after.OptedOutAt;
        var noMarketing = merged.MarketingOptedOutAt is not null && merged.MarketingOptedOutAt != after.MarketingOptedOutAt;
        var noUtility = merged.UtilityOptedOutAt is not null && merged.UtilityOptedOutAt != after.UtilityOptedOutAt;
        var blocked = merged.BlockedAt is not null && merged.BlockedAt != after.BlockedAt ? merged : this;
        return this with
        {
            OptedOutAt = withdrawn ? merged.OptedOutAt : OptedOutAt, OptedInAt = withdrawn ? null : OptedInAt,
            MarketingOptedOutAt = noMarketing ? merged.MarketingOptedOutAt : MarketingOptedOutAt,
            MarketingOptedInAt = noMarketing || withdrawn ? null : MarketingOptedInAt,
            UtilityOptedOutAt = noUtility ? merged.UtilityOptedOutAt : UtilityOptedOutAt,
            BlockedAt = blocked.BlockedAt, BlockedBy = blocked.BlockedBy, BlockedReason = blocked.BlockedReason, BlockedAtProvider = blocked.BlockedAtProvider,
        };
    }

    private bool IsAt(ContactState other) =>
        (Phone is not null && Phone == other.Phone) || (WaId is not null && WaId == other.WaId) || (UserId is not null && UserId == other.UserId);

    private static long? Later(long? one, long? other) => one is null ? other : other is null ? one : Math.Max(one.Value, other.Value);
}
