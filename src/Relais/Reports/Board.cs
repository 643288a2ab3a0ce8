using System.Collections.Concurrent;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Health.Numbers;
using Relais.Storage;

namespace Relais.Reports;

/// <param name="AgentId">Who.</param>
/// <param name="Name">As colleagues know them.</param>
/// <param name="State">online, busy or away.</param>
/// <param name="Open">Open conversations with their name on it.</param>
/// <param name="Capacity">How many they are given at once; null until they were first here.</param>
internal sealed record BoardAgentJson(long AgentId, string Name, string State, long Open, long? Capacity);

/// <param name="Id">Ours.</param>
/// <param name="Name">For people here.</param>
/// <param name="Channel">meta or twilio.</param>
/// <param name="Number">E.164, when known.</param>
/// <param name="Status">connected, disconnected or error.</param>
/// <param name="SentenceCode">Why not, as a word (reason_code of GET /api/inboxes); null while connected.</param>
/// <param name="Sentence">Why not, in English.</param>
internal sealed record BoardInboxJson(long Id, string Name, string Channel, string? Number, string Status, string? SentenceCode, string? Sentence);

/// <param name="ConversationId">Where it was said.</param>
/// <param name="MessageId">Ours.</param>
/// <param name="ContactName">The customer's name, else number.</param>
/// <param name="Author">client, ai, flow, concierge or system.</param>
/// <param name="Type">text, image, …</param>
/// <param name="Text">Its beginning.</param>
/// <param name="At">When.</param>
internal sealed record RecentJson(long ConversationId, long MessageId, string? ContactName, string Author, string Type, string Text, DateTimeOffset At);

/// <param name="Waiting">Customers to whom a person owes an answer.</param>
/// <param name="LongestWaitSeconds">Of the one who waits longest; 0 when nobody does.</param>
/// <param name="Open">Conversations that are open and not snoozed.</param>
/// <param name="WithPeople">Of those, the ones people answer.</param>
/// <param name="WithBot">The ones a flow or the AI agent answers.</param>
/// <param name="Snoozed">Put off by a person.</param>
/// <param name="AgentsOnline">Members who are online.</param>
/// <param name="Agents">Everybody of the business.</param>
/// <param name="AiShare">Of today's answers, percent; null before the first.</param>
/// <param name="SendsFailedToday">Messages of today that failed.</param>
/// <param name="Inboxes">Each number and whether it is connected.</param>
/// <param name="Recent">The newest messages, the newest first.</param>
/// <param name="At">When this was read: it may be two seconds old.</param>
internal sealed record BoardJson(
    long Waiting, long LongestWaitSeconds, long Open, long WithPeople, long WithBot, long Snoozed, int AgentsOnline, IReadOnlyList<BoardAgentJson> Agents,
    double? AiShare, long SendsFailedToday, IReadOnlyList<BoardInboxJson> Inboxes, IReadOnlyList<RecentJson> Recent, DateTimeOffset At);

/// <summary>
/// The live board of a tenant. However many desks ask, it is read once in two seconds at most: they share the answer.
/// </summary>
internal sealed class Board(Database database, InboxHealth health, Clock clock)
{
    private const int MostRecent = 20;

    /// <summary>Characters shown of a message.</summary>
    private const int TextLength = 160;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, (long At, Lazy<Task<BoardJson>> Answer)> answers = new();

    /// <param name="tenantId">Whose.</param>
    /// <param name="cancel">Ends the waiting, not the reading: others may wait for it.</param>
    public Task<BoardJson> Of(long tenantId, CancellationToken cancel)
    {
        var now = Environment.TickCount64;
        var (_, answer) = answers.AddOrUpdate(
            tenantId, id => (now, Read(id)), (id, known) => now - known.At < Fresh.TotalMilliseconds && !known.Answer.Value.IsFaulted ? known : (now, Read(id)));
        return answer.Value.WaitAsync(cancel);
    }

    private Lazy<Task<BoardJson>> Read(long tenantId) => new(() => Put(tenantId, CancellationToken.None));

    private async Task<BoardJson> Put(long tenantId, CancellationToken cancel)
    {
        var inboxes = await health.All(tenantId, cancel);
        return await database.Read(Scope.Tenant(tenantId), async tx =>
        {
            var now = clock.Micros;
            var place = (await FigureStore.Place(tx, tenantId))!;
            var open = await BoardStore.Open(tx, tenantId);
            var agents = await BoardStore.Agents(tx, tenantId);
            var midnight = ReportRange.Midnight(ReportRange.At(now).InZone(Zones.Of(place.TimeZone)).Date, Zones.Of(place.TimeZone));
            var today = new Tally();
            foreach (var row in await FigureStore.ByAuthor(tx, new ReportSlice(tenantId, midnight, now + Instants.Hour, null, null, null)))
            {
                today.Add(row.First, row.Figures);
            }

            var recent = await BoardStore.Recent(tx, tenantId, MostRecent);
            return new BoardJson(
                open.Waiting, open.WaitingSince is { } since ? Math.Max(0, (now - since) / Instants.Second) : 0, open.WithBot + open.WithPeople,
                open.WithPeople, open.WithBot, open.Snoozed, agents.Count(a => a.StateAt(now) == "online"),
                agents.ConvertAll(a => new BoardAgentJson(a.AgentId, a.Name, a.StateAt(now), a.Open, a.Capacity)),
                today.Of("ai_share"), (long)today.Of("messages_failed")!.Value,
                inboxes.ConvertAll(i => new BoardInboxJson(i.Id, i.Name, i.Channel, i.PhoneNumber, i.ConnectionStatus, i.ReasonCode, i.Reason)),
                recent.ConvertAll(Show), Instants.FromMicros(now));
        }, cancel);
    }

    private static RecentJson Show(RecentMessage message) => new(
        message.ConversationId, message.Id, message.ContactName ?? message.ContactPhone, AuthorWord(message.Author), message.Type,
        ShortText.Fit(ShortText.OneLine(message.Content), TextLength), Instants.FromMicros(message.At));

    private static string AuthorWord(Author author) => author switch
    {
        Author.Customer => "client",
        Author.AiAgent => "ai",
        Author.Flow => "flow",
        Author.Agent => "concierge",
        _ => "system",
    };
}
