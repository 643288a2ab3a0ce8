using NodaTime;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Campaigns while the clock is moved (docs/reliability.md, R8): nobody gets one twice, nobody is forgotten, nobody is woken at night.</summary>
public sealed class CampaignClocks
{
    private const int QuietFrom = 22;
    private const int QuietUntil = 8;

    private static readonly string[] Zones = ["Europe/Paris", "Europe/Paris", "Europe/Paris", "America/New_York", "Asia/Tokyo"];

    [Theory, OnEveryDatabase]
    public async Task A_campaign_goes_on_at_its_pace_when_the_clock_is_set_back_and_forth_while_it_runs(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var (csv, numbers) = CampaignStage.File(40);
        var id = await stage.Make((await CampaignStage.Inboxes(relais))[0], pace: 8);
        (await stage.Bring(id, csv)).Ok();
        (await stage.Act(id, "start")).Ok();
        var seen = 0L;
        foreach (var hours in (double[])[-3, 3, 3, -1])
        {
            await Eventually.Holds(async () => (await stage.Read(id)).GetProperty("queued").GetInt64() > seen, $"it goes on after {seen}");
            seen = (await stage.Read(id)).GetProperty("queued").GetInt64() + 2;
            await Move(relais, hours);
        }

        await stage.Becomes(id, "done", TimeSpan.FromSeconds(40));
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldAllBe(n => n == 1);
        await stage.CountsAreTrue(id);
    }

