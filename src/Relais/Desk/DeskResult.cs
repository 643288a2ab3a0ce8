using Relais.Channels;
using Relais.Foundation;
using Relais.Outbox;

namespace Relais.Desk;

/// <summary>How an act on a conversation ended.</summary>
internal abstract record DeskResult
{
    /// <param name="MessageId">The message it queued, if any.</param>
    internal sealed record Done(long? MessageId = null) : DeskResult
    {
        /// <summary>The conversation it happened in, when the caller did not name one.</summary>
        public long? ConversationId { get; init; }
    }

    internal sealed record Refused(Problem Problem) : DeskResult
    {
        public static Refused By(SendDecision.Refused gate) => new(SendRefusals.Problem(gate.Code)) { ByGate = gate };

        /// <summary>The send gate's own words, which go before the problem's.</summary>
        public SendDecision.Refused? ByGate { get; private init; }
    }

    /// <summary>What is to be said cannot be said so; fields as the request names them.</summary>
    internal sealed record Invalid(IReadOnlyList<ContentProblem> Fields) : DeskResult;
}
