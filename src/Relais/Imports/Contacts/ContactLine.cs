using Relais.Conversations;
using Relais.Foundation;

namespace Relais.Imports.Contacts;

/// <summary>What a row says of a customer; null: it says nothing of that.</summary>
internal sealed record ContactLine(int Row)
{
    public string? Phone { get; init; }

    public long? ContactId { get; init; }

    public string? Name { get; init; }

    public string? Language { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];

    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public bool? Marketing { get; init; }

    public bool? OptedOut { get; init; }

    public bool? IsClient { get; init; }

    public string? Proof { get; init; }
}

/// <summary>Reads rows of contacts. Pure: what is known of anybody is not asked here.</summary>
internal sealed class ContactLines(ImportMapping mapping, IReadOnlyList<ContactField> fields)
{
    public const string Phone = "phone";
    public const string ContactId = "contact_id";
    public const string Name = "name";
    public const string Language = "language";
    public const string Labels = "labels";
    public const string Marketing = "marketing_consent";
    public const string Proof = "consent_proof";
    public const string OptedOut = "opted_out";
    public const string Client = "client";

    /// <summary>In front of the name of a field of the business.</summary>
    public const string Field = "field:";

    private const int LongestName = 120;
    private const int LongestLabel = 40;
    private const int LongestProof = 500;

    private static readonly Dictionary<string, string> Languages = new[]
    {
        ("fr", "fr français french الفرنسية فرنسية فرنسي fra"), ("ar", "ar arabe arabic العربية عربية عربي darija ara"), ("en", "en anglais english الإنجليزية إنجليزية إنجليزي eng"),
    }.SelectMany(l => l.Item2.Split(' ').Select(word => (l.Item1, Word: TextFolding.FoldWords(word)))).DistinctBy(l => l.Word).ToDictionary(l => l.Word, l => l.Item1, StringComparer.Ordinal);

    private readonly Dictionary<string, int> places = mapping.Columns.Select((target, place) => (target, place)).Where(p => p.target is not null)
        .DistinctBy(p => p.target).ToDictionary(p => p.target!, p => p.place, StringComparer.Ordinal);

    /// <summary>The row, or null when it is left out; problems go into the list.</summary>
    public ContactLine? Read(FileRow row, IReadOnlySet<string> knownLabels, List<RowProblem> problems)
    {
        var before = problems.Count;
        var (phone, id) = Who(row, problems);
        var line = new ContactLine(row.Number)
        {
            Phone = phone,
            ContactId = id,
            Name = At(row, Name) is { Length: > 0 } name ? NameOf(row, name, problems) : null,
            Language = At(row, Language) is { Length: > 0 } language ? LanguageOf(row, language, problems) : null,
            Labels = LabelsOf(row, knownLabels, problems),
            Fields = FieldsOf(row, problems),
            Marketing = FlagOf(row, Marketing, problems),
            OptedOut = FlagOf(row, OptedOut, problems),
            IsClient = FlagOf(row, Client, problems),
            Proof = At(row, Proof) is { Length: > 0 } proof ? ShortText.Fit(proof, LongestProof) : null,
        };
        return problems.Skip(before).Any(p => !p.IsWarning) ? null : line;
    }

    private (string? Phone, long? ContactId) Who(FileRow row, List<RowProblem> problems)
    {
        var raw = At(row, Phone);
        if (raw.Length > 0)
        {
            var (number, fault) = NationalNumbers.Read(raw, mapping.Country);
            if (number is null)
            {
                Add(row, Phone, fault switch { NumberFault.NoCountry => ImportTexts.NoCountry, NumberFault.Cut => ImportTexts.CutNumber, _ => ImportTexts.BadPhone }, raw, problems);
            }

            return (number, null);
        }

        var known = At(row, ContactId);
        if (known.Length > 0 && long.TryParse(known, out var id) && id > 0)
        {
            return (null, id);
        }

        Add(row, Phone, ImportTexts.NoPhone, null, problems);
        return (null, null);
    }

    private static string? NameOf(FileRow row, string name, List<RowProblem> problems)
    {
        var clean = ShortText.OneLine(name);
        if (clean.Length <= LongestName)
        {
            return clean;
        }

        problems.Add(new RowProblem(row.Number, -1, ImportTexts.NameTooLong, clean));
        return null;
    }

    private string? LanguageOf(FileRow row, string told, List<RowProblem> problems)
    {
        var folded = TextFolding.FoldWords(told);
        var language = Languages.GetValueOrDefault(folded) ?? Languages.GetValueOrDefault(folded.Split(' ')[0]);
        if (language is null)
        {
            Add(row, Language, ImportTexts.BadLanguage, told, problems);
        }

        return language;
    }

    /// <summary>Parted by |, else by ; or commas, unless the whole cell is a label.</summary>
    private IReadOnlyList<string> LabelsOf(FileRow row, IReadOnlySet<string> known, List<RowProblem> problems)
    {
        var cell = At(row, Labels);
        var names = known.Contains(TextFolding.FoldWords(cell)) ? [cell]
            : cell.Split(cell.Contains('|', StringComparison.Ordinal) ? ['|'] : new[] { ';', ',' }, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Exists(names, n => n.Length > LongestLabel || TextFolding.FoldWords(n).Length == 0))
        {
            Add(row, Labels, ImportTexts.BadLabel, cell, problems);
            return [];
        }

        return names;
    }

    private Dictionary<string, string> FieldsOf(FileRow row, List<RowProblem> problems)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (At(row, Field + field.Name) is not { Length: > 0 } told)
            {
                continue;
            }

            if (field.Clean(told) is { } clean)
            {
                values[field.Name] = clean;
            }
            else
            {
                Add(row, Field + field.Name, ImportTexts.BadValue, told, problems);
            }
        }

        return values;
    }

    private bool? FlagOf(FileRow row, string target, List<RowProblem> problems)
    {
        var told = At(row, target);
        if (!Flag.Read(told, out var flag))
        {
            Add(row, target, ImportTexts.BadFlag, told, problems);
        }

        return flag;
    }

    private string At(FileRow row, string target) => places.TryGetValue(target, out var place) ? row.At(place) : "";

    private void Add(FileRow row, string target, string code, string? value, List<RowProblem> problems) =>
        problems.Add(new RowProblem(row.Number, places.GetValueOrDefault(target, -1), code, value));
}
