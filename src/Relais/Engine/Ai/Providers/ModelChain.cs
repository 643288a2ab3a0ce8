using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai.Providers;

/// <summary>One call to a model, for the record.</summary>
/// <param name="Setup">The model.</param>
/// <param name="TokensIn">As the provider counted them; 0 when it did not say.</param>
/// <param name="TokensOut">The same.</param>
/// <param name="Took">Until the answer or the failure.</param>
/// <param name="Failure">Null for a usable answer.</param>
internal sealed record ModelCall(ModelSetup Setup, long TokensIn, long TokensOut, TimeSpan Took, ModelFailure? Failure)
{
    public long CostMicros => Setup.Cost(TokensIn, TokensOut);
}

/// <summary>
/// The models of one turn as one chat client: asks the first, falls to the next when it fails, to the built-in agent at the end. The model that follows
/// starts from the turn's own messages: another's tool calls, with its ids and signatures, would not be a valid conversation to it.
/// </summary>
/// <param name="models">In the order they are tried.</param>
/// <param name="last">Answers when none of them does.</param>
/// <param name="limits">Times.</param>
/// <param name="budget">What the budgets leave; asked for once, before the first call.</param>
/// <param name="time">Monotonic time.</param>
/// <param name="log">Which model failed, and how.</param>
internal sealed class ModelChain(
    IReadOnlyList<Model> models, IChatClient last, ModelChainLimits limits, Func<CancellationToken, Task<Allowance>> budget, TimeProvider time, ILogger log) : UnstreamedChatClient
{
    private readonly long began = time.GetTimestamp();
    private readonly List<ModelCall> calls = [];
    private int current;
    private int opening = -1;
    private int restart;
    private Allowance? allowance;

    public IReadOnlyList<ModelCall> Calls => calls;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        if (opening < 0)
        {
            opening = restart = all.Count;
        }

        for (; current < models.Count; current++, restart = all.Count)
        {
            var within = Min(limits.Call, limits.Turn - time.GetElapsedTime(began));
            if (models[current].Rests || within < limits.Least)
            {
                continue;
            }

            allowance ??= await budget(cancellationToken);
            if (!allowance.Allows(calls))
            {
                return HandOff();
            }

            if (await Ask(models[current], Own(all), options, within, cancellationToken) is { } response)
            {
                return response;
            }
        }

        return await last.GetResponseAsync(Own(all), options, cancellationToken);
    }

    /// <summary>A hand-off is a tool call, whoever wants it.</summary>
    private static ChatResponse HandOff() => new(new ChatMessage(ChatRole.Assistant,
    [
        new FunctionCallContent("budget", AgentTools.HandOff, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [AgentTools.Reason] = AgentTools.WordFor(HandoffReason.BudgetSpent),
        }),
    ]));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>The turn's own messages, and what the current model called and got since it took over.</summary>
    private IReadOnlyList<ChatMessage> Own(IReadOnlyList<ChatMessage> all) =>
        restart == opening ? all : [.. all.Take(opening), .. all.Skip(restart)];

    private async Task<ChatResponse?> Ask(
        Model model, IReadOnlyList<ChatMessage> messages, ChatOptions? options, TimeSpan within, CancellationToken cancel)
    {
        var since = time.GetTimestamp();
        ChatResponse? response = null;
        ModelFailure? failure = new ModelFailure.TimedOut();
        try
        {
            (response, failure) = await model.Ask(messages, options, within, cancel);
        }
        finally
        {
            // A call that was cut off is paid for all the same, and counts.
            calls.Add(new ModelCall(
                model.Setup, response?.Usage?.InputTokenCount ?? 0, response?.Usage?.OutputTokenCount ?? 0, time.GetElapsedTime(since), failure));
        }

        model.Fare(failure);
        if (failure is not null)
        {
            log.LogWarning("Model {Provider}/{Model} failed: {Failure}; the next one is asked", model.Setup.Provider, model.Setup.Name, failure);
        }

        return failure is null ? response : null;
    }
}

/// <summary>How long models may take, under the 25 s of <see cref="AiAgentLimits"/>, so that the built-in agent still answers in time.</summary>
/// <param name="Call">One call.</param>
/// <param name="Turn">All calls of a turn.</param>
/// <param name="Least">With less than this left no model is begun.</param>
internal sealed record ModelChainLimits(TimeSpan Call, TimeSpan Turn, TimeSpan Least)
{
    public static ModelChainLimits Default { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(22), TimeSpan.FromSeconds(1));
}

/// <summary>What budgets leave to a turn.</summary>
/// <param name="Calls">Calls to models.</param>
/// <param name="CostMicros">Micro-dollars; null without a cap.</param>
internal sealed record Allowance(long Calls, long? CostMicros)
{
    public static Allowance Unlimited { get; } = new(long.MaxValue, null);

    /// <summary>In and out; null without a cap.</summary>
    public long? Tokens { get; init; }

    /// <summary>Whether one more call may be made; the last one may overrun money and tokens by what it takes.</summary>
    public bool Allows(IReadOnlyList<ModelCall> made) =>
        made.Count < Calls && (CostMicros is not { } money || made.Sum(c => c.CostMicros) < money)
        && (Tokens is not { } tokens || made.Sum(c => c.TokensIn + c.TokensOut) < tokens);
}
