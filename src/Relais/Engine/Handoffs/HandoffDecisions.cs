using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Foundation;
using Relais.Tenants;

namespace Relais.Engine.Handoffs;

/// <summary>
/// The rules by which a conversation goes to people whatever model answers it: before one is asked, and over what it answered.
/// Pure. An offer is made once: whoever gives cause again gets a person (ADR 0031).
/// </summary>
internal static class HandoffDecisions
{
    /// <summary>Our last messages among which an offer counts as just made.</summary>
    private const int OfferLasts = 6;

    /// <summary>The same said so often is a loop, by the agent or by the customer.</summary>
    private const int MostRepeats = 3;

    /// <summary>What is decided without any model, or null.</summary>
    public static IReadOnlyList<Decision>? Before(Turn turn, HandoffSettings settings)
    {
        if (settings.Rules.AutomaticReplies != HandoffRules.Off && AutomaticReplies.Are(turn.History, turn.Unanswered))
        {
            return [new Decision.HandOff(HandoffReason.AutomaticReplies, "")];
        }

        // The language is looked for only when a rule has something to say.
        if (Because(turn, settings) is not { } decide)
        {
            return null;
        }

        var (language, isNew) = AiAgent.Detected(turn);
        return isNew ? [new Decision.SpeakLanguage(language), decide(language)] : [decide(language)];
    }

    /// <summary>What becomes of the agent's decisions.</summary>
    public static IReadOnlyList<Decision> After(Turn turn, IReadOnlyList<Decision> decided, HandoffSettings settings)
    {
        string Language() => decided.OfType<Decision.SpeakLanguage>().LastOrDefault()?.Language ?? AiAgent.LanguageOf(turn);
        if (decided.OfType<Decision.HandOff>().FirstOrDefault() is { } handOff)
        {
            return handOff.Reason == HandoffReason.NoAnswerFound && settings.Rules.NoAnswer == HandoffRules.Offer
                ? Instead(decided, Give(turn, settings, Language(), HandoffReason.NoAnswerFound, HandoffRules.Offer)) : decided;
        }

        var said = turn.History.Where(m => !m.FromCustomer).Select(m => m.Text).ToList();
        if (decided.OfType<Decision.Reply>().LastOrDefault() is { } reply)
        {
            // Who says hello twice is greeted twice.
            var matters = turn.Unanswered.Any(m => IsMatter(m.Text));
            if (matters && settings.Rules.FailedAnswers != HandoffRules.Off && Ignorance.IsSecond(reply.Text, said.LastOrDefault()))
            {
                return Instead(decided, Give(turn, settings, Language(), HandoffReason.FailedAnswers, settings.Rules.FailedAnswers!));
            }

            if (matters && settings.Rules.Loop != HandoffRules.Off && IsSaidAgain(reply.Text, said))
            {
                return Instead(decided, Give(turn, settings, Language(), HandoffReason.Loop, settings.Rules.Loop!));
            }
        }

        // The answer first: whoever is angry still asked something. A question with buttons stands alone.
        return settings.Rules.Anger == HandoffRules.Offer && !decided.Any(d => d is Decision.Send) && IsAngry(turn)
            ? [.. decided, HandoffOffer.Of(Language(), HandoffReason.Anger, settings)] : decided;
    }

    private static Func<string, Decision>? Because(Turn turn, HandoffSettings settings)
    {
        var (isChoice, reason) = HandoffOffer.Chosen(turn.Unanswered[^1].ChoiceId);
        return isChoice ? language => reason is { } why ? HandOff(language, why) : new Decision.Reply(AgentTexts.Invite(language))
            : PersonRequest.IsIn(turn.Unanswered) ? language => HandOff(language, HandoffReason.CustomerAsked)
            : settings.Rules.Anger is { } anger and not HandoffRules.Off && IsAngry(turn) && (anger == HandoffRules.Do || IsOffered(turn, settings))
            ? language => HandOff(language, HandoffReason.Anger)
            : settings.Rules.Loop is { } loop and not HandoffRules.Off && IsAskedAgain(turn)
            ? language => Give(turn, settings, language, HandoffReason.Loop, loop)
            : null;
    }

    /// <summary>A person, or the question whether one is wanted, unless it was asked just before.</summary>
    private static Decision Give(Turn turn, HandoffSettings settings, string language, HandoffReason reason, string rule) =>
        rule == HandoffRules.Offer && !IsOffered(turn, settings) ? HandoffOffer.Of(language, reason, settings) : HandOff(language, reason);

    private static Decision.HandOff HandOff(string language, HandoffReason reason) => new(reason, AgentTexts.HandOff(language, reason));

    private static IReadOnlyList<Decision> Instead(IReadOnlyList<Decision> decided, Decision decision) =>
        [.. decided.OfType<Decision.SpeakLanguage>(), decision];

    private static bool IsOffered(Turn turn, HandoffSettings settings) =>
        turn.History.Where(m => !m.FromCustomer).TakeLast(OfferLasts).Any(m => HandoffOffer.IsOne(m.Text, settings));

    private static bool IsAngry(Turn turn) => turn.Unanswered.Any(m => m is { ChoiceId: null, IsReadable: true } && Anger.IsIn(m.Text));

    /// <summary>The customer's last messages are one and the same question.</summary>
    private static bool IsAskedAgain(Turn turn)
    {
        if (turn.Unanswered[^1] is not { ChoiceId: null, IsReadable: true, Text.Length: > 0 } last || !IsMatter(last.Text)
            || turn.History.All(m => m.FromCustomer))
        {
            return false;
        }

        // Sent three times before we said anything is impatience; each must have had its answer.
        var words = TextFolding.FoldWords(last.Text);
        var times = 1;
        var isAnswered = false;
        for (var i = turn.History.Count - 1; i >= 0 && times < MostRepeats; i--)
        {
            var message = turn.History[i];
            if (!message.FromCustomer)
            {
                isAnswered = true;
            }
            else if (TextFolding.FoldWords(message.Text) != words)
            {
                return false;
            }
            else if (isAnswered)
            {
                (times, isAnswered) = (times + 1, false);
            }
        }

        return times >= MostRepeats;
    }

    /// <summary>Our last answers and this one are one and the same.</summary>
    private static bool IsSaidAgain(string reply, List<string> said)
    {
        if (said.Count < MostRepeats - 1)
        {
            return false;
        }

        var words = TextFolding.FoldWords(reply);
        return said.TakeLast(MostRepeats - 1).All(s => TextFolding.FoldWords(s) == words);
    }

    /// <summary>Courtesies are said again and again.</summary>
    private static bool IsMatter(string text) =>
        CustomerWords.Read(text, numberIsAwaited: false).Matter is Matter.Question or Matter.Order or Matter.Person;
}
