using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>What starts which flow. Pure. The most particular wins: a button, then a keyword, then closed hours, then a first message, then any.</summary>
internal static class FlowTriggers
{
    private static readonly string[] Order = ["button", "campaign_reply", "keyword", "out_of_hours", "first_message", "message"];

    /// <summary>The flow that a message starts, and by what; null for none.</summary>
    /// <param name="flows">Of the tenant, published ones.</param>
    /// <param name="asked">The message and where it came from.</param>
    public static (KnownFlow Flow, FlowTrigger By)? Find(IReadOnlyList<KnownFlow> flows, AskedTrigger asked)
    {
        foreach (var type in Order)
        {
            foreach (var flow in flows)
            {
                if (flow.Settings.Triggers.FirstOrDefault(t => t.Type == type && Fits(t, asked)) is { } by)
                {
                    return (flow, by);
                }
            }
        }

        return null;
    }

    /// <summary>Whether a whole message is one of these words, however it is written.</summary>
    public static bool Says(string text, IReadOnlyList<string> words) =>
        words.Count > 0 && TextFolding.FoldWords(text) is { Length: > 0 } said && words.Any(w => TextFolding.FoldWords(w) == said);

    private static bool Fits(FlowTrigger trigger, AskedTrigger asked) =>
        (trigger.InboxIds.Count == 0 || trigger.InboxIds.Contains(asked.InboxId))
        && (!asked.IsInAFlow || (trigger.Type is "keyword" or "button" && trigger.Interrupts))
        && trigger.Type switch
        {
            "message" => true,
            "first_message" => asked.IsFirst,
            "out_of_hours" => asked.IsClosed,
            "campaign_reply" => asked.CampaignId is { } campaign && (trigger.Values.Count == 0 || trigger.Values.Contains(campaign)),
            "button" => asked.ChoiceId is { } choice && (trigger.Values.Count == 0 || trigger.Values.Contains(choice)),
            "keyword" => HasWord(trigger, asked.Text),
            _ => false,
        };

    private static bool HasWord(FlowTrigger trigger, string text)
    {
        var said = TextFolding.FoldWords(text);
        return said.Length > 0 && trigger.Words.Select(TextFolding.FoldWords).Where(w => w.Length > 0).Any(word => trigger.Match switch
        {
            "contains" => $" {said} ".Contains($" {word} ", StringComparison.Ordinal),
            "starts_with" => $"{said} ".StartsWith(word + " ", StringComparison.Ordinal),
            _ => said == word,
        });
    }
}

/// <param name="Text">What was written.</param>
/// <param name="ChoiceId">Of a tap, or null.</param>
/// <param name="InboxId">Which number.</param>
/// <param name="IsFirst">True for the first message of a conversation.</param>
/// <param name="IsClosed">True out of business hours.</param>
/// <param name="IsInAFlow">True while a flow has the conversation: only what may interrupt counts.</param>
internal sealed record AskedTrigger(string Text, string? ChoiceId, long InboxId, bool IsFirst, bool IsClosed, bool IsInAFlow)
{
    /// <summary>The campaign this is the first answer to, or null.</summary>
    public string? CampaignId { get; init; }
}
