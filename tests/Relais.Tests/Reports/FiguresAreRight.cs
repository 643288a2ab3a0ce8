using System.Globalization;
using System.Text;
using System.Text.Json;
using Relais.Reports;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Reports;

/// <summary>What reports say is what the tables hold, whatever came late, failed afterwards, was taken back or opened again.</summary>
public sealed class FiguresAreRight
{
    private const long Day = 86_400_000_000;

    [Theory, OnEveryDatabase]
    public async Task Over_a_random_history_every_figure_is_what_a_naive_count_gives(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var colleague = await DeskClient.SignIn(relais, "Karim");
        await Zone(relais, "Europe/Paris");
        var labels = await Labels(relais, desk.TenantId);
        var inboxes = await relais.Database.Read(Relais.Storage.Scope.Pipeline, tx => tx.Query<long>("SELECT id FROM inbox ORDER BY id"));
        var history = new RandomHistory(relais, seed: 20_260_501)
        {
            TenantId = desk.TenantId, Agents = [desk.AgentId, colleague.AgentId], Inboxes = [.. inboxes], Labels = labels,
        };
        var now = relais.Clock.Micros;
        for (var wave = 0; wave < 5; wave++)
        {
            // The worker meets the history half written again and again.
            await history.Write(now - (12 * Day), now - ((4 - wave) * 2 * Day), acts: 130);
            await CaughtUp(relais);
        }

        await Compare(relais, desk, colleague.AgentId, inboxes[0], labels);

        // Days of a zone that is 5 h 45 min from UTC: everything is counted again in buckets of a quarter.
        await Zone(relais, "Asia/Kathmandu");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT min(width) FROM report_tenant") == 900_000_000, "buckets are shorter");
        await CaughtUp(relais);
        await history.Write(now - Day, now, acts: 60);
        await CaughtUp(relais);
        await Compare(relais, desk, colleague.AgentId, inboxes[0], labels);
        await Tables(relais, desk);
    }

