using Relais.Tenants.Rights;

namespace Relais.Conversations.Lists;

/// <summary>The desk's tabs; snoozed and closed conversations are in none of them.</summary>
internal enum ListView
{
    /// <summary>Those with the reader's name on them.</summary>
    Mine,

    /// <summary>With people, and with nobody's name on them.</summary>
    Unassigned,

    /// <summary>A flow's or the AI agent's.</summary>
    Bot,

    All,
}

/// <summary>Which states a list shows.</summary>
internal enum ListStates
{
    Every,
    Open,
    Snoozed,
    Closed,

    /// <summary>Open or snoozed.</summary>
    NotClosed,
}

/// <summary>Which conversations a list shows. What is null, false or empty does not matter.</summary>
/// <param name="States">In which of the states.</param>
internal sealed record ConversationFilter(ListStates States = ListStates.Every)
{
    public ListView? View { get; init; }

    /// <summary>Who reads, for <see cref="ListView.Mine"/>.</summary>
    public long Reader { get; init; }

    public Assignee? Assignee { get; init; }

    /// <summary>With people (true) or not (false).</summary>
    public bool? WithPeople { get; init; }

    public long? AgentId { get; init; }

    public long? TeamId { get; init; }

    public long? InboxId { get; init; }

    /// <summary>1 Meta, 2 Twilio.</summary>
    public long? Channel { get; init; }

    public long? ContactId { get; init; }

    /// <summary>fr, ar or en.</summary>
    public string? Language { get; init; }

    /// <summary>All of them; at most <see cref="MostLabels"/>.</summary>
    public IReadOnlyList<long> Labels { get; init; } = [];

    public bool Unread { get; init; }

    /// <summary>Only those to which a person owes an answer.</summary>
    public bool Waiting { get; init; }

    /// <summary>In the contact's name or number, or in the last message.</summary>
    public string? Text { get; init; }

    /// <summary>The customer last wrote after this, microseconds UTC …</summary>
    public long? HeardAfter { get; init; }

    /// <summary>… and before this: their service window closes soon.</summary>
    public long? HeardBefore { get; init; }

    /// <summary>Whoever waits longest first, instead of the latest activity.</summary>
    public bool LongestWaitFirst { get; init; }

    /// <summary>Null for a reader who sees every conversation.</summary>
    public Sight? Sight { get; init; }

    public const int MostLabels = 5;
}
