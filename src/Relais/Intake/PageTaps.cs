using Relais.Channels;
using Relais.Conversations;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>
/// In: customers' messages as they are stored. Out: the next page of a question with many choices, for those that tapped its
/// last row, in the same transaction. Whoever owns the conversation: turning a page is no word to anybody.
/// </summary>
internal sealed class PageTaps(SendGate gate)
{
    public static int IdsNeeded(IReadOnlyList<NewInbound> messages) =>
        messages.Count(m => ChoiceLayout.IsPageId(m.ChoiceId)) * SendGate.IdsNeeded((string?)null);

    public async Task Answer(Tx tx, IReadOnlyList<NewInbound> messages, IdRange ids)
    {
        foreach (var message in messages)
        {
            if (ChoiceLayout.PageOf(message.ChoiceId) is { } page && await Asked(tx, message) is { } question
                && await ConversationStore.Find(tx, message.TenantId, message.ConversationId) is { } conversation)
            {
                await gate.Enqueue(tx, [new SendRequest(
                    conversation.TenantId, conversation.Id, conversation.InboxId, conversation.Version, conversation.LastInboundAt,
                    conversation.ContactOptedOutAt, Author.System, null, question with { Page = page })
                {
                    BlockedAt = conversation.ContactBlockedAt,
                }], ids);
            }
        }
    }

    private static async Task<OutboundContent.Choices?> Asked(Tx tx, NewInbound message) =>
        await QuestionStore.Asked(tx, message.TenantId, message.InboxId, message.ConversationId, message.RepliesTo) is { Payload: not null } asked
            ? ContentJson.Read(asked.Content, asked.Payload) as OutboundContent.Choices
            : null;
}
