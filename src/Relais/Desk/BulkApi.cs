using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Desk;

/// <summary>One act on many conversations.</summary>
/// <param name="Ids">1 to 200 conversations.</param>
/// <param name="Action">close, reopen, take_over, release, assign, label, unlabel, read or snooze.</param>
/// <param name="AgentId">assign: to whom; or team_id.</param>
/// <param name="TeamId">assign: to which team.</param>
/// <param name="LabelId">label, unlabel: which.</param>
/// <param name="Until">snooze: until when.</param>
/// <param name="SaysGoodbye">close: whether the customers get the closing message; no when left out.</param>
internal sealed record BulkBody(
    IReadOnlyList<long>? Ids, string? Action, long? AgentId = null, long? TeamId = null, long? LabelId = null, DateTimeOffset? Until = null,
    bool? SaysGoodbye = null);

/// <param name="Id">The conversation.</param>
/// <param name="Code">As the single act's problem.</param>
/// <param name="Detail">Why, in a sentence.</param>
internal sealed record BulkRefusal(long Id, string Code, string Detail);

/// <param name="Done">Those it was done to.</param>
/// <param name="Refused">Those it was not done to, and why.</param>
internal sealed record BulkAnswer(IReadOnlyList<long> Done, IReadOnlyList<BulkRefusal> Refused);

/// <summary>Bulk acts: each conversation by the rules of the single act; what one refuses does not stop the others.</summary>
internal static class BulkApi
{
    private const int Most = 200;
    private static readonly string[] Actions = ["close", "reopen", "take_over", "release", "assign", "label", "unlabel", "read", "snooze"];

    private delegate Task<DeskResult> Act(DeskActions desk, Tx tx, SignedIn who, long id, IdRange ids);

    public static void MapBulk(this IEndpointRouteBuilder app) => app.MapPost("/api/conversations/bulk", Carry)
        .WithTags("Conversations").RequireAuthorization(Policies.Agent).WithName("act_on_conversations")
        .WithSummary("One act on up to 200 conversations; says which refused and why.").WithDescription("Takes an Idempotency-Key.")
        .Accepts<BulkBody>("application/json").Produces<BulkAnswer>().ProducesProblem(400);

    private static async Task<IResult> Carry(HttpContext http, SignedIn who, DeskActions desk, Idempotency idempotency, Ids ids, Clock clock)
    {
        var (bytes, asked) = await ApiBody.Read<BulkBody>(http.Request);
        var conversations = (asked.Ids ?? []).Distinct().ToList();
        if (conversations.Count is 0 or > Most)
        {
            return Problems.Invalid400("ids", $"ids are 1 to {Most} conversations.");
        }

        if (Wrong(asked, clock.Micros) is { } wrong)
        {
            return Problems.Invalid400(wrong.Field, wrong.Reason);
        }

        var act = Of(asked);
        var range = await ids.Take(conversations.Count * DeskActions.IdsNeeded(null), http.RequestAborted);
        var answer = await idempotency.Once(http, who, "POST /api/conversations/bulk", bytes, async tx =>
        {
            range.Rewind();
            var (done, refused) = (new List<long>(), new List<BulkRefusal>());
            var seen = Sight.Of(who) is { } sight ? await sight.Of(tx, who.Tenant, conversations) : null;

            // In the order of their ids, so that two people's bulk acts take the rows in one order.
            foreach (var id in conversations.Order())
            {
                if (seen?.Contains(id) == false)
                {
                    refused.Add(new BulkRefusal(id, Problems.NotFound.Code, Problems.NotFound.Detail));
                    continue;
                }

                switch (await act(desk, tx, who, id, range))
                {
                    case DeskResult.Done:
                        done.Add(id);
                        break;
                    case DeskResult.Refused no:
                        refused.Add(new BulkRefusal(id, no.Problem.Code, no.ByGate?.Reason ?? no.Problem.Detail));
                        break;
                    case DeskResult.Invalid no:
                        refused.Add(new BulkRefusal(id, Problems.Invalid.Code, no.Fields[0].Reason));
                        break;
                }
            }

            return (200, new BulkAnswer(done, refused));
        });
        CrashPoint.Pass(CrashPoint.DeskWritten);
        return answer;
    }

    private static ContentProblem? Wrong(BulkBody asked, long now) => asked.Action switch
    {
        "snooze" => LifeApi.WrongUntil(asked.Until is { } until ? Instants.ToMicros(until) : null, now),
        "label" or "unlabel" when asked.LabelId is null => new ContentProblem("label_id", "label_id is the id of a label (GET /api/labels)."),
        "assign" when asked.AgentId is null == asked.TeamId is null => new ContentProblem("agent_id", "Name one of agent_id and team_id."),
        { } action when Actions.Contains(action) => null,
        _ => new ContentProblem("action", $"action is one of {string.Join(", ", Actions)}."),
    };

    private static Act Of(BulkBody asked) => asked.Action switch
    {
        "close" => (desk, tx, who, id, ids) => desk.Close(tx, who.Tenant, id, DeskApi.ActorOf(who), asked.SaysGoodbye == true, ids),
        "reopen" => (desk, tx, who, id, ids) => desk.Reopen(tx, who.Tenant, id, DeskApi.ActorOf(who), ids),
        "take_over" => (desk, tx, who, id, ids) => desk.TakeOver(tx, who.Tenant, id, DeskApi.ActorOf(who), ids),
        "release" => (desk, tx, who, id, ids) => desk.Release(tx, who.Tenant, id, DeskApi.ActorOf(who), ids),
        "assign" => (desk, tx, who, id, ids) => desk.Assign(tx, who.Tenant, id, DeskApi.ActorOf(who), asked.AgentId, asked.TeamId, ids),
        "label" => (desk, tx, who, id, ids) => desk.Label(tx, who.Tenant, id, DeskApi.ActorOf(who), [asked.LabelId!.Value], [], ids),
        "unlabel" => (desk, tx, who, id, ids) => desk.Label(tx, who.Tenant, id, DeskApi.ActorOf(who), [], [asked.LabelId!.Value], ids),
        "read" => (desk, tx, who, id, ids) => desk.Read(tx, who.Tenant, id, ids),
        _ => (desk, tx, who, id, ids) => desk.Snooze(tx, who.Tenant, id, DeskApi.ActorOf(who), Instants.ToMicros(asked.Until!.Value), ids),
    };
}
