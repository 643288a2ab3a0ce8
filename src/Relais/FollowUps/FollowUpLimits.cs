using Relais.Foundation;

namespace Relais.FollowUps;

/// <summary>What decides whether a plan may speak, read from the rows in the transaction that would send.</summary>
internal sealed record LimitFacts
{
    /// <summary>Of everything, or of what the rule is for.</summary>
    public bool OptedOut { get; init; }

    public bool Blocked { get; init; }

    /// <summary>Everything of this contact is another's now.</summary>
    public bool Merged { get; init; }

    /// <summary>The customer wrote since the plan was made.</summary>
    public bool Replied { get; init; }

    /// <summary>An order was placed or confirmed since.</summary>
    public bool Purchased { get; init; }

    public bool StopsOnPurchase { get; init; }

    /// <summary>A person, or another person, has the conversation since.</summary>
    public bool TakenOver { get; init; }

    public required QuietTimes Times { get; init; }

    /// <summary>When the last follow-up was sent to this customer, or null.</summary>
    public long? LastSentAt { get; init; }

    /// <summary>Microseconds between two.</summary>
    public long Spacing { get; init; }
}

/// <summary>A step as the limits see it.</summary>
internal readonly record struct PlannedStep(long Step, long DueAt, StepState State);

/// <summary>What is done with a plan now.</summary>
internal abstract record LimitVerdict
{
    /// <param name="State">One of <see cref="PlanStates"/>.</param>
    /// <param name="Code">Why, as pages know it.</param>
    /// <param name="Why">For a person.</param>
    internal sealed record End(string State, string Code, string Why) : LimitVerdict;

    /// <param name="Until">When it is looked at again, microseconds UTC.</param>
    internal sealed record Wait(long Until) : LimitVerdict;

    /// <param name="Step">Which one may go now.</param>
    internal sealed record Send(long Step) : LimitVerdict;

    /// <summary>Everything was said: what comes of it is only counted.</summary>
    internal sealed record Said : LimitVerdict;
}

/// <summary>The limits of follow-ups, in code and not in a prompt. Pure.</summary>
internal static class FollowUpLimits
{
    /// <summary>A plan under way is looked at so often when nothing wakes it: for purchases, and people who took over.</summary>
    public const long LookEvery = Instants.Hour;

    /// <summary>What ends a plan in whatever state it is, or null.</summary>
    public static LimitVerdict.End? Ending(LimitFacts facts) =>
        facts.OptedOut ? new(PlanStates.OptedOut, "opted_out", "The customer asked to get no more messages of this kind.")
        : facts.Blocked ? new(PlanStates.Ended, "blocked", "The business blocked this customer.")
        : facts.Merged ? new(PlanStates.Ended, "merged", "The contact was merged into another.")
        : facts.Purchased && facts.StopsOnPurchase ? new(PlanStates.Converted, "purchased", "An order was placed or confirmed.")
        : facts.Replied ? new(PlanStates.Answered, "replied", "The customer wrote.")
        : facts.TakenOver ? new(PlanStates.Overtaken, "taken_over", "A person has the conversation.")
        : null;

    /// <summary>Of a plan that was approved, or is under way.</summary>
    public static LimitVerdict Next(IReadOnlyList<PlannedStep> steps, LimitFacts facts, long now)
    {
        if (Ending(facts) is { } end)
        {
            return end;
        }

        if (steps.All(s => s.State != StepState.Waiting) || steps.Count(s => s.State == StepState.Sent) >= RuleSettings.MostSteps)
        {
            return new LimitVerdict.Said();
        }

        var next = steps.Where(s => s.State == StepState.Waiting).MinBy(s => s.Step);
        var earliest = Math.Max(next.DueAt, facts.LastSentAt + facts.Spacing ?? long.MinValue);
        if (earliest > now)
        {
            return new LimitVerdict.Wait(Math.Min(facts.Times.NextAllowed(earliest), now + LookEvery));
        }

        var allowed = facts.Times.NextAllowed(now);
        return allowed > now ? new LimitVerdict.Wait(Math.Min(allowed, now + LookEvery)) : new LimitVerdict.Send(next.Step);
    }

    /// <summary>Whether this customer is one of those left alone: always the same for one rule, whoever asks.</summary>
    public static bool IsHeldOut(long tenantId, long contactId, string rule, int percent)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{tenantId}:{contactId}:{rule}"));
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash) % 100 < percent;
    }
}
