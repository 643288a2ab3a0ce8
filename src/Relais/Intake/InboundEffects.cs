using Relais.Changes;
using Relais.Channels;
using Relais.Commerce;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>
/// What messages do besides being there. In: messages that were just stored for the first time, with what they hold. Out: files
/// to fetch, originals marked as edited or deleted, draft orders, customers under their new number. Nothing for plain text.
/// </summary>
internal sealed class InboundEffects(WorkQueue queue, ChangeLog changes, ConversationEvents events, InboundMediaStore files, Clock clock)
{
    /// <summary>Ids one content takes at most: order, event and change of a cart; event and change of a new number; change of an original.</summary>
    public static int IdsNeeded(InboundContent content) => content switch
    {
        InboundContent.Cart => 3,
        InboundContent.SystemNote { Now: not null } => 2,
        InboundContent.Edit or InboundContent.Revoke => 1,
        _ => 0,
    };

    public static InboundWeight WeightOf(InboundContent? content) => content switch
    {
        null => InboundWeight.Asks,
        InboundContent.SystemNote => InboundWeight.Notice,
        InboundContent.Reaction or InboundContent.Revoke => InboundWeight.Gesture,
        { GroupId: not null } => InboundWeight.Overheard,
        _ => InboundWeight.Asks,
    };

    /// <summary>True when the customer of this message is found under another number afterwards.</summary>
    public static bool MovesCustomer(InboundContent? content) => content is InboundContent.SystemNote { Now: not null };

    public async Task Apply(Tx tx, IReadOnlyList<(NewInbound Message, InboundContent Content)> stored, IdRange ids)
    {
        await files.Add(tx, [.. stored.Where(s => s.Content is InboundContent.Media).Select(s => ToFile(s.Message, (InboundContent.Media)s.Content))]);
        await Mark(tx, [.. stored.Where(s => s.Content is InboundContent.Edit or InboundContent.Revoke).Select(s => ToMark(s.Message, s.Content)).OfType<MessageMark>()], ids);
        foreach (var (message, content) in stored)
        {
            if (content is InboundContent.Cart { Items.Count: > 0 } cart)
            {
                await Draft(tx, message, cart, ids);
            }
            else if (content is InboundContent.SystemNote { Now: { } now } note)
            {
                var move = new IdentityMove(
                    message.InboxId, message.Contact, new SeenContact(message.TenantId, now.WaId, now.Phone, now.UserId, null),
                    IsNewNumber: note.Event == "number_changed");
                await Move(tx, move, ids);
            }
        }
    }

    /// <summary>Gives a customer the new number or user id and notes it in the open conversation. Twice is once.</summary>
    public async Task Move(Tx tx, IdentityMove move, IdRange ids)
    {
        if (await IdentityStore.Move(tx, move) is { ConversationId: { } conversation } moved)
        {
            var tenant = move.Before.TenantId;
            await events.Add(tx, new ConversationEvent(tenant, ids.Next(), conversation, "identity_changed", null, moved.Words, clock.Micros));
            await changes.Append(tx, [new Change(ids.Next(), tenant, "conversation.updated", conversation, null, move.InboxId, clock.Micros)]);
        }
    }

    private async Task Mark(Tx tx, List<MessageMark> marks, IdRange ids)
    {
        if (marks.Count == 0)
        {
            return;
        }

        var marked = await MessageMarks.Apply(tx, marks);
        var reconsidered = await MessageMarks.Reconsider(tx, marked.FindAll(m => m.IsDeleted));
        await queue.Wake(tx, [.. reconsidered.Select(c => new LaneWake(LaneKind.Turn, c.ConversationId, c.TenantId))]);
        await changes.Append(tx, marked.ConvertAll(m =>
            new Change(ids.Next(), m.TenantId, "message.updated", m.ConversationId, m.MessageId, m.InboxId, clock.Micros)));
    }

    private async Task Draft(Tx tx, NewInbound message, InboundContent.Cart cart, IdRange ids)
    {
        var names = await Names(tx, message, cart);
        var order = CartOrder.Draft(message.TenantId, ids.Next(), message.Contact.ContactId, message.MessageId, cart, clock.Micros, names);
        await CartOrder.Insert(tx, order);
        await events.Add(tx, new ConversationEvent(
            message.TenantId, ids.Next(), message.ConversationId, "cart_received", null, order.Order.TrackingNumber, clock.Micros));
        await changes.Append(tx, [new Change(
            ids.Next(), message.TenantId, "conversation.updated", message.ConversationId, null, message.InboxId, clock.Micros)]);
    }

    /// <summary>Titles of those that are our products: the catalogue's retailer id is our sku.</summary>
    private static async Task<Dictionary<string, string>> Names(Tx tx, NewInbound message, InboundContent.Cart cart)
    {
        var known = await ProductStore.OfSkus(tx, message.TenantId, [.. cart.Items.Select(i => i.ProductId).Distinct(StringComparer.Ordinal)]);
        var language = known.Count == 0 ? null : (await ConversationStore.Find(tx, message.TenantId, message.ConversationId))?.Language;
        return known.ToDictionary(p => p.Key, p => p.Value.Titles.In(language ?? "fr"), StringComparer.Ordinal);
    }

    private static NewMedia ToFile(NewInbound message, InboundContent.Media file) => new(
        message.TenantId, file.Ref.MediaId!.Value, message.InboxId, message.MessageId, file.Kind, file.Ref, message.Now);

    private static MessageMark? ToMark(NewInbound message, InboundContent content) => message.RepliesTo is { } original
        ? new MessageMark(
            message.TenantId, message.InboxId, message.Contact.ContactId, original,
            content is InboundContent.Revoke ? null : message.Now, content is InboundContent.Revoke ? message.Now : null)
        : null;
}
