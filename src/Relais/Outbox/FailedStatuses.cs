using Relais.Channels;
using Relais.Conversations;
using Relais.Inboxes;
using Relais.Storage;
using DeliveryStatus = Relais.Conversations.DeliveryStatus;

namespace Relais.Outbox;

/// <summary>
/// A failure that a status tells says as much as one that the send itself meets: the customer opted out, or the number may
/// send no more. Twilio tells nearly everything this way, Meta what it finds out later.
/// </summary>
internal sealed class FailedStatuses(InboxDirectory inboxes, InboxPauses pauses, Foundation.Clock clock)
{
    /// <summary>In the statuses' transaction. Takes two ids for each status with an error at most.</summary>
    public async Task Apply(Tx tx, IReadOnlyList<StatusUpdate> statuses, IReadOnlyList<MovedMessage> moved, IdRange ids)
    {
        var failed = statuses.Where(s => s is { Status: DeliveryStatus.Failed, ErrorCode: not null }).ToList();
        if (failed.Count == 0)
        {
            return;
        }

        var stopped = new List<PausedInbox>();
        var consents = new List<ConsentChange>();
        foreach (var status in failed)
        {
            if (moved.FirstOrDefault(m => m.InboxId == status.InboxId && (m.MessageId == status.MessageId || m.ProviderId == status.ProviderId))
                is not { MessageId: > 0 } message || inboxes.Find(status.InboxId) is not { } inbox)
            {
                continue;
            }

            var code = (int)status.ErrorCode!;
            var rule = ErrorRules.For(inbox.Channel, code);
            if (rule.Action is ErrorAction.StopInbox or ErrorAction.ProbeInbox)
            {
                stopped.Add(new PausedInbox(inbox.TenantId, inbox.Id, code, $"{rule.Sentence} (code {code})", rule.Action == ErrorAction.ProbeInbox ? rule.Wait : null));
            }
            else if (rule.Action is ErrorAction.OptedOut or ErrorAction.MarketingOptedOut)
            {
                consents.Add(await ProviderOptOut.Of(tx, message.TenantId, message.ConversationId, message.MessageId, code,
                    rule.Action == ErrorAction.MarketingOptedOut, clock.Micros));
            }
        }

        await ConsentStore.Record(tx, consents, ids);
        if (stopped.Count > 0)
        {
            await pauses.Pause(tx, stopped, ids, clock.Micros);
        }
    }
}

/// <summary>An opt-out that the provider knows of before we do.</summary>
internal static class ProviderOptOut
{
    public static async Task<ConsentChange> Of(
        Tx tx, long tenantId, long conversationId, long messageId, int code, bool marketingOnly, long now) => new(
        tenantId, await ConsentStore.ContactOf(tx, tenantId, conversationId), marketingOnly ? ConsentPurpose.Marketing : ConsentPurpose.All,
        IsGranted: false, ConsentSource.Provider, now)
    {
        MessageId = messageId,
        Proof = $"code {code}",
    };
}
