using System.Text.RegularExpressions;

namespace Relais.Desk.Composer;

/// <summary>What stands for a placeholder in one conversation; null when it is not known.</summary>
internal sealed record CannedFacts(string? ContactName, string? ContactPhone, string AgentName, string BusinessName, string? OrderNumber);

/// <summary>
/// Fills <c>{{contact.name}}</c> and its like in. What is not known becomes nothing and is named, so that nobody sends a hole
/// without having been told; a value is put in as it is and never read as a placeholder again.
/// </summary>
internal static partial class CannedRendering
{
    public static IReadOnlyList<string> Placeholders { get; } = ["contact.name", "contact.phone", "agent.name", "business.name", "order.number"];

    public static (string Text, IReadOnlyList<string> Missing) Fill(string text, CannedFacts facts)
    {
        var missing = new List<string>();
        var filled = Placeholder().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            var value = name switch
            {
                "contact.name" => facts.ContactName,
                "contact.phone" => facts.ContactPhone,
                "agent.name" => facts.AgentName,
                "business.name" => facts.BusinessName,
                "order.number" => facts.OrderNumber,
                _ => null,
            };
            if (string.IsNullOrEmpty(value) && !missing.Contains(name))
            {
                missing.Add(name);
            }

            return value ?? "";
        });
        return (filled, missing);
    }

    /// <summary>Placeholders that nothing stands for, so that a typing error is found when it is written.</summary>
    public static IReadOnlyList<string> Unknown(string text) =>
        [.. Placeholder().Matches(text).Select(m => m.Groups["name"].Value).Where(n => !Placeholders.Contains(n)).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{\{\s*(?<name>[\w.]{1,40})\s*\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Placeholder();
}
