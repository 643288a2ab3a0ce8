using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Conversations.Teams;

/// <param name="State">online, busy or away. Said again every 30 s: after 90 s of silence somebody is away.</param>
/// <param name="Capacity">Conversations given to them at once, 0 to 1000; left out: as before, at first 10.</param>
/// <param name="Languages">fr, ar, en: what they write; an empty list: any; left out: as before.</param>
internal sealed record PresenceRequest(string? State, long? Capacity = null, IReadOnlyList<string>? Languages = null);

/// <param name="AgentId">Who.</param>
/// <param name="Name">As colleagues know them.</param>
/// <param name="State">online, busy or away, as of now.</param>
/// <param name="SeenAt">When they last said so.</param>
/// <param name="Capacity">Conversations given to them at once.</param>
/// <param name="Languages">What they write; empty: any.</param>
/// <param name="Load">Open conversations with their name on it.</param>
internal sealed record PresenceJson(
    long AgentId, string Name, string State, DateTimeOffset SeenAt, long Capacity, IReadOnlyList<string> Languages, long Load);

/// <summary>Who is there. Coming online takes what waits for one's teams.</summary>
internal static class PresenceApi
{
    public static void MapPresence(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/presence", List).WithTags("Teams").RequireAuthorization(Policies.Agent).WithName("list_presence")
            .WithSummary("Who is there").Produces<Page<PresenceJson>>();
        app.MapPut("/api/presence", Put).WithTags("Teams").RequireAuthorization(Policies.Agent).WithName("put_presence")
            .WithSummary("Say that you are there; every 30 s").Accepts<PresenceRequest>("application/json").Produces<PresenceJson>().ProducesProblem(400);
    }

    private static async Task<IResult> List(SignedIn who, Database database, Clock clock, CancellationToken cancel)
    {
        var now = clock.Micros;
        var all = await database.Read(Scope.Tenant(who.Tenant), tx => PresenceStore.All(tx, who.Tenant), cancel);
        return Results.Json(new Page<PresenceJson>(all.ConvertAll(p => Show(p, now)), null), ApiJson.Options);
    }

    private static async Task<IResult> Put(
        HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, Clock clock, ChangeLog changes, ConversationEvents events)
    {
        var (bytes, asked) = await ApiBody.Read<PresenceRequest>(http.Request);
        if (asked.State is not (Presence.Online or Presence.Busy or Presence.Away))
        {
            return Problems.Invalid400("state", "state is online, busy or away.");
        }

        if (asked.Capacity is < 0 or > 1000)
        {
            return Problems.Invalid400("capacity", "capacity is a number from 0 to 1000.");
        }

        if (asked.Languages is { } languages && languages.Any(l => l is not ("fr" or "ar" or "en")))
        {
            return Problems.Invalid400("languages", "languages are some of fr, ar, en.");
        }

        var now = clock.Micros;
        const int MostGiven = 20;
        var range = await ids.Take(2 * MostGiven, http.RequestAborted);
        return await idempotency.Once(http, who, "PUT /api/presence", bytes, async tx =>
        {
            range.Rewind();
            await PresenceStore.Say(
                tx, who.Tenant, who.AgentId, asked.State, now, asked.Capacity, asked.Languages is null ? null : string.Join(',', asked.Languages.Distinct()));
            var me = await PresenceStore.Find(tx, who.Tenant, who.AgentId);
            if (me is null)
            {
                return (404, Problems.NotFound);
            }

            if (me.State == Presence.Online)
            {
                foreach (var given in await HandoffAssignment.TakeWaiting(tx, who.Tenant, me, MostGiven, now))
                {
                    await events.Add(tx, new ConversationEvent(who.Tenant, range.Next(), given.Id, "assigned", who.AgentId, "from the queue", now));
                    await changes.Append(tx, [new Change(range.Next(), who.Tenant, "conversation.updated", given.Id, null, given.InboxId, now)]);
                }

                me = (await PresenceStore.Find(tx, who.Tenant, who.AgentId))!;
            }

            return (200, Show(me, now));
        });
    }

    private static PresenceJson Show(Presence p, long now) => new(
        p.AgentId, p.Name, p.StateAt(now), Instants.FromMicros(p.SeenAt), p.Capacity, p.LanguageList, p.Load);
}
