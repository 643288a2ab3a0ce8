using Relais.Channels;
using Relais.Foundation;

namespace Relais.FollowUps.Api;

/// <param name="Step">1, 2, 3 …</param>
/// <param name="DueAt">When it is to leave; quiet hours and holidays put it off.</param>
/// <param name="Text">Said while the service window is open.</param>
/// <param name="Template">Said when it is closed; null: nothing is.</param>
/// <param name="State">waiting, sent or refused.</param>
/// <param name="MessageId">The message it became.</param>
/// <param name="ProblemCode">refused: why, as the gate says it.</param>
internal sealed record StepJson(
    long Step, DateTimeOffset DueAt, string Text, OutboundContent? Template, string State, long? MessageId, string? ProblemCode, string? Problem, DateTimeOffset? SentAt)
{
    public static StepJson Of(FollowUpStep step) => new(
        step.Step, Instants.FromMicros(step.DueAt), step.Text, step.ReadTemplate(),
        step.State switch { StepState.Sent => "sent", StepState.Refused => "refused", _ => "waiting" }, step.MessageId, step.ProblemCode, step.Problem,
        step.State == StepState.Sent ? Instants.FromMicros(step.SentAt) : null);
}

/// <summary>A follow-up: whom, why, what, and what became of it.</summary>
/// <param name="State">planning, proposed, approved, running, answered, converted, opted_out, ended, rejected or overtaken.</param>
/// <param name="HeldOut">Nothing is sent to this one, to compare with.</param>
/// <param name="Confidence">Percent.</param>
/// <param name="Evidence">Messages it rests on.</param>
/// <param name="Planner">built_in, or provider/model.</param>
/// <param name="ProblemCode">Why it ended: opted_out, blocked, merged, purchased, replied, taken_over, no_contact, failed, or a step's; null when somebody said it in words.</param>
/// <param name="Problem">Why it ended or was rejected.</param>
internal sealed record PlanJson(
    long Id, string Rule, long ContactId, string? ContactName, string? ContactPhone, long? ConversationId, string State, bool HeldOut, string Language,
    long Confidence, string Reason, IReadOnlyList<PlanEvidence> Evidence, string Planner, string? Note, string? ApprovedByName, DateTimeOffset? ApprovedAt,
    string? ProblemCode, string? Problem, DateTimeOffset? SentAt, DateTimeOffset? AnsweredAt, DateTimeOffset? ConvertedAt, DateTimeOffset? OptedOutAt, long Version,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<StepJson> Steps)
{
    public static PlanJson Of(FollowUpPlan p, IEnumerable<FollowUpStep> steps) => new(
        p.Id, p.Rule, p.ContactId, p.ContactName, p.ContactPhone, p.ConversationId, p.State, p.HeldOut == 1, p.Language, p.Confidence, p.Reason,
        p.EvidenceList, p.Planner, p.Note, p.ApprovedByName, Instants.FromMicros(p.ApprovedAt), p.ProblemCode, p.Problem, Instants.FromMicros(p.SentAt),
        Instants.FromMicros(p.AnsweredAt), Instants.FromMicros(p.ConvertedAt), Instants.FromMicros(p.OptedOutAt), p.Version,
        Instants.FromMicros(p.CreatedAt), Instants.FromMicros(p.UpdatedAt), [.. steps.Where(s => s.PlanId == p.Id).Select(StepJson.Of)]);
}
