using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai;

/// <summary>A chat client of ours: it answers whole, because WhatsApp shows no half sentences, and holds nothing to be given back.</summary>
internal abstract class UnstreamedChatClient : IChatClient
{
    public abstract Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Yields the whole response once.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The interface asks for it.
    }
}
