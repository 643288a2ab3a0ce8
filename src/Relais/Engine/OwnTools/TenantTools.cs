using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.OwnTools;

/// <summary>
/// What a business's agent can do besides what everyone's can. In: a turn and the tools all have. Out: the same with its own, and the
/// answers to taps on what they sent. A business without any costs a turn one look into memory.
/// </summary>
internal sealed class TenantTools(
    Database database, Secrets secrets, HttpToolCall http, McpTools mcp, ToolTaps taps, ProductTools products, ProductTaps productTaps, FieldTool fields,
    Clock clock, ILogger<TenantTools> log)
{
    private readonly RevisionCache<TenantToolSet> sets = new((tenantId, cancel) => TenantToolSet.Load(database, secrets, tenantId, log, cancel));

    /// <summary>Answers the taps among the unanswered messages, and asks <paramref name="rest"/> about what is left, with the business's tools.</summary>
    public async Task<IReadOnlyList<Decision>> Decide(
        DueTurn due, TurnTools tools, Func<DueTurn, TurnTools, CancellationToken, Task<IReadOnlyList<Decision>>> rest, CancellationToken cancel)
    {
        var tapped = due.Turn.Unanswered.Where(IsTap).DistinctBy(m => m.ChoiceId).ToList();
        if (tapped.Count == 0)
        {
            return await rest(due, await For(due, tools, cancel), cancel);
        }

        // Not what a button's title looks like: those words are ours, in the language spoken so far.
        var language = AgentTexts.Supported(due.Turn.Language ?? due.Turn.DefaultLanguage);
        var decisions = new List<Decision>();
        foreach (var message in tapped)
        {
            decisions.AddRange(ToolTaps.IsTap(message)
                ? await taps.Answer(due, message, (name, token) => Find(due, name, token), language, cancel)
                : await productTaps.Answer(due, message, language, cancel));
        }

        var others = due.Turn.Unanswered.Where(m => !IsTap(m)).ToList();
        return others.Count == 0 || decisions.OfType<Decision.HandOff>().Any() ? decisions
            : [.. decisions, .. await Decide(due with { Turn = due.Turn with { Unanswered = others } }, tools, rest, cancel)];
    }

    /// <summary>The tools of a turn, the business's own among them.</summary>
    public async ValueTask<TurnTools> For(DueTurn due, TurnTools tools, CancellationToken cancel)
    {
        var set = await sets.Of(due.Turn.TenantId, due.AiRevision, cancel);
        if (set.IsEmpty && !CloseTool.IsDone(due.Turn))
        {
            return tools;
        }

        var language = AiAgent.LanguageOf(due.Turn);
        var more = new List<AgentTool>(tools.More);
        if (set.HasProducts)
        {
            more.AddRange(products.For(due, language));
        }

        if (set.Fields.Count > 0)
        {
            more.Add(fields.For(due, set.Fields));
        }

        if (CloseTool.For(due.Turn, language) is { } close)
        {
            more.Add(close);
        }

        var agent = new OwnToolAgent(due, language, database, clock);
        more.AddRange(set.Http.Select(Own).Concat(await mcp.Of(set, cancel)).Select(agent.Bind));
        return tools with { More = more };
    }

    private static bool IsTap(TurnMessage message) => ToolTaps.IsTap(message) || ProductTaps.IsTap(message);

    private async Task<OwnTool?> Find(DueTurn due, string name, CancellationToken cancel)
    {
        var set = await sets.Of(due.Turn.TenantId, due.AiRevision, cancel);
        return set.Http.FirstOrDefault(t => t.Stored.Name == name) is { } found ? Own(found)
            : (await mcp.Of(set, cancel)).FirstOrDefault(t => t.Name == name);
    }

    private OwnTool Own(HttpTool tool) => new(
        tool.Definition, tool.Title, (call, cancel) => http.Run(tool, call.Arguments, call.Facts, call.Key, call.Most, cancel))
    {
        IsRepeatable = true,
    };
}
