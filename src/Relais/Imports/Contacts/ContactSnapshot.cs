namespace Relais.Imports.Contacts;

/// <param name="Value">As stored.</param>
/// <param name="Author">agent or ai.</param>
internal sealed record FieldNow(string Value, string Author);

/// <summary>As much of a contact as an import may change; as JSON it says what a row found and what it left.</summary>
internal sealed record ContactSnapshot
{
    public string? Name { get; init; }

    public long? NamedBy { get; init; }

    public string? Language { get; init; }

    public long? IsClient { get; init; }

    /// <summary>granted, withdrawn or unknown.</summary>
    public string Marketing { get; init; } = "unknown";

    public bool OptedOut { get; init; }

    /// <summary>Ids, upwards.</summary>
    public IReadOnlyList<long> Labels { get; init; } = [];

    /// <summary>By the name of the field.</summary>
    public IReadOnlyDictionary<string, FieldNow> Fields { get; init; } = new SortedDictionary<string, FieldNow>(StringComparer.Ordinal);

    public bool IsSame(ContactSnapshot other) => this with { Labels = [], Fields = NoFields } == other with { Labels = [], Fields = NoFields }
        && Labels.SequenceEqual(other.Labels) && Fields.Count == other.Fields.Count
        && Fields.All(f => other.Fields.TryGetValue(f.Key, out var value) && value == f.Value);

    /// <summary>As the row says; what it is silent of stays.</summary>
    public ContactSnapshot After(ContactLine line, IReadOnlyList<long> labels, long agentId)
    {
        var fields = new SortedDictionary<string, FieldNow>(Fields.ToDictionary(f => f.Key, f => f.Value), StringComparer.Ordinal);
        foreach (var (name, value) in line.Fields)
        {
            if (fields.GetValueOrDefault(name)?.Value != value)
            {
                fields[name] = new FieldNow(value, Conversations.ContactValue.ByAgent);
            }
        }

        var isRenamed = line.Name is { } name_ && name_ != Name;
        return this with
        {
            Name = isRenamed ? line.Name : Name,
            NamedBy = isRenamed ? agentId : NamedBy,
            Language = line.Language ?? Language,
            IsClient = line.IsClient is { } isClient ? (isClient ? 1 : 0) : IsClient,
            OptedOut = OptedOut || line.OptedOut == true,
            Marketing = OptedOut || line.OptedOut == true || line.Marketing == false || Marketing == "withdrawn" ? "withdrawn"
                : line.Marketing == true ? "granted" : Marketing,
            Labels = [.. Labels.Union(labels).Order()],
            Fields = fields,
        };
    }

    /// <summary>
    /// This, with what a row changed put back to what it was, where it is still as the row left it. A withdrawal is never put back.
    /// </summary>
    /// <param name="was">Before the row.</param>
    /// <param name="became">After it.</param>
    /// <param name="isWhole">True when everything the row did is taken back.</param>
    public ContactSnapshot Before(ContactSnapshot was, ContactSnapshot became, out bool isWhole)
    {
        var (whole, fields) = (true, new SortedDictionary<string, FieldNow>(Fields.ToDictionary(f => f.Key, f => f.Value), StringComparer.Ordinal));
        foreach (var name in became.Fields.Keys.Where(n => was.Fields.GetValueOrDefault(n) != became.Fields[n]))
        {
            if (fields.GetValueOrDefault(name) != became.Fields[name])
            {
                whole = false;
            }
            else if (was.Fields.TryGetValue(name, out var old))
            {
                fields[name] = old;
            }
            else
            {
                fields.Remove(name);
            }
        }

        var isNameBack = Back((was.Name, was.NamedBy), (became.Name, became.NamedBy), (Name, NamedBy));
        var restored = this with
        {
            Name = isNameBack.Name,
            NamedBy = isNameBack.NamedBy,
            Language = Back(was.Language, became.Language, Language),
            IsClient = Back(was.IsClient, became.IsClient, IsClient),
            Marketing = became.Marketing == "granted" ? Back(was.Marketing, became.Marketing, Marketing) : Marketing,
            Labels = [.. Labels.Except(became.Labels.Except(was.Labels)).Order()],
            Fields = fields,
        };
        isWhole = whole && (became.Marketing != "withdrawn" || was.Marketing == "withdrawn");
        return restored;

        T Back<T>(T before, T after, T now)
        {
            if (EqualityComparer<T>.Default.Equals(before, after))
            {
                return now;
            }

            if (EqualityComparer<T>.Default.Equals(after, now))
            {
                return before;
            }

            whole = false;
            return now;
        }
    }

    private static SortedDictionary<string, FieldNow> NoFields { get; } = new(StringComparer.Ordinal);
}
