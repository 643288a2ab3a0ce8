using Relais.Conversations;
using Relais.Foundation;

namespace Relais.FollowUps.Planning;

/// <summary>The planner without a model: the rule's own words at the rule's own distance. Pure.</summary>
internal static class BuiltInPlanner
{
    public const string Name = "built_in";

    /// <summary>It only knows that the rule fits, not whether the moment is right.</summary>
    private const int Sureness = 75;

    private const int LongestQuote = 200;

    public static PlanOutcome Plan(PlanContext context)
    {
        var (plan, rule) = (context.Plan, context.Rule);
        var steps = new List<ProposedStep>();
        var at = context.Now;
        for (var step = 1; step <= Math.Min(rule.MaxSteps, RuleSettings.MostSteps); step++)
        {
            var words = step == 1 && plan.Note is { Length: > 0 } note ? note : FollowUpTexts.Of(plan.Rule, rule, context.Language, step);
            if (words is null)
            {
                break;
            }

            at = context.Times.NextAllowed(at);
            steps.Add(new ProposedStep(at, context.Words.Fill(words, context.Language), context.RuleTemplate()));
            at += rule.SpacingHours * Instants.Hour;
        }

        return new PlanOutcome.Proposed(Name, context.Language, Sureness, Reason(context), Evidence(context), steps);
    }

    private static string Reason(PlanContext context)
    {
        var hours = context.Rule.WaitHours;
        return context.Plan.Rule switch
        {
            RuleKinds.QuietAfterOffer => $"We spoke last, with an offer or a question, and {hours} hours have passed without an answer.",
            RuleKinds.OpenOrder => $"Order {context.Words.Order} has been neither confirmed nor cancelled for {hours} hours.",
            RuleKinds.AppointmentMissed => $"The date noted for this customer, {context.Words.Date}, has passed.",
            RuleKinds.Inactive => $"Nobody has written for {hours / 24} days.",
            _ => "A person asked for it.",
        };
    }

    private static List<PlanEvidence> Evidence(PlanContext context)
    {
        var last = context.Messages.LastOrDefault(m => m.Author != Author.Customer && m.Content.Length > 0);
        var asked = context.Messages.LastOrDefault(m => m.Author == Author.Customer && m.Content.Length > 0);
        return [.. new[] { asked, last }.OfType<StoredMessage>().Select(m => new PlanEvidence(m.Id, ShortText.Fit(ShortText.OneLine(m.Content), LongestQuote)))];
    }
}
