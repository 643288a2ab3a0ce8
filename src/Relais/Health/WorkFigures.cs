using Relais.Storage;

namespace Relais.Health;

/// <summary>What waits, counted once.</summary>
internal sealed class WorkFigures
{
    public static readonly WorkFigures None = new();

    private const string Sql = """
        SELECT (SELECT count(*) FROM received_webhook WHERE state = 0) AS "WaitingWebhooks",
          (SELECT count(*) FROM received_webhook WHERE state >= 2) AS "DeadWebhooks",
          (SELECT count(*) FROM outbox WHERE state < 2) AS "WaitingSends",
          (SELECT count(*) FROM outbox WHERE state = 2) AS "UnknownSends",
          (SELECT count(*) FROM outbox WHERE state >= 3) AS "DeadSends",
          (SELECT CAST(coalesce(sum(waiting), 0) AS BIGINT) FROM campaign WHERE next_at IS NOT NULL) AS "CampaignWaiting",
          (SELECT CAST(coalesce(sum(taken), 0) AS BIGINT) FROM campaign WHERE next_at IS NOT NULL) AS "CampaignQueued",
          (SELECT CAST(coalesce(sum(skipped), 0) AS BIGINT) FROM campaign WHERE next_at IS NOT NULL) AS "CampaignSkipped",
          (SELECT CAST(coalesce(sum(held_out), 0) AS BIGINT) FROM campaign WHERE next_at IS NOT NULL) AS "CampaignHeldOut",
          (SELECT min(next_at) FROM campaign WHERE next_at IS NOT NULL) AS "CampaignNextAt",
          (SELECT CAST(coalesce(sum(row_count - rows_done), 0) AS BIGINT) FROM data_import WHERE state IN ('checking', 'running', 'undoing')) AS "ImportRowsLeft",
          (SELECT count(*) FROM subscription_delivery WHERE state = 0) AS "WaitingDeliveries",
          (SELECT min(created_at) FROM subscription_delivery WHERE state = 0) AS "OldestDeliveryAt"
        """;

    private const string LaneSql = """
        SELECT kind AS "Kind", count(*) AS "Due", {now} - min(ready_at) AS "OldestMicros" FROM lane WHERE ready_at <= {now} GROUP BY kind
        UNION ALL SELECT 1, count(DISTINCT lane_key), coalesce({now} - min(received_at), 0) FROM received_webhook WHERE state = 0
        """;

    public long WaitingWebhooks { get; init; }

    public long DeadWebhooks { get; init; }

    public long WaitingSends { get; init; }

    public long UnknownSends { get; init; }

    public long DeadSends { get; init; }

    /// <summary>Recipients of campaigns that are at work or wait for their hour.</summary>
    public long CampaignWaiting { get; init; }

    public long CampaignQueued { get; init; }

    public long CampaignSkipped { get; init; }

    public long CampaignHeldOut { get; init; }

    /// <summary>When the first of the campaigns is to be looked at, microseconds UTC.</summary>
    public long? CampaignNextAt { get; init; }

    public long ImportRowsLeft { get; init; }

    /// <summary>Events that a business's systems have not taken yet.</summary>
    public long WaitingDeliveries { get; init; }

    public long? OldestDeliveryAt { get; init; }

    public IReadOnlyList<LaneFigures> Lanes { get; private set; } = [];

    /// <summary>What a person has to look at.</summary>
    public long DeadLetters => DeadWebhooks + UnknownSends + DeadSends;

    /// <summary>How long the oldest due work on the way to an answer has waited; files, templates, documents, transcripts, summaries and simulations hold up no answer for long.</summary>
    public double OldestSeconds => Lanes.Where(l => l.Kind is not ((long)LaneKind.Media or (long)LaneKind.Templates or (long)LaneKind.Knowledge or (long)LaneKind.Transcript
        or (long)LaneKind.Summary or (long)LaneKind.Simulation or (long)LaneKind.Desk)).Select(l => l.OldestSeconds).Append(0).Max();

    public static Task<WorkFigures> Read(Database database, CancellationToken cancel) => database.Read(Scope.Directory, async tx =>
    {
        var figures = (await tx.QueryFirst<WorkFigures>(Sql))!;
        figures.Lanes = await tx.Query<LaneFigures>(LaneSql);
        return figures;
    }, cancel);
}

/// <summary>The due lanes of one kind (the number of LaneKind).</summary>
internal sealed class LaneFigures
{
    public static readonly LaneFigures None = new();

    public long Kind { get; init; }

    public long Due { get; init; }

    public long OldestMicros { get; init; }

    public double OldestSeconds => OldestMicros / 1e6;
}