    private static async Task Compare(RelaisHost relais, DeskClient desk, long agent, long inbox, long[] labels)
    {
        var tables = await relais.Database.Read(Relais.Storage.Scope.Pipeline, tx => WholeTables.Read(tx, desk.TenantId));
        foreach (var range in (string[])["7d", "30d", "custom&from=2000-01-01T00:00:00Z&until=2002-01-01", "today"])
        {
            await Same($"range={range}", null, null);
        }

        await Same($"range=30d&agent={agent}", agent, null);
        await Same($"range=30d&inbox={inbox}&bucket=week", null, c => c.InboxId == inbox);
        foreach (var label in labels)
        {
            var bearing = (await relais.Database.Read(Relais.Storage.Scope.Pipeline, tx => tx.Query<long>(
                "SELECT conversation_id FROM conversation_label WHERE label_id = @label", new { label }))).ToHashSet();
            await Same($"range=30d&label={label}", null, c => bearing.Contains(c.Id));
        }

        async Task Same(string query, long? of, Func<WholeTables.Conversation, bool>? only)
        {
            var answer = (await desk.Get($"/api/metrics?{query}")).Ok().Body;
            var range = answer.GetProperty("range");
            range.GetProperty("is_complete").GetBoolean().ShouldBeTrue();
            var expected = NaiveFigures.Of(tables, At(range, "from"), At(range, "until"), of, only);
            var previous = NaiveFigures.Of(tables, At(range, "previous_from"), At(range, "previous_until"), of, only);
            var cards = answer.GetProperty("cards");
            expected.Keys.ShouldBe(Tally.Metrics, ignoreOrder: true);
            foreach (var name in Tally.Metrics)
            {
                Near(cards.GetProperty(name).GetProperty("value"), expected[name], $"{query} {name}");
                Near(cards.GetProperty(name).GetProperty("previous"), previous[name], $"{query} {name} before");
            }

            // Every point of the chart, by the clock of .NET rather than NodaTime's.
            var zone = TimeZoneInfo.FindSystemTimeZoneById(range.GetProperty("time_zone").GetString()!);
            foreach (var name in (string[])["messages_received", "response_rate", "average_response_time", "messages_failed"])
            {
                var points = answer.GetProperty("series").GetProperty(name).EnumerateArray().ToList();
                for (var i = 0; i < points.Count; i++)
                {
                    var (begins, ends) = (At(points[i], "at"), i + 1 < points.Count ? At(points[i + 1], "at") : At(range, "until"));
                    var local = TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(begins * 10), zone);
                    if (range.GetProperty("bucket").GetString() == "day")
                    {
                        local.TimeOfDay.ShouldBe(TimeSpan.Zero, "days begin at midnight here");
                    }

                    Near(points[i].GetProperty("value"), NaiveFigures.Of(tables, begins, ends, of, only)[name], $"{query} {name} at {local}");
                }
            }
        }
    }

    /// <summary>The tables add up to the cards, lead to the conversations, and are safe in a spreadsheet.</summary>
    private static async Task Tables(RelaisHost relais, DeskClient desk)
    {
        var cards = (await desk.Get("/api/metrics?range=30d")).Ok().Body.GetProperty("cards");
        double Card(string name) => cards.GetProperty(name).GetProperty("value").GetDouble();
        (await Sum("inboxes", "messages_received")).ShouldBe(Card("messages_received"));
        (await Sum("hours", "messages_sent")).ShouldBe(Card("messages_sent"));
        (await Sum("agents", "messages")).ShouldBe(Card("ai_responses") + Card("flow_responses") + Card("agent_responses"));
        (await Sum("handoff_reasons", "handoffs")).ShouldBe(Card("human_handoffs"));
        (await Sum("errors", "messages")).ShouldBe(Card("messages_failed"));

        var tables = await relais.Database.Read(Relais.Storage.Scope.Pipeline, tx => WholeTables.Read(tx, desk.TenantId));
        var behind = await desk.Get("/api/reports/conversations?range=30d&metric=messages_failed&limit=200");
        behind.Ok().Body.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetInt64()).ShouldBe(
            tables.Conversations.Where(c => tables.Messages[c.Id].Any(m => m.Author != 1 && m.Status == 2)).Select(c => c.Id).OrderDescending());
        (await desk.Get("/api/reports/conversations?range=30d&code=131047")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);

        var file = await desk.Get("/api/reports/handoff_reasons?range=30d&format=csv");
        file.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var bytes = await file.Response.Content.ReadAsByteArrayAsync();
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var csv = Encoding.UTF8.GetString(bytes[3..]);
        csv.ShouldStartWith("reason,handoffs,conversations,share\r\n");
        csv.ShouldContain("\r\n'=1+1,", Case.Sensitive, "a reason that is a formula is only a text");

        (await desk.Get("/api/metrics?range=year")).Wrong("range");
        (await desk.Get("/api/metrics?range=custom&from=x")).Wrong("from");
        (await desk.Get("/api/metrics?range=90d&bucket=hour")).Wrong("bucket");
        (await desk.Get("/api/reports/conversations?metric=tables")).Wrong("metric");

        async Task<double> Sum(string report, string column)
        {
            var table = (await desk.Get($"/api/reports/{report}?range=30d")).Ok().Body;
            var place = table.GetProperty("columns").EnumerateArray().Select(c => c.GetString()).ToList().IndexOf(column);
            return table.GetProperty("rows").EnumerateArray().Sum(row => row[place].GetDouble());
        }
    }

    private static async Task CaughtUp(RelaisHost relais) => await Eventually.Holds(async () => await relais.Facts.Count("""
        SELECT (SELECT count(*) FROM change WHERE seq IS NULL) + (SELECT count(*) FROM report_dirty)
          + (SELECT count(*) FROM report_tenant WHERE count_before IS NOT NULL)
          + (SELECT n.last_seq - p.seq FROM change_numbering n, report_progress p)
        """) == 0, "everything is counted", TimeSpan.FromSeconds(60));

    private static Task Zone(RelaisHost relais, string zone) => relais.Database.Write(
        Relais.Storage.Scope.Directory, tx => tx.Execute("UPDATE tenant SET time_zone = @zone", new { zone }));

    private static async Task<long[]> Labels(RelaisHost relais, long tenantId)
    {
        if (!Relais.Storage.Migrator.All.Any(m => m.Sql.Contains("CREATE TABLE conversation_label", StringComparison.Ordinal)))
        {
            return [];
        }

        await relais.Database.Write(Relais.Storage.Scope.Tenant(tenantId), tx => tx.Execute("""
            INSERT INTO label (tenant_id, id, name, folded, color, created_at) VALUES (@tenantId, 900001, 'VIP', 'vip', '#ff0000', 1),
              (@tenantId, 900002, '@sum', '@sum', '#00ff00', 1)
            """, new { tenantId }));
        return [900001, 900002];
    }

    private static long At(JsonElement of, string name) =>
        (DateTimeOffset.Parse(of.GetProperty(name).GetString()!, CultureInfo.InvariantCulture).UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;

    private static void Near(JsonElement actual, double? expected, string what)
    {
        if (expected is null)
        {
            actual.ValueKind.ShouldBe(JsonValueKind.Null, what);
        }
        else
        {
            actual.GetDouble().ShouldBe(expected.Value, 0.0501, what);
        }
    }
}
