using Relais.Engine.Ai;
using Relais.Foundation;

namespace Relais.Engine.OwnTools;

/// <summary>
/// Closes the conversation. A model has it only in a turn in which the customer says that they are done: the server reads that in
/// their words, and no model decides it alone. The goodbye is ours.
/// </summary>
internal static class CloseTool
{
    public const string Name = "close_conversation";

    /// <summary>Longer holds something to be answered.</summary>
    private const int Longest = 80;

    private static readonly string[] Done =
    [
        .. ((string[])
        [
            "c'est tout", "ce sera tout", "rien d'autre", "plus besoin", "non merci", "merci c'est bon", "c'est bon merci", "au revoir", "bonne journée", "bonne soirée",
            "vous pouvez fermer", "tout est réglé", "problème réglé", "that's all", "that is all", "nothing else", "no thanks", "no thank you", "all good", "goodbye",
            "good bye", "bye", "you can close", "problem solved", "all sorted", "هذا كل شيء", "هذا كل شي", "لا شيء آخر", "لا شكرا", "مع السلامة", "وداعا", "إلى اللقاء", "بسلامة",
            "صافي شكرا", "شكرا هذا كل", "bslama", "safi chokran",
        ]).Select(p => " " + TextFolding.FoldWords(p) + " "),
    ];

    private static readonly ToolDefinition Definition = new(
        Name, ToolRisk.Read, "Ends the conversation with a goodbye that is sent for you. Only when the customer has said that they need nothing more.");

    public static AgentTool? For(Turn turn, string language) => !IsDone(turn) ? null : new AgentTool(
        Definition, (_, _) => Task.FromResult(new ToolAnswer("""{"state":"closed"}""", [new Decision.Close(AgentTexts.Goodbye(language))])));

    /// <summary>Every message of this turn that says something says that.</summary>
    public static bool IsDone(Turn turn)
    {
        var said = turn.Unanswered.Where(m => m.Type != "reaction").Select(m => m.Text).ToList();
        return said.Count > 0 && said.TrueForAll(t => t.Length is > 0 and <= Longest && !t.Contains('?', StringComparison.Ordinal) && !t.Contains('؟', StringComparison.Ordinal))
            && said.Exists(t => " " + TextFolding.FoldWords(t) + " " is var folded && Array.Exists(Done, d => folded.Contains(d, StringComparison.Ordinal)));
    }
}
