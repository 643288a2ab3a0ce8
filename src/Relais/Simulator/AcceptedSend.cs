using System.Text;

namespace Relais.Simulator;

/// <summary>A send that the "provider" took: the truth that tests and the benchmark compare with.</summary>
/// <param name="Sequence">1, 2, 3 … in the order of acceptance.</param>
/// <param name="Channel">Whose wire.</param>
/// <param name="Number">Address of the business number.</param>
/// <param name="To">The customer's E.164, also when the send named a business-scoped user id.</param>
/// <param name="Type">Meta's word for the kind of message; text for Twilio's Body.</param>
/// <param name="Text">What the customer reads; for other types the most readable part, or empty.</param>
/// <param name="Reference">Our own id: biz_opaque_callback_data, or ?message= of the StatusCallback.</param>
/// <param name="ProviderId">wamid or MessageSid.</param>
/// <param name="At">When.</param>
/// <param name="RawBody">The request's bytes.</param>
/// <param name="FailedWith">The code of the status that says it never arrived; null when it did.</param>
internal sealed record AcceptedSend(
    long Sequence,
    SimulatedChannel Channel,
    string Number,
    string To,
    string Type,
    string Text,
    string? Reference,
    string ProviderId,
    DateTimeOffset At,
    byte[] RawBody,
    int? FailedWith = null)
{
    public string Raw => Encoding.UTF8.GetString(RawBody);
}

/// <summary>Accepted sends in order; the oldest go when the cap is passed by a quarter.</summary>
internal sealed class AcceptedLog
{
    private readonly Lock gate = new();
    private readonly List<AcceptedSend> kept = [];
    private long total;

    public int Cap { get; set; } = 200_000;

    public long Total => Interlocked.Read(ref total);

    public AcceptedSend Add(AcceptedSend send)
    {
        lock (gate)
        {
            var numbered = send with { Sequence = ++total };
            kept.Add(numbered);
            if (kept.Count > Cap + (Cap / 4))
            {
                kept.RemoveRange(0, kept.Count - Cap);
            }

            return numbered;
        }
    }

    /// <summary>Up to <paramref name="limit"/> sends whose sequence is greater than <paramref name="after"/>.</summary>
    public IReadOnlyList<AcceptedSend> After(long after, int limit)
    {
        lock (gate)
        {
            var first = (int)Math.Clamp(after - (total - kept.Count), 0, kept.Count);
            return kept.GetRange(first, Math.Min(limit, kept.Count - first));
        }
    }
}
