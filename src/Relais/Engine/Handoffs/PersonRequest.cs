using Relais.Engine.Ai.BuiltIn;

namespace Relais.Engine.Handoffs;

/// <summary>A clear request for a person, which no model may refuse. Narrower than what the built-in agent takes for one: what is unclear the model decides.</summary>
internal static class PersonRequest
{
    /// <summary>They hold such words and ask for none.</summary>
    private static readonly Phrases NotOne = new(
        """
        me conseiller|nous conseiller|vous conseillez|que me conseillez|tu me conseilles|êtes vous un humain|vous êtes un humain|tu es un humain|t'es un humain|es tu un humain|tu es humain|vous êtes humain|parler à un robot|pas besoin d'un|pas besoin de parler|pas envie de parler|ne veux pas parler|ne souhaite pas parler|ne me rappelez pas|ne pas me rappeler|j'ai déjà parlé|après avoir parlé|quand j'ai parlé|corps humain|me rappeler le|me rappeler la|me rappeler mon|me rappeler ma|me rappeler les
        are you a human|are you human|is this a human|am i talking to a|am i speaking to a|am i speaking with a|do not want to talk|don't want to talk|don't need to talk|don't need a human|don't need an agent|no need for|i already talked to|i already spoke|spoke to an agent|spoke with an agent|don't call me|do not call me|human hair|tour operator|mobile operator
        هل انت انسان|هل انت بشر|واش نتا بنادم|لا اريد التحدث|لا اريد ان اتحدث|مابغيتش نهضر|ما بغيتش نهضر|رقم خدمة العملاء|تكلمت مع|تحدثت مع|لا تتصلوا|لا تتصل
        wach nta bnadem|nta bnadem|wach hada bnadem|ma bghitch nhder|mabghitch nhder|ma bghitch nhdar|mabghitch nhdar|hdert m3a|hdart m3a
        """);

    public static bool IsIn(IReadOnlyList<TurnMessage> messages) =>
        messages.Any(m => m is { Text.Length: > 0, ChoiceId: null, IsReadable: true } && IsClear(m.Text));

    public static bool IsClear(string text) =>
        CustomerWords.Read(text, numberIsAwaited: false) is { Matter: Matter.Person, Padded: var words } && !NotOne.AreIn(words);
}
