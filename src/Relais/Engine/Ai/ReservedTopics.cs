using System.Runtime.CompilerServices;
using Relais.Engine.Ai.BuiltIn;

namespace Relais.Engine.Ai;

/// <summary>Topics a business keeps for people: looked for before any model is asked, so that none can talk its way round them.</summary>
internal static class ReservedTopics
{
    /// <summary>By the list itself: a prompt's lists live as long as it is in use.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, Phrases> Folded = [];

    public static bool AreIn(IReadOnlyList<string> topics, IReadOnlyList<TurnMessage> messages)
    {
        if (topics.Count == 0)
        {
            return false;
        }

        var phrases = Folded.GetValue(topics, static t => new Phrases(string.Join('|', t.Select(one => one.Replace('|', ' ').Replace('*', ' ')))));
        return messages.Any(m => m.Text.Length > 0 && phrases.AreIn(Phrases.Pad(m.Text)));
    }
}
