using Relais.Conversations;
using Relais.Engine.Ai;

namespace Relais.Engine.Handoffs;

/// <summary>
/// The sentences the program says by itself that a business may word its own way, by name and language. What it has not worded is
/// said in ours.
/// </summary>
/// <param name="own">(name, language) ⇒ the business's words.</param>
internal sealed class AutomaticMessages(IReadOnlyDictionary<(string Name, string Language), string> own)
{
    public const string HoursOpen = "hours_open";
    public const string HoursClosed = "hours_closed";

    private const string OptedOut = "opted_out";
    private const string OptedIn = "opted_in";
    private const string Business = "business";

    /// <summary>Each name with the reasons it is said for; a reason has one name.</summary>
    private static readonly Dictionary<string, HandoffReason[]> ForReasons = new(StringComparer.Ordinal)
    {
        ["technical_problem"] = [HandoffReason.ModelFailed, HandoffReason.TooManySteps],
        ["not_understood"] = [HandoffReason.NoAnswerFound],
        ["handoff_requested"] = [HandoffReason.CustomerAsked, HandoffReason.FlowRequested],
        ["handoff_reserved_topic"] = [HandoffReason.ReservedTopic],
        ["handoff_order_not_found"] = [HandoffReason.OrderNotFound],
        ["handoff_order_change"] = [HandoffReason.OrderChange],
        ["handoff_unreadable"] = [HandoffReason.UnreadableMessage],
        ["handoff_cart"] = [HandoffReason.CartReceived],
        ["handoff_budget"] = [HandoffReason.BudgetSpent],
        ["handoff_anger"] = [HandoffReason.Anger],
        ["handoff_loop"] = [HandoffReason.Loop, HandoffReason.FailedAnswers],
    };

    private static readonly Dictionary<string, Func<string, string>> Defaults = All();

    /// <summary>Only ours.</summary>
    public static AutomaticMessages Ours { get; } = new(new Dictionary<(string, string), string>());

    public static IReadOnlyCollection<string> Names => Defaults.Keys;

    /// <summary>The questions whether a person is wanted.</summary>
    public static IReadOnlyList<string> Offers { get; } = ["offer_anger", "offer_loop", "offer_no_answer"];

    public static string OfferFor(HandoffReason reason) => reason switch
    {
        HandoffReason.Anger => "offer_anger",
        HandoffReason.NoAnswerFound => "offer_no_answer",
        _ => "offer_loop",
    };

    /// <summary>The words in braces that may stand in a message.</summary>
    public static IReadOnlyList<string> Placeholders(string name) => name switch
    {
        HoursOpen => [Business, "until"],
        HoursClosed => [Business, "opens"],
        _ when DeskTexts.Names.Contains(name) => DeskTexts.Placeholders(name),
        _ => [Business],
    };

    /// <summary>Whether an empty text stands for: say nothing.</summary>
    public static bool MayBeEmpty(string name) => DeskTexts.Names.Contains(name);

    public static string Default(string name, string language) => Defaults[name](language);

    public string? Own(string name, string language) => own.GetValueOrDefault((name, language));

    public string Say(string name, string language, string business, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = (Own(name, language) ?? Default(name, language)).Replace("{business}", business, StringComparison.Ordinal);
        foreach (var (placeholder, value) in values)
        {
            text = text.Replace($"{{{placeholder}}}", value, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>What is said with a hand-off, in the business's words; what stands before our sentence stays.</summary>
    public string Reworded(Decision.HandOff handOff, string business)
    {
        var said = handOff.CustomerText;
        foreach (var language in AgentTexts.Languages)
        {
            if (own.Count > 0 && NameFor(handOff.Reason) is { } name && Own(name, language) is not null
                && Default(name, language) is var ours && said.EndsWith(ours, StringComparison.Ordinal))
            {
                return said[..^ours.Length] + Say(name, language, business);
            }
        }

        return said;
    }

    /// <summary>The confirmations of an opt-out and of its end, in the business's words; anything else as it is.</summary>
    public string Reworded(string reply, string business)
    {
        foreach (var ((name, language), _) in own)
        {
            if (name is OptedOut or OptedIn && Default(name, language) == reply)
            {
                return Say(name, language, business);
            }
        }

        return reply;
    }

    private static string? NameFor(HandoffReason reason) => ForReasons.FirstOrDefault(r => r.Value.Contains(reason)).Key;

    private static Dictionary<string, Func<string, string>> All()
    {
        var all = ForReasons.ToDictionary(
            r => r.Key, r => (Func<string, string>)(language => AgentTexts.HandOff(language, r.Value[0])), StringComparer.Ordinal);
        foreach (var (name, reason) in ((string, HandoffReason)[])
            [("offer_anger", HandoffReason.Anger), ("offer_loop", HandoffReason.Loop), ("offer_no_answer", HandoffReason.NoAnswerFound)])
        {
            all[name] = language => AgentTexts.Offer(language, reason);
        }

        foreach (var name in DeskTexts.Names)
        {
            all[name] = language => DeskTexts.Default(name, language);
        }

        all[OptedOut] = AgentTexts.OptedOut;
        all[OptedIn] = AgentTexts.OptedIn;
        all[HoursOpen] = language => language switch
        {
            AgentTexts.Arabic => "نحن متواجدون حتى الساعة {until}.",
            AgentTexts.English => "We are open until {until}.",
            _ => "Nous sommes ouverts jusqu'à {until}.",
        };
        all[HoursClosed] = language => language switch
        {
            AgentTexts.Arabic => "نحن مغلقون الآن، ونفتح {opens}.",
            AgentTexts.English => "We are closed now and open {opens}.",
            _ => "Nous sommes fermés pour le moment et rouvrons {opens}.",
        };
        return all;
    }
}
