using Relais.Commerce;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Desk.Contacts;

/// <summary>A conversation of a customer's past.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="InboxId">The business's number.</param>
/// <param name="InboxName">Its name.</param>
/// <param name="Status">active, transferred or completed.</param>
/// <param name="AgentId">The person who had it last.</param>
/// <param name="AgentName">Their name.</param>
/// <param name="HandoffReason">Why the engine gave it to people.</param>
/// <param name="LastMessage">First 120 characters of the last message.</param>
/// <param name="Messages">How many there are.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="Duration">Seconds from opening to closing; null while open.</param>
internal sealed record PastConversationJson(
    long Id, long InboxId, string InboxName, string Status, long? AgentId, string? AgentName, string? HandoffReason, string? LastMessage,
    long Messages, DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt, long? Duration);

/// <summary>A message that the customer did not ask for, and why it was allowed.</summary>
/// <param name="Id">The message.</param>
/// <param name="ConversationId">Where it stands.</param>
/// <param name="Kind">campaign, follow_up, order_notice or order_reminder.</param>
/// <param name="SourceId">The campaign, the plan or the order; null when none.</param>
/// <param name="Basis">What allowed it, in words.</param>
/// <param name="Purpose">service, utility, marketing or authentication.</param>
/// <param name="Consent">To promotions when it was queued: granted, not_withdrawn, or not_needed for what is none.</param>
/// <param name="WindowOpen">Whether the customer had written in the 24 hours before.</param>
/// <param name="Text">How it reads.</param>
/// <param name="Status">queued, sent, delivered, read, failed or cancelled.</param>
/// <param name="At">When it was queued.</param>
internal sealed record UnaskedMessageJson(
    long Id, long ConversationId, string Kind, long? SourceId, string Basis, string Purpose, string Consent, bool WindowOpen, string? Text, string Status,
    DateTimeOffset At);

/// <summary>A customer's conversations, files and orders, newest first.</summary>
internal static class ContactHistoryApi
{
    private const int Rows = 50;

    public static void MapContactHistory(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/contacts/{id:long}").WithTags("Contacts").RequireAuthorization(Policies.Agent);
        group.MapGet("/conversations", (SignedIn who, Database database, long id, [AsParameters] PageQuery page, CancellationToken cancel) => List(
            who, database, id, page, (tx, before, most) => ContactHistoryStore.Conversations(tx, who.Tenant, id, before, most, Sight.Of(who)), c => c.Id, Show, cancel))
            .WithName("list_contact_conversations").WithSummary("A customer's conversations with how long they took.")
            .Produces<Page<PastConversationJson>>().ProducesProblem(404);
        group.MapGet("/media", (SignedIn who, Database database, long id, [AsParameters] PageQuery page, CancellationToken cancel) => List(
            who, database, id, page, (tx, before, most) => Files(tx, who.Tenant, id, before, most), m => m.Id, m => m, cancel))
            .WithName("list_contact_media").WithSummary("Messages with a file, of all conversations with a customer.")
            .Produces<Page<MessageJson>>().ProducesProblem(404);
        group.MapGet("/orders", (SignedIn who, Database database, long id, [AsParameters] PageQuery page, CancellationToken cancel) => List(
            who, database, id, page,
            (tx, before, most) => OrderRead.Page(tx, who.Tenant, new OrderFilter(null, null, id), before, most), o => o.Order.Id, OrderAnswer.Of, cancel))
            .WithName("list_contact_orders").WithSummary("A customer's orders.").Produces<Page<OrderAnswer>>().ProducesProblem(404);
        group.MapGet("/unasked-messages", (SignedIn who, Database database, long id, [AsParameters] PageQuery page, CancellationToken cancel) => List(
            who, database, id, page, (tx, before, most) => ContactHistoryStore.Unasked(tx, who.Tenant, id, before, most), m => m.Id, Show, cancel))
            .WithName("list_unasked_messages").WithSummary("What a customer got without asking, with the record of why each was allowed.")
            .Produces<Page<UnaskedMessageJson>>().ProducesProblem(404);
    }

    private static async Task<IResult> List<TRow, TShown>(
        SignedIn who, Database database, long id, PageQuery page, Func<Tx, long, int, Task<List<TRow>>> read, Func<TRow, long> idOf,
        Func<TRow, TShown> show, CancellationToken cancel)
    {
        if (page.Read(Rows, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), async tx => await ConsentStore.HasContact(tx, who.Tenant, id)
            ? await read(tx, after?.Id ?? long.MaxValue, limit + 1) : null, cancel);
        return rows is null
            ? Problems.Refuse(Problems.NotFound)
            : Results.Json(Page.Of(rows, limit, r => new Cursor(idOf(r), idOf(r)), show), ApiJson.Options);
    }

    private static async Task<List<MessageJson>> Files(Tx tx, long tenantId, long contactId, long before, int most)
    {
        var ids = await ContactHistoryStore.Files(tx, tenantId, contactId, before, most);
        return ids.Count == 0 ? [] : [.. (await MessageMedia.Show(tx, tenantId, await ConversationStore.SomeMessages(tx, tenantId, ids))).OrderByDescending(m => m.Id)];
    }

    private static UnaskedMessageJson Show(UnaskedMessage m) => new(
        m.Id, m.ConversationId, m.Kind, m.SourceId, m.Basis, m.Purpose.ToString().ToLowerInvariant(), m.Consent, m.WindowOpen == 1, m.Text,
        m.Status.ToString().ToLowerInvariant(), Instants.FromMicros(m.At));

    private static PastConversationJson Show(PastConversation c) => new(
        c.Id, c.InboxId, c.InboxName,
        c.Status == ConversationStatus.Closed ? "completed" : c.Assignee is Assignee.Flow or Assignee.AiAgent ? "active" : "transferred",
        c.AgentId, c.AgentName, c.HandoffReason, c.LastMessage, c.Messages, Instants.FromMicros(c.CreatedAt), Instants.FromMicros(c.ClosedAt),
        c.ClosedAt is { } closed ? (closed - c.CreatedAt) / Instants.Second : null);
}
