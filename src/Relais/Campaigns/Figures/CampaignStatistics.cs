using Relais.Foundation;

namespace Relais.Campaigns.Figures;

/// <param name="People">Those who were reached (sent, delivered or read), or who were held out.</param>
/// <param name="Replied">Of those: wrote within seven days.</param>
/// <param name="Ordered">Of those: an order was made for them within seven days.</param>
/// <param name="ReplyRate">0 to 1; null without people.</param>
/// <param name="OrderRate">0 to 1; null without people.</param>
internal sealed record GroupFigures(long People, long Replied, long Ordered, double? ReplyRate, double? OrderRate)
{
    public static GroupFigures Of(IEnumerable<StateCount> counts)
    {
        var all = counts.ToList();
        var (people, replied, ordered) = (all.Sum(c => c.Count), all.Where(c => c.Replied == 1).Sum(c => c.Count), all.Where(c => c.Ordered == 1).Sum(c => c.Count));
        return new GroupFigures(people, replied, ordered, Rate(replied, people), Rate(ordered, people));
    }

    private static double? Rate(long part, long whole) => whole == 0 ? null : Math.Round((double)part / whole, 4);
}

/// <param name="Points">Difference of the two rates, -1 to 1.</param>
/// <param name="Relative">The difference as a share of the held-out rate; null when that is 0.</param>
internal sealed record Lift(double Points, double? Relative)
{
    public static Lift? Of(double? reached, double? heldOut) => reached is { } one && heldOut is { } other
        ? new Lift(Math.Round(one - other, 4), other == 0 ? null : Math.Round((one - other) / other, 4)) : null;
}

/// <param name="At">Begin of the hour, ISO-8601 UTC.</param>
/// <param name="Queued">Messages queued in it.</param>
/// <param name="Delivered">Of those, by now.</param>
/// <param name="Read">Of those, by now.</param>
/// <param name="Failed">Of those, by now.</param>
internal sealed record HourJson(DateTimeOffset At, long Queued, long Delivered, long Read, long Failed);

/// <param name="Code">A reason's code; of failures the provider's.</param>
/// <param name="Reason">A sentence, of one of them.</param>
/// <param name="Count">Recipients.</param>
internal sealed record ReasonJson(string Code, string? Reason, long Count)
{
    public static ReasonJson Of(ReasonCount r) => new(r.Code, r.Example, r.Count);
}

/// <param name="Total">Recipients.</param>
/// <param name="ByState">queued, sending, sent, delivered, read, failed, uncertain, skipped, held_out: each recipient once; replied: of those reached.</param>
/// <param name="Reached">Sent, delivered or read.</param>
/// <param name="HeldOut">Who got nothing.</param>
/// <param name="ReplyLift">What the campaign did to replies; null without a group held out.</param>
/// <param name="OrderLift">And to orders.</param>
/// <param name="Skipped">Why people were skipped.</param>
/// <param name="Failed">Why messages failed.</param>
/// <param name="Hours">By the hour of queueing.</param>
/// <param name="Cost">Of what was delivered, by the price list.</param>
internal sealed record CampaignStatistics(
    long Total, IReadOnlyDictionary<string, long> ByState, GroupFigures Reached, GroupFigures HeldOut, Lift? ReplyLift, Lift? OrderLift,
    IReadOnlyList<ReasonJson> Skipped, IReadOnlyList<ReasonJson> Failed, IReadOnlyList<HourJson> Hours, MessageCost Cost)
{
    public static CampaignStatistics Of(
        IReadOnlyList<StateCount> counts, IReadOnlyList<ReasonCount> skipped, IReadOnlyList<ReasonCount> failed, IReadOnlyList<HourCount> hours, MessageCost cost)
    {
        var reached = GroupFigures.Of(counts.Where(c => c.State is "sent" or "delivered" or "read"));
        var heldOut = GroupFigures.Of(counts.Where(c => c.State == "held_out"));
        var byState = RecipientViewStore.States.ToDictionary(
            s => s, s => s == "replied" ? reached.Replied : counts.Where(c => c.State == s).Sum(c => c.Count), StringComparer.Ordinal);
        return new CampaignStatistics(
            counts.Sum(c => c.Count), byState, reached, heldOut, Lift.Of(reached.ReplyRate, heldOut.ReplyRate), Lift.Of(reached.OrderRate, heldOut.OrderRate),
            [.. skipped.Select(ReasonJson.Of)], [.. failed.Select(ReasonJson.Of)],
            [.. hours.Select(h => new HourJson(Instants.FromMicros(h.Hour * Instants.Hour), h.Queued, h.Delivered, h.Read, h.Failed))], cost);
    }
}
