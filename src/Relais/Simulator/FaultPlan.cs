namespace Relais.Simulator;

/// <summary>The programmed faults, tried in the order they were added. Without any, a send pays one volatile read.</summary>
internal sealed class FaultPlan
{
    private readonly Lock gate = new();
    private volatile Entry[] entries = [];

    public IReadOnlyList<Fault> Active => [.. entries.Select(e => e.Fault with { Times = e.Left })];

    public void Add(Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Every, 1);
        lock (gate)
        {
            entries = [.. entries, new Entry(fault)];
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            entries = [];
        }
    }

    /// <summary>The fault that hits the answer to this send, used up by one.</summary>
    public Fault? TakeForAnswer(string number, string to) => Take(number, to, aboutStatuses: false);

    /// <summary>The fault that hits the statuses of this send, used up by one.</summary>
    public Fault? TakeForStatuses(string number, string to) => Take(number, to, aboutStatuses: true);

    /// <summary>Whether the provider is down for every kind of call on this number.</summary>
    public bool IsDown(string number)
    {
        foreach (var entry in entries)
        {
            if (entry.Fault.Kind == FaultKind.Down && Matches(entry.Fault.Number, number) && Use(entry))
            {
                return true;
            }
        }

        return false;
    }

    private Fault? Take(string number, string to, bool aboutStatuses)
    {
        foreach (var entry in entries)
        {
            var fault = entry.Fault;
            if (fault.Kind != FaultKind.Down && fault.IsAboutStatuses == aboutStatuses
                && Matches(fault.Number, number) && Matches(fault.To, to) && Use(entry))
            {
                return fault;
            }
        }

        return null;
    }

    private static bool Matches(string? wanted, string actual) =>
        wanted is null || string.Equals(wanted, actual, StringComparison.Ordinal);

    private bool Use(Entry entry)
    {
        lock (gate)
        {
            if (entry.Left == 0 || ++entry.Seen % entry.Fault.Every != 0)
            {
                return false;
            }

            if (entry.Left is not null && --entry.Left == 0)
            {
                entries = [.. entries.Where(e => e != entry)];
            }

            return true;
        }
    }

    private sealed class Entry(Fault fault)
    {
        public Fault Fault { get; } = fault;

        public int? Left { get; set; } = fault.Times;

        public long Seen { get; set; }
    }
}
