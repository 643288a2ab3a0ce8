using Relais.Conversations;
using Relais.Tenants;

namespace Relais.Engine;

/// <summary>What is to be done with a conversation that has unanswered messages.</summary>
internal abstract record Route
{
    /// <summary>Wait: the customer may still be writing.</summary>
    internal sealed record WaitFor(TimeSpan Delay) : Route;

    /// <summary>The customer asked for silence; say once that it is heard.</summary>
    internal sealed record ConfirmOptOut : Route;

    /// <summary>The customer typed that they want another page of our list.</summary>
    internal sealed record ShowPage : Route;

    /// <summary>The customer took it back; say once that messages come again.</summary>
    internal sealed record ConfirmOptIn : Route;

    /// <summary>The customer asked for silence a second time: nothing is said.</summary>
    internal sealed record StaySilent : Route;

    /// <summary>The AI agent's turn.</summary>
    internal sealed record AskAiAgent : Route;

    /// <summary>The AI agent writes a suggestion for a person; nothing is sent.</summary>
    internal sealed record Draft : Route;

    /// <summary>The AI agent is switched off here: people get it, and nothing is said.</summary>
    internal sealed record LeaveToPeople : Route;

    /// <summary>The flow that has the conversation goes on.</summary>
    internal sealed record RunFlow : Route;

    /// <summary>Deciding failed again and again: people take it from here.</summary>
    internal sealed record GiveUp : Route;
}

/// <summary>Decides who decides. Pure: no storage, no network, no clock of its own.</summary>
internal static class Router
{
    /// <summary>Someone who keeps typing is answered at the latest this long after their first message.</summary>
    private const long LongestQuiet = 5 * Foundation.Instants.Second;

    /// <summary>Runs of one turn that may fail (or take the process with them) before a person gets it.</summary>
    public const int MostFailures = 3;

    /// <param name="due">The turn.</param>
    /// <param name="quiet">How long the number waits for the rest of a burst.</param>
    /// <param name="ofInbox">What the AI agent does on this number.</param>
    /// <param name="now">Microseconds UTC.</param>
    public static Route Route(DueTurn due, TimeSpan quiet, AiMode ofInbox, long now)
    {
        if (due.Turn.Unanswered.Count == 0)
        {
            return due.Failures >= MostFailures ? new Route.GiveUp() : new Route.RunFlow();
        }

        var last = due.Turn.Unanswered[^1];
        // A machine may mishear: silence is asked for in writing.
        if (!due.IsWithPeople && due.LastChoiceId is null && last.Type != "audio" && ConsentWords.Said(last.Text) is var word and not ConsentWord.None)
        {
            if (word == ConsentWord.OptOut)
            {
                return IsRepeated(due.Turn) ? new Route.StaySilent() : new Route.ConfirmOptOut();
            }

            // "Start" is an everyday word: the same time says that this very message ended an opt-out.
            if (due.OptedInAt is not null && due.OptedInAt == due.LastInboundAt)
            {
                return new Route.ConfirmOptIn();
            }
        }

        if (due.Session is not null)
        {
            return due.Failures >= MostFailures ? new Route.GiveUp() : new Route.RunFlow();
        }

        var mode = due.IsWithPeople ? AiMode.Draft : due.Mode ?? ofInbox;
        if (mode == AiMode.Quiet)
        {
            return new Route.LeaveToPeople();
        }

        if (mode == AiMode.Answer && due.Failures >= MostFailures)
        {
            return new Route.GiveUp();
        }

        if (due.LastChoiceId is null && quiet > TimeSpan.Zero && due.LastInboundAt is { } lastAt)
        {
            var until = Math.Min(lastAt + Foundation.Instants.ToMicros(quiet), due.FirstUnansweredAt + LongestQuiet);
            if (until > now)
            {
                return new Route.WaitFor(TimeSpan.FromMicroseconds(until - now));
            }
        }

        return mode == AiMode.Draft ? new Route.Draft() : !due.AsksForPage ? new Route.AskAiAgent() : new Route.ShowPage();
    }

    /// <summary>The customer's last answered message said the same.</summary>
    private static bool IsRepeated(Turn turn) =>
        turn.History.LastOrDefault(m => m.FromCustomer) is { Type: not "audio" } before && ConsentWords.Said(before.Text) == ConsentWord.OptOut;
}
