using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>
/// What the built-in agent says: sentences of ours and of the business, and quotes of its documents. A type of its own, because a
/// name in a response is whatever the other side writes.
/// </summary>
internal sealed class BuiltInResponse : ChatResponse
{
    /// <summary>How it stands in traces and costs.</summary>
    public const string Model = "built-in";

    public BuiltInResponse(IList<AIContent> contents)
        : base(new ChatMessage(ChatRole.Assistant, contents)) => ModelId = Model;
}
