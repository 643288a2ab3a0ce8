namespace Relais.Engine.Ai;

/// <summary>What holds of every text of a model that a customer reads, whatever the model was told or talked into.</summary>
internal static class AnswerGuard
{
    /// <summary>The text without hidden characters and unknown links; null when it tells what is not for customers.</summary>
    /// <param name="text">A model's answer.</param>
    /// <param name="ownWords">The business's, whose links may be named.</param>
    /// <param name="prompt">Of the turn.</param>
    public static string? Clean(string text, IEnumerable<string> ownWords, BusinessPrompt prompt) =>
        LeakGuard.Of(prompt).Finds(text) ? null : LinkGuard.Clean(VisibleText.Strip(text), ownWords, prompt.AllowedLinks);

    /// <summary>False for words of a model that we would not quote to a customer beside our own.</summary>
    public static bool MayBeQuoted(string? words, BusinessPrompt prompt) => !LinkGuard.Holds(words) && !LeakGuard.Of(prompt).Finds(words);
}
