using Relais.Foundation;

namespace Relais.Reports;

/// <summary>Figures of one point or one row, by author (0: of the conversations themselves), and what they come to.</summary>
internal sealed class Tally
{
    private readonly Figures[] authors = [.. Enumerable.Range(0, 6).Select(_ => new Figures())];

    /// <summary>The names of <see cref="Of"/>, in the order they are shown.</summary>
    public static readonly IReadOnlyList<string> Metrics =
    [
        "messages_received", "messages_sent", "ai_responses", "flow_responses", "agent_responses", "human_handoffs", "response_rate",
        "first_response_time", "average_response_time", "handoff_wait_time", "conversations_opened", "conversations_reopened", "resolved",
        "resolution_rate", "resolution_time", "ai_share", "delivery_rate", "read_rate", "error_rate", "messages_failed",
    ];

    /// <summary>Figures of customers are nobody's: whoever asks for one agent's gets times and answers of that agent, and no response rate.</summary>
    public bool IsOfAgent { get; init; }

    private Figures Life => authors[0];

    private Figures Customer => authors[1];

    private Figures Answering => IsOfAgent ? authors[4] : authors[1];

    public void Add(long author, Figures figures)
    {
        if (author is >= 0 and < 6)
        {
            authors[author].Add(figures);
        }
    }

    /// <summary>A metric (docs/api/metrics.md): rates from 0 to 100, times in seconds, one decimal; null where there is nothing to divide by.</summary>
    public double? Of(string metric) => metric switch
    {
        "messages_received" => Customer[Figure.Messages],
        "messages_sent" => Ours(Figure.Messages),
        "ai_responses" => authors[2][Figure.Messages],
        "flow_responses" => authors[3][Figure.Messages],
        "agent_responses" => authors[4][Figure.Messages],
        "human_handoffs" => Life[Figure.Handoffs],
        "response_rate" => Rate(Customer[Figure.Answered], Customer[Figure.Turns]),
        "first_response_time" => Seconds(Answering[Figure.FirstMicros], Answering[Figure.FirstAnswers]),
        "average_response_time" => Seconds(Answering[Figure.ResponseMicros], Answering[Figure.Answered]),
        "handoff_wait_time" => Seconds(Life[Figure.WaitMicros], Life[Figure.Waits]),
        "conversations_opened" => Life[Figure.Opened],
        "conversations_reopened" => Life[Figure.Reopened],
        "resolved" => Life[Figure.Resolved],
        "resolution_rate" => Rate(Life[Figure.Settled], Life[Figure.Opened]),
        "resolution_time" => Seconds(Life[Figure.ResolutionMicros], Life[Figure.Resolved]),
        "ai_share" => Rate(authors[2][Figure.Messages], authors[2][Figure.Messages] + authors[3][Figure.Messages] + authors[4][Figure.Messages]),
        "delivery_rate" => Rate(Ours(Figure.Delivered), Ours(Figure.Messages) + Ours(Figure.Failed)),
        "read_rate" => Rate(Ours(Figure.Seen), Ours(Figure.Delivered)),
        "error_rate" => Rate(Ours(Figure.Failed), Ours(Figure.Messages) + Ours(Figure.Failed)),
        "messages_failed" => Ours(Figure.Failed),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Not a metric."),
    };

    /// <summary>Questions answered: the customers', or those this agent answered.</summary>
    public long Answered => Answering[Figure.Answered];

    public long Waits => Life[Figure.Waits];

    private long Ours(Figure figure) => authors[2][figure] + authors[3][figure] + authors[4][figure] + authors[5][figure];

    private static double? Rate(long part, long whole) => whole == 0 ? null : Math.Round(100.0 * part / whole, 1);

    private static double? Seconds(long micros, long count) => count == 0 ? null : Math.Round((double)micros / count / Instants.Second, 1);
}
