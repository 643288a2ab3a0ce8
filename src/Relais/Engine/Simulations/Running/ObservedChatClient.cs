using System.Text.Json;
using Microsoft.Extensions.AI;
using Relais.Engine.Ai;
using Relais.Engine.Ai.Providers;
using Relais.Foundation;

namespace Relais.Engine.Simulations.Running;

/// <summary>Keeps what a model asked its tools for, what it cost, and why it failed.</summary>
/// <param name="inner">Answers.</param>
/// <param name="chain">The configured models under it, for their prices; null: there are none.</param>
internal sealed class ObservedChatClient(IChatClient inner, ModelChain? chain) : UnstreamedChatClient
{
    private readonly List<ToolUse> tools = [];

    public IReadOnlyList<ToolUse> Tools => tools;

    /// <summary>Why no answer came, in a sentence; null: it did.</summary>
    public string? Failure { get; private set; }

    public ModelCost Cost => (chain?.Calls ?? []).Aggregate(
        ModelCost.None, (sum, call) => sum + new ModelCost(call.TokensIn, call.TokensOut, call.CostMicros));

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var response = await inner.GetResponseAsync(messages, options, cancellationToken);
            tools.AddRange(response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>()
                .Select(call => new ToolUse(call.Name, JsonSerializer.Serialize(call.Arguments, ApiJson.Options))));
            return response;
        }
        catch (NoModelAnswerException e)
        {
            Failure = e.Message;
            throw;
        }
        catch (OperationCanceledException)
        {
            Failure = "The model did not answer in time.";
            throw;
        }
    }
}

/// <summary>No model answered a simulated turn; the message says why and what to do. An agent treats it as any failing model.</summary>
internal sealed class NoModelAnswerException(string message) : InvalidOperationException(message);

/// <summary>Stands at the end of a chain in a simulation: there the built-in agent must not answer for a model that failed.</summary>
internal sealed class NoModelLeft(Func<IReadOnlyList<ModelCall>> calls) : UnstreamedChatClient
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NoModelAnswerException(calls().LastOrDefault(c => c.Failure is not null) is { } failed
            ? $"Model {failed.Setup.Provider}/{failed.Setup.Name} failed: {failed.Failure!.Word}."
            : "No configured model can be asked now: each of them rests after a failure, or no time was left.");
}
