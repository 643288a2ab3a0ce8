using Relais.Engine.Ai;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>Ends of a flow that give the conversation to people, and what is said with an end.</summary>
internal static class FlowHandOffs
{
    private static readonly LocalText LeftFlow = new(
        null,
        "D'accord, on s'arrête là. Écrivez-moi quand vous voulez. 🙂",
        "حسنًا، نتوقف هنا. راسلني متى شئت. 🙂",
        "All right, we'll stop here. Write to me whenever you like. 🙂");

    /// <summary>Said when the customer leaves the flow by a word.</summary>
    public static string LeftText(string language) => LeftFlow.In(language);

    /// <summary>Null for an end that leaves it with the bot.</summary>
    public static Decision.HandOff? Of(FlowEnd? end, string language) => end switch
    {
        FlowEnd.Transferred { Text: { } text } given => new Decision.HandOff(HandoffReason.FlowRequested, text) { Word = given.Reason },
        FlowEnd.Transferred { Reason: "invalid_answers" } => new Decision.HandOff(
            HandoffReason.FailedAnswers, AgentTexts.HandOff(language, HandoffReason.FailedAnswers)) { Word = "invalid_answers" },
        FlowEnd.Transferred given => new Decision.HandOff(
            HandoffReason.FlowRequested, AgentTexts.HandOff(language, HandoffReason.FlowRequested)) { Word = given.Reason },
        FlowEnd.Failed => new Decision.HandOff(
            HandoffReason.FlowFailed, AgentTexts.HandOff(language, HandoffReason.FlowFailed)),
        _ => null,
    };
}