    [Theory, OnEveryDatabase]
    public async Task Nobody_is_written_to_in_their_night_twice_or_never_around_a_change_to_summer_or_winter_time(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var first = await DeskClient.SignIn(relais);
        await CampaignStage.Open(relais, first);
        var paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
        var change = paris.GetZoneInterval(Instant.FromUnixTimeTicks(relais.Clock.Micros * 10)).End;

        // The evening before: 20:30 or 21:30 in Paris, afternoon in New York, night in Tokyo.
        await Move(relais, (change - Duration.FromHours(5.5) - Instant.FromUnixTimeTicks(relais.Clock.Micros * 10)).TotalHours);
        using var desk = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        var stage = new CampaignStage(relais, desk);
        var inbox = (await CampaignStage.Inboxes(relais))[0];
        var numbers = CampaignStage.File(Zones.Length + 1).Numbers;
        var contacts = new List<long>();
        foreach (var number in numbers)
        {
            contacts.Add((await desk.Post("/api/contacts", new { name = "Amal", phone = number })).Ok().Body.GetProperty("id").GetInt64());
        }

        await relais.Database.Write(Relais.Storage.Scope.Directory, async tx =>
        {
            await tx.Execute("UPDATE tenant SET quiet_hours_from = @from, quiet_hours_until = @until", new { from = QuietFrom * 60, until = QuietUntil * 60 });
            for (var i = 0; i < contacts.Count; i++)
            {
                await tx.Execute("UPDATE contact SET time_zone = @zone WHERE id = @id", new { id = contacts[i], zone = i < Zones.Length ? Zones[i] : Zones[0] });
            }
        });

        var five = contacts.Take(Zones.Length).ToList();
        await Start(five);
        await Gets([1, 1, 1, 1, 0, 0], "whose evening it is gets it");
        await Move(relais, -3);
        await Calm(relais);
        await Move(relais, 3);
        await Gets([1, 1, 1, 1, 0, 0], "an hour that comes twice brings nothing twice");

        // At half past eight of the next morning, wherever they are; and one that is started in the night.
        var morning = change.InZone(paris).Date.At(new LocalTime(8, 30));
        await Start(five, new { local_at = morning.ToString("uuuu-MM-dd'T'HH:mm", null) });
        await Move(relais, 2.5);
        await Start([contacts[5]]);
        await Calm(relais);
        await Move(relais, -1);
        await Calm(relais);
        await Move(relais, 1);
        await Gets([1, 1, 1, 1, 0, 0], "their night is quiet");

        // Tokyo's morning has come by now or comes first; Paris's is an hour nearer or further than on other days.
        var dawn = change.InZone(paris).Date.At(new LocalTime(QuietUntil, 0)).InZoneLeniently(paris).ToInstant();
        await Move(relais, (dawn - Duration.FromMinutes(10) - Instant.FromUnixTimeTicks(relais.Clock.Micros * 10)).TotalHours);
        await Gets([1, 1, 1, 1, 2, 0], "Tokyo had its morning; Paris sleeps for ten minutes more");
        await Move(relais, 0.2);
        await Gets([1, 1, 1, 1, 2, 1], "eight o'clock of the day on which the clocks are changed");
        await Move(relais, 24);
        await Gets([2, 2, 2, 1, 2, 1], "half past eight has passed; New York sleeps");
        await Move(relais, -1);
        await Calm(relais);
        await Move(relais, 9);
        await Gets([2, 2, 2, 2, 2, 1], "and New York has its own");
        await Move(relais, 24);
        await Gets([2, 2, 2, 2, 2, 1], "nobody twice");

        foreach (var (zone, at) in await relais.Facts.Query<(string Zone, long At)>("""
            SELECT k.time_zone, m.sent_at FROM unasked_send u JOIN message m ON m.tenant_id = u.tenant_id AND m.id = u.message_id
            JOIN contact k ON k.tenant_id = u.tenant_id AND k.id = u.contact_id
            """))
        {
            var hour = Instant.FromUnixTimeTicks(at * 10).InZone(DateTimeZoneProviders.Tzdb[zone]).Hour;
            hour.ShouldBeInRange(QuietUntil, QuietFrom - 1, $"{zone} at {Instant.FromUnixTimeTicks(at * 10)}");
        }

        async Task Start(IReadOnlyList<long> to, object? schedule = null)
        {
            var id = await stage.Make(inbox, CampaignStage.ForContacts(), new { kind = "contacts", contact_ids = to }, schedule: schedule);
            (await stage.Act(id, "start")).Ok();
            await Eventually.Holds(async () => (await stage.Read(id)).Text("state") is "scheduled" or "running" or "done", "it is started");
        }

        async Task Gets(List<int> wanted, string why)
        {
            await Calm(relais);
            await Eventually.Holds(() => Task.FromResult(CampaignStage.Got(relais, relais.Meta, numbers).SequenceEqual(wanted)),
                $"{why}: {string.Join(' ', wanted)}, not {string.Join(' ', CampaignStage.Got(relais, relais.Meta, numbers))}");
            await Calm(relais);
            CampaignStage.Got(relais, relais.Meta, numbers).ShouldBe(wanted, why);
        }
    }

    /// <summary>The clocks of this computer, of the provider and of the database, by which lanes wait.</summary>
    private static async Task Move(RelaisHost relais, double hours)
    {
        relais.Clock.Advance(TimeSpan.FromHours(hours));
        relais.Simulator.Advance(TimeSpan.FromHours(hours));
        var by = (long)(hours * Relais.Foundation.Instants.Hour);
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            // What is due this very moment stays due: on a database whose own clock goes back it would wait that long (docs/reliability.md, Clocks).
            await tx.Execute("UPDATE outbox SET due_at = due_at - @by WHERE state = 0 AND due_at > {now}", new { by });
            await tx.Execute("UPDATE lane SET ready_at = ready_at - @by, due_at = due_at - @by WHERE leased = 0 AND ready_at > {now}", new { by });
        });
    }

    /// <summary>Nothing is left to do but what waits for a morning.</summary>
    private static Task Calm(RelaisHost relais) => Eventually.Holds(async () =>
        (await relais.Facts.Unfinished()).All(u => u.StartsWith("send ", StringComparison.Ordinal) && u.EndsWith("state 0", StringComparison.Ordinal))
        && await relais.Facts.Count("SELECT count(*) FROM campaign WHERE next_at <= @now", new { now = relais.Clock.Micros }) == 0, "nothing is left to do now");
}
