using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>Carries an act out in the tenant's transaction, once per Idempotency-Key, and says how the conversation stands after it.</summary>
internal sealed class DeskDoor(DeskActions desk, Idempotency idempotency, Ids ids)
{
    public delegate Task<DeskResult> Verb(DeskActions desk, Tx tx, SignedIn who, IdRange ids);

    public async Task<IResult> Act(HttpContext http, long id, string verb, Verb act) =>
        await Act(http, id, verb, await ApiBody.ReadBytes(http.Request), null, act);

    /// <param name="http">The request.</param>
    /// <param name="id">The conversation; 0 when the act finds it (<see cref="DeskResult.Done.ConversationId"/>).</param>
    /// <param name="verb">For the Idempotency-Key.</param>
    /// <param name="body">What the key is bound to.</param>
    /// <param name="text">What may be split into parts, for the number of ids.</param>
    /// <param name="act">What to do.</param>
    /// <param name="refused">Not null when the request was found wrong before.</param>
    public async Task<IResult> Act(HttpContext http, long id, string verb, byte[] body, string? text, Verb act, IResult? refused = null)
    {
        if (refused is not null)
        {
            return refused;
        }

        var who = http.SignedIn();
        var range = await ids.Take(DeskActions.IdsNeeded(text), http.RequestAborted);
        var result = await idempotency.Once(http, who, $"{verb}:{id}", body, async tx =>
        {
            range.Rewind();
            var done = await act(desk, tx, who, range);
            if (Refusal(done) is { } no)
            {
                return no;
            }

            var conversation = (await ConversationStore.Find(tx, who.Tenant, ((DeskResult.Done)done).ConversationId ?? id))!;
            return (StatusCodes.Status200OK, new DeskAnswer(
                true, conversation.Id, ((DeskResult.Done)done).MessageId, ConversationJson.StatusWord(conversation), conversation.IsWithPeople));
        });
        CrashPoint.Pass(CrashPoint.DeskWritten);
        return result;
    }

    /// <summary>How a refused act is answered; null for one that was carried out.</summary>
    public static (int Status, object? Answer)? Refusal(DeskResult result) => result switch
    {
        DeskResult.Refused no => (no.Problem.Status, no.ByGate is { } byGate ? SendRefusals.Answer(byGate) : (object?)no.Problem),
        DeskResult.Invalid no => (StatusCodes.Status400BadRequest, Refusal(no.Fields)),
        DeskResult.Done => null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IResult Refusal(IReadOnlyList<ContentProblem> fields) => Problems.Refuse(
        Problems.Invalid, fields[0].Reason,
        fields.GroupBy(f => f.Field).ToDictionary(f => f.Key, f => f.Select(p => p.Reason).ToArray(), StringComparer.Ordinal));
}
