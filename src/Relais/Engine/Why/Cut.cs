namespace Relais.Engine.Why;

/// <summary>Text cut for the record: quickly, by characters, never inside a surrogate pair.</summary>
internal static class Cut
{
    public static string To(string text, int longest) =>
        text.Length <= longest ? text
            : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1), "…");
}
