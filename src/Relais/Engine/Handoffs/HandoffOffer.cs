using System.Text.Json;
using Relais.Channels;
using Relais.Engine.Ai;

namespace Relais.Engine.Handoffs;

/// <summary>The question whether the customer would rather talk to a person, and its two buttons. Which reason asked rides in the button.</summary>
internal static class HandoffOffer
{
    private const string Person = "handoff:";
    private const string Stay = "handoff:stay";

    public static Decision.Send Of(string language, HandoffReason reason, HandoffSettings settings) => new(new OutboundContent.Choices(
        settings.Messages.Say(AutomaticMessages.OfferFor(reason), language, settings.Business),
        [new Choice(Person + Word(reason), AgentTexts.TalkToAPerson(language)), new Choice(Stay, AgentTexts.GoOn(language))])
    {
        Language = language,
    });

    /// <summary>What the customer chose: why they get a person; stays with the agent; nothing of the kind.</summary>
    public static (bool IsOne, HandoffReason? Reason) Chosen(string? choiceId)
    {
        if (choiceId is null || !choiceId.StartsWith(Person, StringComparison.Ordinal))
        {
            return (false, null);
        }

        return choiceId == Stay ? (true, null)
            : (true, Enum.GetValues<HandoffReason>().Where(r => Person + Word(r) == choiceId).Select(r => (HandoffReason?)r).FirstOrDefault()
                ?? HandoffReason.CustomerAsked);
    }

    /// <summary>One of these questions, in whatever language it was asked.</summary>
    public static bool IsOne(string said, HandoffSettings settings) => AutomaticMessages.Offers.Any(
        name => AgentTexts.Languages.Any(language => settings.Messages.Say(name, language, settings.Business) == said));

    private static string Word(HandoffReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());
}
