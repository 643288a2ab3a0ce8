using Microsoft.Extensions.Logging.Abstractions;
using Relais.Foundation;
using Relais.Intake;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Intake;

/// <summary>Received webhooks hold customers' words: they are not kept for ever.</summary>
public sealed class WebhookPrunerTests
{
    [Theory, OnEveryDatabase]
    public async Task What_was_applied_goes_after_its_days_what_was_set_aside_later_and_what_waits_never(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var clock = new Clock();
        var rows = new (long Id, int State, int AgeInDays)[]
        {
            (1, 3, 11), (2, 1, 11), (3, 0, 400), (4, 2, 31), (5, 3, 31), (6, 1, 9), (7, 1, 11), (8, 2, 29),
        };
        await business.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            foreach (var (id, state, age) in rows)
            {
                await tx.Execute("""
                    INSERT INTO received_webhook (id, connection_id, lane_key, kind, content_type, query, body, received_at, later, state, attempts)
                    VALUES (@id, 1, 1, 1, 'application/json', '', @body, @at, 0, @state, 0)
                    """, new { id, state, body = new byte[] { 1 }, at = clock.Micros - (age * Instants.Day) });
            }
        });
        using var way = new RightOfWay();
        var settings = Settings.From(new Dictionary<string, string>(StringComparer.Ordinal) { ["RELAIS_WEBHOOK_DAYS"] = "10" });
        using var pruner = new WebhookPruner(business.Database, settings, clock, way, NullLogger<WebhookPruner>.Instance);
        (await pruner.Prune(CancellationToken.None)).ShouldBeFalse("all of it fits into one page");
        (await business.Query<long>("SELECT id FROM received_webhook ORDER BY id")).ShouldBe([1, 3, 6, 8]);
    }
}
