using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai.Providers;

/// <summary>
/// A configured model and how it has fared in this process: who failed in a way that lasts is left alone for a while. Forgotten when its configuration changes.
/// </summary>
/// <param name="setup">As configured.</param>
/// <param name="client">Asks it.</param>
/// <param name="time">Monotonic time comes from here.</param>
internal sealed class Model(ModelSetup setup, IChatClient client, TimeProvider time)
{
    private long restsUntil = long.MinValue;

    public ModelSetup Setup => setup;

    public bool Rests => time.GetTimestamp() < Interlocked.Read(ref restsUntil);

    public void Fare(ModelFailure? failure)
    {
        if (failure?.Rest is { Ticks: > 0 } rest)
        {
            Interlocked.Exchange(ref restsUntil, time.GetTimestamp() + (long)(rest.TotalSeconds * time.TimestampFrequency));
        }
    }

    /// <summary>A usable answer, or the failure instead of it.</summary>
    /// <param name="messages">A valid conversation: each tool call in it is this model's own, and answered.</param>
    /// <param name="options">As the agent asks; what only the built-in agent reads is taken out.</param>
    /// <param name="within">The time for it.</param>
    /// <param name="cancel">Cancelled by the caller: throws.</param>
    public async Task<(ChatResponse? Response, ModelFailure? Failure)> Ask(
        IEnumerable<ChatMessage> messages, ChatOptions? options, TimeSpan within, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            var own = options?.Clone() ?? new ChatOptions();
            own.AdditionalProperties = null;
            own.Temperature = (float?)setup.Temperature;

            // WaitAsync, because a package may not listen to its token.
            var response = await client.GetResponseAsync(PictureParts.For(setup.ReadsImages, messages), own, either.Token).WaitAsync(either.Token);
            return Fault(response) is { } fault ? (response, fault) : (response, null);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return (null, ModelFailedException.In(e)
                ?? (e is OperationCanceledException ? new ModelFailure.TimedOut() : new ModelFailure.Broken(e.GetType().Name)));
        }
    }

    /// <summary>What came as an answer and must not be used as one; no tool of it has run yet.</summary>
    private static ModelFailure? Fault(ChatResponse response)
    {
        if (response.FinishReason == ChatFinishReason.ContentFilter)
        {
            return new ModelFailure.Declined();
        }

        var calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        return response.FinishReason == ChatFinishReason.Length ? new ModelFailure.Broken("cut off")
            : calls.Exists(c => c.Exception is not null || c.Arguments is null || c.Name.Length == 0) ? new ModelFailure.Broken("arguments")
            : calls.Count == 0 && string.IsNullOrWhiteSpace(response.Text) ? new ModelFailure.Broken("empty")
            : null;
    }
}
