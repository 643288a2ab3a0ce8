using Relais.Foundation;
using Relais.Knowledge.Search;
using Relais.Storage;

namespace Relais.Knowledge.Candidates;

/// <summary>
/// Looks, well after the fact, at what people answered where the agent could not: the customer's question and the person's first
/// words become a candidate, or one more time that a known one was asked. Its cursor moves with what it wrote.
/// </summary>
internal sealed class CandidateMiner(Database database, Ids ids, Clock clock, ILogger<CandidateMiner> log) : Worker(log)
{
    /// <summary>By then every transaction that wrote an earlier message has ended.</summary>
    public static readonly TimeSpan Lag = TimeSpan.FromMinutes(2);

    private const int Batch = 100;
    private const int Before = 30;
    private const int MostCandidates = 1_000;

    private const int ShortestAnswer = 12;
    private const int LongestAnswer = 2_000;
    private const int LongestQuestion = 500;
    private const int FewestWords = 2;

    /// <summary>Share of the words of two questions that they have in common when they are one.</summary>
    private const double Same = 0.6;

    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var upTo = clock.Micros - Instants.ToMicros(Lag);
        var hasMore = false;
        foreach (var (tenantId, minedTo) in await database.Read(Scope.Pipeline, CandidateStore.Cursors, stopping))
        {
            hasMore |= minedTo < upTo && await Mine(tenantId, minedTo, upTo, stopping);
        }

        return hasMore;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(Often, stopping);

    /// <summary>One batch of a tenant; true when there may be more before <paramref name="upTo"/>.</summary>
    internal async Task<bool> Mine(long tenantId, long from, long upTo, CancellationToken cancel)
    {
        var scope = Scope.Tenant(tenantId) with { IsBackground = true };
        var (answers, faqs, known) = await database.Read(scope, async tx =>
        {
            var found = await CandidateStore.Answers(tx, tenantId, from, upTo, Batch);
            return found.Exists(a => a.IsFirst)
                ? (found, await FaqStore.All(tx, tenantId), await CandidateStore.All(tx, tenantId))
                : (found, (List<Faq>)[], (List<FaqCandidate>)[]);
        }, cancel);
        if (answers.Count == 0)
        {
            return false;
        }

        var fresh = new List<FaqCandidate>();
        var again = new Dictionary<long, (long Times, long At)>();
        var knowledge = FaqSearch.Build(faqs.ConvertAll(f => (f.Id, f.Question, f.Answer)));
        var range = await ids.Take(Batch, cancel);
        foreach (var answer in answers.Where(a => a.IsFirst))
        {
            var said = await database.Read(scope, tx => CandidateStore.Before(tx, tenantId, answer.ConversationId, answer.Seq, Before), cancel);
            if (Candidate(tenantId, answer, Question(said), range) is not { } candidate || knowledge.Find(candidate.Question, 1) is [{ Score: >= FaqClarity.LeastScoreForOwnCase }])
            {
                continue;
            }

            if (Like(candidate.Question, known.Concat(fresh)) is { } same)
            {
                again[same] = (again.GetValueOrDefault(same).Times + 1, answer.CreatedAt);
            }
            else if (known.Count + fresh.Count < MostCandidates)
            {
                fresh.Add(candidate);
            }
        }

        var to = answers.Count < Batch ? upTo : answers[^1].CreatedAt;
        await database.Write(scope, async tx =>
        {
            if (!await CandidateStore.Move(tx, tenantId, from, to))
            {
                return;
            }

            foreach (var candidate in fresh)
            {
                await CandidateStore.Insert(tx, candidate);
            }

            foreach (var (id, (times, at)) in again)
            {
                await CandidateStore.AskedAgain(tx, tenantId, id, times, at);
            }
        }, cancel);
        return answers.Count == Batch;
    }

    /// <summary>The customer's words before the agent gave up; where nothing automatic was said, those before the person's.</summary>
    internal static string Question(List<(long Author, string Type, string Content)> newestFirst)
    {
        const long customer = 1, aiAgent = 2, flow = 3;
        var handOff = newestFirst.FindIndex(m => m.Author is aiAgent or flow);
        var words = newestFirst.Skip(handOff + 1).SkipWhile(m => m.Author != customer).TakeWhile(m => m.Author == customer)
            .Where(m => m.Type == "text").Select(m => m.Content).Take(4).Reverse();
        return ShortText.OneLine(string.Join(' ', words));
    }

    private static FaqCandidate? Candidate(long tenantId, PersonsAnswer answer, string question, IdRange range)
    {
        var said = PersonalData.Mask(answer.Content.Trim(), answer.ContactName);
        var asked = PersonalData.Mask(question, answer.ContactName);
        return said.Length is < ShortestAnswer or > LongestAnswer || asked.Length > LongestQuestion || WordIndex.Words(asked).Count() < FewestWords ? null : new FaqCandidate
        {
            TenantId = tenantId, Id = range.Next(), Question = asked, Answer = said, Language = answer.Language, ConversationId = answer.ConversationId,
            MessageId = answer.Id, CreatedAt = answer.CreatedAt, AskedAt = answer.CreatedAt,
        };
    }

    private static long? Like(string question, IEnumerable<FaqCandidate> known)
    {
        var (stems, sense) = (Stems(question), Sense(question));
        return known.Select(c => (c.Id, Likeness: Math.Max(Common(stems, Stems(c.Question)), Common(sense, Sense(c.Question))))).Where(c => c.Likeness >= Same).OrderByDescending(c => c.Likeness)
            .Select(c => (long?)c.Id).FirstOrDefault();
    }

    private static HashSet<string> Stems(string question) => [.. WordIndex.Words(question).Select(w => w.Stem)];

    /// <summary>A word's meaning across languages, where it has one, else its stem.</summary>
    private static HashSet<string> Sense(string question) => [.. WordIndex.Words(question).Select(w => w.Meaning ?? w.Stem)];

    private static double Common(HashSet<string> one, HashSet<string> other)
    {
        var both = one.Count(other.Contains);
        return (double)both / (one.Count + other.Count - both);
    }
}
