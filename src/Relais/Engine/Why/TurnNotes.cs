using System.Text.Json;
using Microsoft.Extensions.AI;
using Relais.Engine.Ai.BuiltIn;
using Relais.Engine.Ai.Providers;
using Relais.Foundation;

namespace Relais.Engine.Why;

/// <summary>
/// What is noted while one turn is decided, by whoever decides. Leaves: its <see cref="TurnTrace"/>. For one turn, which is one
/// flow of calls; nothing here can fail a turn.
/// </summary>
internal sealed class TurnNotes
{
    private const int LongestArgument = 300;
    private const int LongestResult = 1000;

    /// <summary>Kept of a turn that called more.</summary>
    private const int MostTools = 24;

    private readonly long began = TimeProvider.System.GetTimestamp();
    private readonly List<TracedTool> tools = [];
    private readonly List<FoundSource> sources = [];
    private IReadOnlyList<ModelCall> calls = [];
    private string? rule;
    private string? language;
    private string? answeredBy;
    private bool isBuiltIn;

    /// <summary>A rule that decided before, or instead of, any model. The first one counts.</summary>
    public void Fired(string name) => rule ??= name;

    public void Follows(Route route)
    {
        if (RuleOf(route) is { } name)
        {
            Fired(name);
        }
    }

    public void Speaks(string spoken) => language = spoken;

    /// <summary>A model has responded.</summary>
    public void Responded(ChatResponse response) => (answeredBy, isBuiltIn) = (response.ModelId ?? "", response is BuiltInResponse);

    /// <summary>The calls to models that are not built in.</summary>
    public void Asked(IReadOnlyList<ModelCall> made) => calls = made;

    /// <param name="name">The tool's.</param>
    /// <param name="arguments">As it got them.</param>
    /// <param name="result">What it answered, JSON; null when it was only proposed to a person.</param>
    /// <param name="since">When it began, of <see cref="TimeProvider.System"/>.</param>
    public void Ran(string name, IReadOnlyDictionary<string, string> arguments, string? result, long since)
    {
        if (tools.Count == MostTools)
        {
            return;
        }

        var found = FoundSource.In(name, result);
        sources.AddRange(found);
        tools.Add(new TracedTool(
            name,
            arguments.Count == 0 ? arguments : arguments.ToDictionary(a => a.Key, a => Kept(a.Value, LongestArgument), StringComparer.Ordinal),
            result is null || found.Count > 0 ? null : Kept(result, LongestResult),
            Proposed: result is null,
            Micros(since)));
    }

    /// <summary>The trace of what was decided.</summary>
    /// <param name="decisions">All of the turn's.</param>
    /// <param name="promptVersion">Under which it was answered; 0 for none.</param>
    public TurnTrace Of(IReadOnlyList<Decision> decisions, long promptVersion)
    {
        var suggestion = decisions.OfType<Decision.Suggest>().FirstOrDefault();
        var said = suggestion is null ? string.Join('\n', decisions.OfType<Decision.Reply>().Select(r => r.Text)) : suggestion.IsProposal ? "" : suggestion.Text ?? "";
        var reason = suggestion is null ? decisions.OfType<Decision.HandOff>().FirstOrDefault()?.Reason
            : suggestion.Reason == HandoffReason.Draft ? null : suggestion.Reason;
        var last = calls.LastOrDefault(c => c.Failure is null);
        return new TurnTrace(
            rule ?? Guess(reason is not null, said),
            reason is { } why ? TurnCommitter.ReasonWord(why) : null,
            language,
            promptVersion,
            answeredBy is null ? null : isBuiltIn ? "built_in" : last?.Setup.Provider,
            isBuiltIn ? null : last?.Setup.Name ?? (answeredBy is { Length: > 0 } name ? name : null),
            calls.Count == 0 ? null : new TraceUsage(calls.Sum(c => c.TokensIn), calls.Sum(c => c.TokensOut), calls.Sum(c => c.CostMicros)),
            Micros(began),
            Detail(said) is { } detail ? TraceStore.Write(detail) : null);
    }

    private static string? RuleOf(Route route) => route switch
    {
        Route.ConfirmOptOut => "opt_out",
        Route.ConfirmOptIn => "opt_in",
        Route.GiveUp => "gave_up",
        Route.ShowPage => "page",
        Route.AskAiAgent or Route.Draft => null,
        _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(route.GetType().Name),
    };

    /// <summary>Nobody named the rule: who answered and what was looked up tell it.</summary>
    private string Guess(bool isHandOff, string said)
    {
        var who = isBuiltIn ? "built_in" : "model";
        return who + (isHandOff ? ":hand_off"
            : tools.Count > 0 && said.Length == 0 ? ":question"
            : sources.Exists(s => s.IsIn(said)) ? ":faq"
            : !isBuiltIn ? ":answer"
            : tools.Exists(t => t.Result is not null) ? ":order"
            : ":small_talk");
    }

    private TraceDetail? Detail(string said) => tools.Count == 0 && calls.Count == 0 ? null : new TraceDetail(
        tools.Count == 0 ? null : tools,
        sources.Count == 0 ? null : Once(said),
        calls.Count == 0 ? null : [.. calls.Select(c => new TracedCall(
            c.Setup.Provider, c.Setup.Name, c.TokensIn, c.TokensOut, c.CostMicros, (long)c.Took.TotalMilliseconds, c.Failure?.Word ?? "answered"))]);

    /// <summary>Several questions may have found the same.</summary>
    private List<TracedSource> Once(string said)
    {
        var once = new List<TracedSource>(sources.Count);
        foreach (var source in sources)
        {
            var at = once.FindIndex(o => o.Id == source.Id && o.Kind == source.Kind);
            if (at < 0)
            {
                once.Add(new TracedSource(source.Kind, source.Id, source.Title, source.Score, source.IsIn(said)));
            }
            else if (once[at].Score < source.Score)
            {
                once[at] = once[at] with { Score = source.Score };
            }
        }

        return once;
    }

    private static long Micros(long since) => (long)TimeProvider.System.GetElapsedTime(since).TotalMicroseconds;

    /// <summary>Masked before the last cut, which could leave half a card's number.</summary>
    private static string Kept(string text, int longest) => Cut.To(CardNumbers.Mask(Cut.To(text, longest + 128)), longest);
}
