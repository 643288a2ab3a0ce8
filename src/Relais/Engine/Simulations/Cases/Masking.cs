using System.Text.RegularExpressions;
using Relais.Engine.Ai.BuiltIn;

namespace Relais.Engine.Simulations.Cases;

/// <summary>
/// Takes personal data out of what people wrote and puts the same placeholder for the same thing, so that a conversation keeps its sense: names that
/// are known or introduced, telephone numbers, e-mail addresses, links, order numbers, addresses, long numbers. Not for two threads.
/// What else people tell of themselves stays: whoever saves a case reads it first (docs/simulations.md).
/// </summary>
internal sealed partial class Masking
{
    private static readonly string[] Names = ["Alex", "Sam", "Camille", "Noor", "Dominique", "Charlie", "Andrea", "Sacha"];

    /// <summary>A word of fewer letters is an everyday word more often than a name.</summary>
    private const int LeastName = 3;

    private readonly Dictionary<string, string> orders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> phones = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> mails = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> people = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="names">People who may be named: the customer, the team. First and last names count each.</param>
    public Masking(IEnumerable<string?> names)
    {
        foreach (var name in names.OfType<string>().SelectMany(n => Word().Matches(n).Select(m => m.Value)).Where(n => n.Length >= LeastName))
        {
            Person(name);
        }
    }

    /// <summary>Of these orders, by number, those whose numbers were masked, under what stands for them.</summary>
    public IReadOnlyList<CaseOrder> Known(IReadOnlyDictionary<string, CaseOrder> given) =>
        [.. orders.Where(o => given.ContainsKey(o.Key)).Select(o => given[o.Key] with { Number = o.Value })];

    /// <summary>The placeholder of an order number.</summary>
    /// <param name="number">As it is looked up: TRK123456.</param>
    public string Order(string number) => Kept(orders, number, n => $"TRK{900_000 + n}");

    public string Mask(string text)
    {
        foreach (Match met in Introduction().Matches(text))
        {
            Person(met.Groups["name"].Value);
        }

        var masked = Link().Replace(text, "https://www.example.com");
        masked = Mail().Replace(masked, m => Kept(mails, m.Value, n => $"customer{n}@example.com"));
        masked = Marked().Replace(masked, m => TrackingNumbers.In(m.Value, true, true) is [var number, ..] ? Order(number) : m.Value);
        masked = Account().Replace(masked, m => Digits().Replace(m.Value, "X"));
        masked = Telephone().Replace(masked, m => IsOrder(m.Value) ? Order(m.Value) : Kept(phones, string.Concat(m.Value.Where(char.IsAsciiDigit)), n => $"+336000000{n:00}"));
        masked = Long().Replace(masked, m => Order(m.Value));
        masked = Street().Replace(masked, m => $"1 {m.Groups["kind"].Value} X");
        return people.Count == 0 ? masked : Word().Replace(masked, m => people.GetValueOrDefault(m.Value, m.Value));
    }

    /// <summary>A bare number that does not begin as telephones do is what customers give as their order's.</summary>
    private static bool IsOrder(string text) => text.All(char.IsAsciiDigit) && text[0] != '0' && text.Length <= 9;

    private void Person(string name)
    {
        if (name.Length >= LeastName)
        {
            Kept(people, name, n => Names[(n - 1) % Names.Length]);
        }
    }

    private static string Kept(Dictionary<string, string> known, string found, Func<int, string> next) =>
        known.TryGetValue(found, out var kept) ? kept : known[found] = next(known.Count + 1);

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:https?://|www\.)\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:trk[\s\-_:#.°/]*(?:n[°o]?[\s.:]*)?\d(?:[ \-.]?\d){2,19}|#\s?[a-z]{0,5}-?\d{3,20})(?!\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Marked();

    // IBAN, and payment cards in their groups of four.
    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?|\d{4}(?:[ \-]?\d{4}){2,3}(?:[ \-]?\d{1,3})?)(?![\p{L}\p{N}])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Account();

    // A day written in digits is none.
    [GeneratedRegex(@"(?<![\p{L}\p{N}/.\-])(?!\d{4}-\d\d-\d\d(?!\d)|\d\d?[/.\-]\d\d?[/.\-]\d{2,4}(?!\d))\+?\(?\d(?:[ .\-()/]{0,2}\d){7,14}(?!\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Telephone();

    [GeneratedRegex(@"(?<![\p{L}\p{N}.,+])\d{6,20}(?![\p{L}\p{N}])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Long();

    [GeneratedRegex(@"\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?<kind>rue|avenue|av\.?|boulevard|bd\.?|place|chemin|impasse|street|st\.?|road|rd\.?|شارع|زنقة|حي)\s+[\p{L}'’\- ]{2,40}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Street();

    [GeneratedRegex(@"(?:je m['’ ]?appelle|mon nom (?:est|c['’]est)|my name(?:'s| is)|i am called|اسمي|إسمي|سميتي|smiti|ismi)\s*:?\s+(?<name>\p{L}[\p{L}\p{M}]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"\d", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Digits();
}
