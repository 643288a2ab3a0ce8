namespace Relais.Subscriptions;

/// <summary>The events one may subscribe to. docs/subscriptions.md says what each one holds; names never change.</summary>
internal static class EventTypes
{
    public const string MessageReceived = "message.received";
    public const string MessageSent = "message.sent";
    public const string MessageDelivered = "message.delivered";
    public const string MessageRead = "message.read";
    public const string MessageFailed = "message.failed";
    public const string MessageUpdated = "message.updated";
    public const string ConversationOpened = "conversation.opened";
    public const string ConversationUpdated = "conversation.updated";
    public const string ConversationHandedOff = "conversation.handed_off";
    public const string ConversationClosed = "conversation.closed";
    public const string OrderCreated = "order.created";
    public const string OrderUpdated = "order.updated";
    public const string ContactUpdated = "contact.updated";
    public const string ContactOptedOut = "contact.opted_out";
    public const string ContactOptedIn = "contact.opted_in";

    public const string CampaignStarted = "campaign.started";
    public const string CampaignPaused = "campaign.paused";
    public const string CampaignFinished = "campaign.finished";
    public const string FollowUpProposed = "follow_up.proposed";
    public const string FollowUpSent = "follow_up.sent";
    public const string FollowUpAnswered = "follow_up.answered";
    public const string FollowUpEnded = "follow_up.ended";

    /// <summary>Sent by POST /api/subscriptions/{id}/test to any subscription.</summary>
    public const string Test = "test";

    public static readonly IReadOnlyList<string> All =
    [
        MessageReceived, MessageSent, MessageDelivered, MessageRead, MessageFailed, MessageUpdated, ConversationOpened, ConversationUpdated,
        ConversationHandedOff, ConversationClosed, OrderCreated, OrderUpdated, ContactUpdated, ContactOptedOut, ContactOptedIn,
        CampaignStarted, CampaignPaused, CampaignFinished, FollowUpProposed, FollowUpSent, FollowUpAnswered, FollowUpEnded,
    ];
}
