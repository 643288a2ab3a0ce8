using System.Text.RegularExpressions;
using Relais.Foundation;

namespace Relais.Engine.Ai.Providers;

/// <summary>
/// Placeholders for what is a person's: e-mail addresses, numbers of phones, accounts (IBAN) and cards. In: texts of one conversation with a
/// model. Out: the same with <c>[EMAIL_1]</c>, <c>[PHONE_1]</c>, <c>[IBAN_1]</c>, <c>[CARD_1]</c>; the same value is the same placeholder, so
/// the model can still tell them apart. <see cref="Restore"/> puts them back. Not for two threads.
/// </summary>
internal sealed partial class Redaction
{
    private readonly Dictionary<string, string> placeholders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Nothing was hidden so far: nothing has to be put back.</summary>
    public bool IsEmpty => values.Count == 0;

    public string Hide(string text)
    {
        try
        {
            text = Email().Replace(text, m => For("EMAIL", m.Value));
            text = Iban().Replace(text, m => For("IBAN", m.Value));
            foreach (var card in CardNumbers.In(text))
            {
                text = text.Replace(card, For("CARD", card), StringComparison.Ordinal);
            }

            return Phone().Replace(text, m => m.Value.Count(char.IsDigit) is >= 8 and <= 15 ? For("PHONE", m.Value) : m.Value);
        }
        catch (RegexMatchTimeoutException)
        {
            // Better nothing is told than too much.
            return "…";
        }
    }

    public string Restore(string text)
    {
        if (IsEmpty || !text.Contains('_', StringComparison.Ordinal))
        {
            return text;
        }

        try
        {
            return Placeholder().Replace(text, m => values.GetValueOrDefault(m.Groups["name"].Value, m.Value));
        }
        catch (RegexMatchTimeoutException)
        {
            return text;
        }
    }

    private string For(string kind, string value)
    {
        if (!placeholders.TryGetValue(value, out var name))
        {
            name = $"{kind}_{placeholders.Count + 1}";
            placeholders[value] = name;
            values[name] = value;
        }

        return $"[{name}]";
    }

    [GeneratedRegex(@"[\p{L}\d._%+\-]{1,64}@[\p{L}\d\-]{1,63}(\.[\p{L}\d\-]{1,63}){1,4}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![\p{L}\d])[A-Z]{2}\d{2}( ?[A-Z\d]{4}){2,7}( ?[A-Z\d]{1,4})?(?![\p{L}\d])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Iban();

    /// <summary>With a plus (also as JSON may write it), or with a leading zero as at home; a number of an order is neither.</summary>
    [GeneratedRegex(@"(?<![\p{L}\d])(\+\d|\\u002[Bb]\d|00[1-9]|0[1-9])([ .\-()]{0,2}\d){6,13}(?![\p{L}\d])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Phone();

    [GeneratedRegex(@"\[?(?<name>(EMAIL|IBAN|CARD|PHONE)_\d{1,4})\]?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Placeholder();
}
