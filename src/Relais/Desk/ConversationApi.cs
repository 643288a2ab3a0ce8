using Relais.Conversations;
using Relais.Conversations.Lists;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>Conversations, their messages and their history, for the signed-in tenant.</summary>
internal static class ConversationApi
{
    public static void MapConversations(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/conversations").WithTags("Conversations").RequireAuthorization(Policies.Agent);
        group.MapGet("", List).WithName("list_conversations").WithSummary("Conversations, latest activity first.")
            .Produces<Page<ConversationJson>>().ProducesProblem(400);
        group.MapGet("/counts", Counts).WithName("count_conversations").WithSummary("How many each tab has of what the filter leaves; view and status do not matter.")
            .Produces<TabCounts>().ProducesProblem(400);
        group.MapGet("/{id:long}", Get).WithName("get_conversation").WithSummary("One conversation.").Produces<ConversationJson>();
        group.MapGet("/{id:long}/messages", Messages).WithName("list_messages")
            .WithSummary("Messages in the order of the conversation; after, before and around take a seq.").Produces<Page<MessageJson>>();
        group.MapGet("/{id:long}/events", Events).WithName("list_events").WithSummary("What happened to the conversation besides its messages.")
            .Produces<Page<EventJson>>();
    }

    private static async Task<IResult> List(
        HttpContext http, Database database, Clock clock, [AsParameters] PageQuery page, [AsParameters] ConversationQuery query, CancellationToken cancel)
    {
        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var who = http.SignedIn();
        var (filter, wrong) = query.Read(who, clock.Micros);
        if (wrong is not null)
        {
            return wrong;
        }

        var start = filter!.LongestWaitFirst ? 0 : long.MaxValue;
        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => ConversationListStore.Page(
            tx, who.Tenant, filter, after?.Sort ?? start, after?.Id ?? start, limit + 1), cancel);
        return Results.Json(Page.Of(
            rows, limit, c => new Cursor(filter.LongestWaitFirst ? c.WaitingSince ?? 0 : c.LastMessageAt, c.Id), ConversationJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Counts(
        HttpContext http, Database database, Clock clock, [AsParameters] ConversationQuery query, CancellationToken cancel)
    {
        var who = http.SignedIn();
        var (filter, wrong) = query.Read(who, clock.Micros);
        return wrong ?? Results.Json(
            await database.Read(Scope.Tenant(who.Tenant), tx => ConversationListStore.Counts(tx, who.Tenant, filter!), cancel), ApiJson.Options);
    }

    private static async Task<IResult> Get(HttpContext http, Database database, long id, CancellationToken cancel)
    {
        var tenant = http.SignedIn().Tenant;
        return await database.Read(Scope.Tenant(tenant), tx => ConversationStore.Find(tx, tenant, id), cancel) is { } conversation
            ? Results.Json(ConversationJson.Of(conversation), ApiJson.Options)
            : Problems.Refuse(Problems.NotFound);
    }

    private static async Task<IResult> Messages(
        HttpContext http, Database database, long id, CancellationToken cancel, long? after = null, long? before = null, long? around = null,
        int limit = 100)
    {
        if (limit is < 1 or > PageQuery.MaxLimit)
        {
            return Problems.Invalid400("limit", $"limit is a number from 1 to {PageQuery.MaxLimit}.");
        }

        var tenant = http.SignedIn().Tenant;
        var messages = await database.Read(Scope.Tenant(tenant), async tx =>
            await ConversationStore.Find(tx, tenant, id) is not { } conversation ? null
                : await MessageMedia.Show(tx, tenant, await ConversationStore.Messages(
                    tx, tenant, id, around is { } seq ? StartAround(seq, conversation.LastSeq, limit) : after, before, limit)), cancel);
        return messages is null
            ? Problems.Refuse(Problems.NotFound)
            : Results.Json(new Page<MessageJson>(messages, null), ApiJson.Options);
    }

    /// <summary>After which seq a page begins that has this one in its middle, or near its end when the conversation ends there.</summary>
    private static long StartAround(long seq, long last, int limit) =>
        Math.Max(0, Math.Min(Math.Clamp(seq, 1, last) - (limit / 2) - 1, last - limit));

    private static async Task<IResult> Events(HttpContext http, Database database, long id, CancellationToken cancel)
    {
        var tenant = http.SignedIn().Tenant;
        var events = await database.Read(Scope.Tenant(tenant), async tx =>
            await ConversationStore.Find(tx, tenant, id) is null ? null : await ConversationStore.Events(tx, tenant, id, 500), cancel);
        return events is null
            ? Problems.Refuse(Problems.NotFound)
            : Results.Json(new Page<EventJson>(events.ConvertAll(EventJson.Of), null), ApiJson.Options);
    }
}
