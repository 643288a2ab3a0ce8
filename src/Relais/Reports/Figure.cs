namespace Relais.Reports;

/// <summary>
/// What is counted, as columns of report_part and report_total (docs/api/metrics.md says what each means). The number is the
/// place in <see cref="Figures"/>; only sums are kept, so that any parts can be added up.
/// </summary>
internal enum Figure
{
    /// <summary>Author 1: what customers said; ours: what left.</summary>
    Messages,
    Delivered,
    Seen,
    Failed,

    /// <summary>Questions of customers: what they say until somebody answers is one.</summary>
    Turns,
    Answered,
    ResponseMicros,

    /// <summary>Answers to the first question of a conversation.</summary>
    FirstAnswers,
    FirstMicros,
    Opened,

    /// <summary>Of those opened, the ones that are closed now.</summary>
    Settled,
    Resolved,
    ResolutionMicros,
    Handoffs,
    Reopened,

    /// <summary>Hand-offs that a person answered, and how long the customer waited for it.</summary>
    Waits,
    WaitMicros,
}

/// <summary>The figures of one part, one bucket, one cell of a chart.</summary>
internal sealed class Figures
{
    /// <summary>Column names, in the order of <see cref="Figure"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "messages", "delivered", "seen", "failed", "turns", "answered", "response_micros", "first_answers", "first_micros", "opened",
        "settled", "resolved", "resolution_micros", "handoffs", "reopened", "waits", "wait_micros",
    ];

    /// <summary>The columns as they stand in a SELECT or INSERT.</summary>
    public static readonly string List = string.Join(", ", Columns);

    /// <summary>Their sums; PostgreSQL's are numeric unless told.</summary>
    public static readonly string Sums = string.Join(", ", Columns.Select(c => $"CAST(coalesce(sum({c}), 0) AS BIGINT)"));

    private readonly long[] values = new long[Columns.Count];

    public long this[Figure figure]
    {
        get => values[(int)figure];
        set => values[(int)figure] = value;
    }

    public bool IsZero => Array.TrueForAll(values, v => v == 0);

    public void Add(Figures other)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] += other.values[i];
        }
    }

    public bool SameAs(Figures other) => values.AsSpan().SequenceEqual(other.values);

    /// <summary>Reads them from consecutive columns.</summary>
    public static Figures Read(Storage.Row row, int firstColumn)
    {
        var figures = new Figures();
        for (var i = 0; i < Columns.Count; i++)
        {
            figures.values[i] = row.GetInt64(firstColumn + i);
        }

        return figures;
    }
}
