namespace Relais.Reports;

/// <summary>What has to be written so that the stored parts are the counted ones; nothing where they already are.</summary>
internal sealed class RollupDifference
{
    private readonly SortedSet<(long TenantId, long Bucket)> buckets = [];

    public List<PartRow> GoneParts { get; } = [];

    public List<PartRow> NewParts { get; } = [];

    public List<MarkRow> GoneMarks { get; } = [];

    public List<MarkRow> NewMarks { get; } = [];

    /// <summary>Whose totals have to be added up again.</summary>
    public List<TenantBucket> Buckets => [.. buckets.Select(b => new TenantBucket(b.TenantId, b.Bucket))];

    public bool IsEmpty => GoneParts.Count + NewParts.Count + GoneMarks.Count + NewMarks.Count == 0;

    public void Compare(CountedConversation of, IEnumerable<PartRow> parts, IEnumerable<MarkRow> marks, ConversationFigures counted)
    {
        var stored = parts.ToDictionary(p => p.Key);
        foreach (var part in stored.Values.Where(p => !counted.Parts.ContainsKey(p.Key)))
        {
            GoneParts.Add(part);
            buckets.Add((of.TenantId, part.Key.Bucket));
        }

        foreach (var (key, figures) in counted.Parts)
        {
            if (!stored.TryGetValue(key, out var old) || old.InboxId != of.InboxId || !old.Figures.SameAs(figures))
            {
                NewParts.Add(new PartRow(of.TenantId, of.Id, of.InboxId, key, figures));
                buckets.Add((of.TenantId, key.Bucket));
            }
        }

        var known = marks.ToDictionary(m => m.Key);
        GoneMarks.AddRange(known.Values.Where(m => !counted.Marks.ContainsKey(m.Key)));
        NewMarks.AddRange(counted.Marks.Where(m => !known.TryGetValue(m.Key, out var old) || old.Times != m.Value || old.InboxId != of.InboxId)
            .Select(m => new MarkRow(of.TenantId, of.Id, of.InboxId, m.Key, m.Value)));
    }
}
