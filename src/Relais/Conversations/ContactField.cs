using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Relais.Foundation;

namespace Relais.Conversations;

/// <summary>A thing a business wants to know of its customers, as stored.</summary>
internal sealed partial class ContactField
{
    public const string Choice = "choice";

    public long TenantId { get; init; }

    /// <summary>name, email, city, address, or the business's own.</summary>
    public string Name { get; init; } = "";

    /// <summary>text, email, number, date or choice.</summary>
    public string Kind { get; init; } = "";

    /// <summary>For models.</summary>
    public string? Description { get; init; }

    /// <summary>choice: JSON array.</summary>
    public string? Words { get; init; }

    public long Position { get; init; }

    public IReadOnlyList<string> WordList => Words is null ? [] : JsonSerializer.Deserialize<List<string>>(Words)!;

    public static bool IsKind(string? kind) => kind is "text" or "email" or "number" or "date" or Choice;

    /// <summary>The value as it is stored; null when it is none of this kind.</summary>
    public string? Clean(string value)
    {
        var text = CustomerText.Normalise(ShortText.OneLine(value)).Trim();
        return text.Length == 0 || text.Length > Longest ? null : Kind switch
        {
            "email" => Email().IsMatch(text) ? text.ToLowerInvariant() : null,
            "number" => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number.ToString(CultureInfo.InvariantCulture) : null,
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null,
            Choice => WordList.FirstOrDefault(w => TextFolding.FoldWords(w) == TextFolding.FoldWords(text)),

            // An address shown as somebody's name would look like the business's own link.
            _ => text.Contains("://", StringComparison.Ordinal) || text.Contains("www.", StringComparison.OrdinalIgnoreCase) ? null : text,
        };
    }

    private int Longest => Name switch { "name" or "city" => 100, "address" => 300, _ => 500 };

    [GeneratedRegex(@"^[^\s@<>""(),;:\\]{1,64}@[\p{L}\p{N}-]{1,63}(\.[\p{L}\p{N}-]{1,63})+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Email();
}

/// <summary>What is known of a customer.</summary>
internal sealed class ContactValue
{
    /// <summary>Set by a person, who is not overruled.</summary>
    public const string ByAgent = "agent";

    /// <summary>Noted by the AI agent.</summary>
    public const string ByAi = "ai";

    public string Name { get; init; } = "";

    public string Value { get; init; } = "";

    public string Author { get; init; } = "";

    public long UpdatedAt { get; init; }
}
