using Relais.Foundation;

namespace Relais.Engine.Handoffs;

/// <summary>
/// Whether a program answers us: another business's agent, an away message, an echo. Noticed by its pace, which no thumb keeps: to
/// eight answers in a row something came back faster than anybody reads and types; or three times at that pace the same words, or
/// ours. Taps are quick and prove nothing.
/// </summary>
internal static class AutomaticReplies
{
    /// <summary>Answers of ours that were replied to by machine; two bots stop before the tenth.</summary>
    private const int MostAnswers = 8;

    /// <summary>Where the same words come back, or ours.</summary>
    private const int MostRepeats = 3;

    /// <summary>Shorter can be typed in a moment: "oui", "ok merci".</summary>
    private const int FewestCharacters = 12;

    /// <summary>Read and typed in a second; the fastest thumbs type four.</summary>
    private const int HumanCharacters = 6;

    /// <summary>Longer after our answer anybody may have pasted it.</summary>
    private const long Longest = 30 * Instants.Second;

    public static bool Are(IReadOnlyList<TurnMessage> history, IReadOnlyList<TurnMessage> unanswered)
    {
        var (answers, repeats, isRepeating) = (0, 0, true);
        TurnMessage? reply = null;
        string? said = null;
        for (var i = history.Count + unanswered.Count - 1; i >= 0; i--)
        {
            var message = i >= history.Count ? unanswered[i - history.Count] : history[i];
            if (message.FromCustomer)
            {
                reply = message;
                continue;
            }

            if (reply is null)
            {
                // Ours, before another of ours: both were replied to at once.
                answers += answers > 0 ? 1 : 0;
                continue;
            }

            if (!IsByMachine(message, reply))
            {
                break;
            }

            var words = TextFolding.FoldWords(reply.Text);
            isRepeating &= said is null || said == words || words == TextFolding.FoldWords(message.Text);
            (said, answers, repeats, reply) = (words, answers + 1, isRepeating ? repeats + 1 : repeats, null);
        }

        return answers >= MostAnswers || repeats >= MostRepeats;
    }

    private static bool IsByMachine(TurnMessage ours, TurnMessage reply)
    {
        var took = reply.At - ours.At;
        return reply is { ChoiceId: null, Text.Length: >= FewestCharacters } && took is > 0 and <= Longest
            && reply.Text.Length * Instants.Second >= HumanCharacters * took;
    }
}
