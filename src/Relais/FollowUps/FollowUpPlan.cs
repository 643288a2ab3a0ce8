using System.Text.Json;
using Relais.Channels;
using Relais.Foundation;

namespace Relais.FollowUps;

/// <summary>Where a plan stands. The words are stored and shown by the API.</summary>
internal static class PlanStates
{
    /// <summary>Found, and nobody has thought of what to say yet.</summary>
    public const string Planning = "planning";
    public const string Proposed = "proposed";
    public const string Approved = "approved";

    /// <summary>A step was sent, or it is one of those left alone.</summary>
    public const string Running = "running";
    public const string Answered = "answered";
    public const string Converted = "converted";
    public const string OptedOut = "opted_out";
    public const string Ended = "ended";
    public const string Rejected = "rejected";
    public const string Overtaken = "overtaken";

    public static IReadOnlyList<string> All { get; } =
        [Planning, Proposed, Approved, Running, Answered, Converted, OptedOut, Ended, Rejected, Overtaken];

    public static bool IsOpen(string state) => state is Planning or Proposed or Approved or Running;
}

/// <summary>What is to be said to one customer who went quiet, as stored.</summary>
internal sealed class FollowUpPlan
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    /// <summary>One of <see cref="RuleKinds"/>.</summary>
    public string Rule { get; init; } = "";

    public long ContactId { get; init; }

    public long? ConversationId { get; init; }

    public long? InboxId { get; init; }

    public string Subject { get; init; } = "";

    /// <summary>By hand: what a person wants said.</summary>
    public string? Note { get; init; }

    public long? OrderId { get; init; }

    public string State { get; init; } = PlanStates.Planning;

    /// <summary>1 when nothing is sent, to compare with.</summary>
    public long HeldOut { get; init; }

    public string Language { get; init; } = "";

    /// <summary>Percent.</summary>
    public long Confidence { get; init; }

    public string Reason { get; init; } = "";

    /// <summary><see cref="PlanEvidence"/> as a JSON array.</summary>
    public string Evidence { get; init; } = "[]";

    /// <summary>built_in, or provider/model.</summary>
    public string Planner { get; init; } = "";

    /// <summary>As <see cref="PlanFacts.InboundMark"/> when it was made.</summary>
    public long InboundMark { get; init; }

    public long OrderMark { get; init; }

    public string OwnerMark { get; init; } = "";

    /// <summary>Null: by the rule's threshold, or not yet.</summary>
    public long? ApprovedBy { get; init; }

    public string? ApprovedByName { get; init; }

    public long? ApprovedAt { get; init; }

    /// <summary>Why it ended, as pages know it; null when a person or a model said it in words.</summary>
    public string? ProblemCode { get; init; }

    public string? Problem { get; init; }

    public long? SentAt { get; init; }

    public long? AnsweredAt { get; init; }

    public long? ConvertedAt { get; init; }

    public long? OptedOutAt { get; init; }

    /// <summary>How long answers and purchases count, microseconds UTC.</summary>
    public long? WatchedUntil { get; init; }

    public long? NextAt { get; init; }

    public long Version { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public string? ContactName { get; init; }

    public string? ContactPhone { get; init; }

    public IReadOnlyList<PlanEvidence> EvidenceList => JsonSerializer.Deserialize<List<PlanEvidence>>(Evidence, ApiJson.Options) ?? [];
}

/// <summary>What a proposal rests on.</summary>
/// <param name="MessageId">The message, or null when it is not one.</param>
/// <param name="Quote">Words of it.</param>
internal sealed record PlanEvidence(long? MessageId, string Quote);

/// <summary>The number is stored.</summary>
internal enum StepState
{
    Waiting = 0,
    Sent = 1,
    Refused = 2,
}

/// <summary>One message of a plan, as stored.</summary>
internal sealed class FollowUpStep
{
    public long TenantId { get; init; }

    public long PlanId { get; init; }

    /// <summary>1, 2, 3 …</summary>
    public long Step { get; init; }

    public long DueAt { get; init; }

    /// <summary>Said while the service window is open.</summary>
    public string Text { get; init; } = "";

    /// <summary>Said when it is closed: <see cref="OutboundContent.Template"/> as JSON.</summary>
    public string? Template { get; init; }

    public StepState State { get; init; }

    public long? MessageId { get; init; }

    public string? ProblemCode { get; init; }

    public string? Problem { get; init; }

    public long? SentAt { get; init; }

    public OutboundContent.Template? ReadTemplate() =>
        Template is null ? null : JsonSerializer.Deserialize<OutboundContent>(Template, ContentJson.Options) as OutboundContent.Template;

    public static string? Write(OutboundContent.Template? template) =>
        template is null ? null : JsonSerializer.Serialize<OutboundContent>(template, ContentJson.Options);
}
