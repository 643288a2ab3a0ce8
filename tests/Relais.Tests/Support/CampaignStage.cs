using System.Text;
using System.Text.Json;
using Relais.Simulator;
using Shouldly;

namespace Relais.Tests.Support;

/// <summary>A business that may send campaigns at any hour: an approved template on each of its numbers, and a desk.</summary>
internal sealed class CampaignStage(RelaisHost relais, DeskClient desk)
{
    public const string Body = "Bonjour {{1}}, profitez de {{2}} cette semaine !";

    public DeskClient Desk { get; set; } = desk;

    public static async Task<CampaignStage> Open(RelaisHost relais, DeskClient desk)
    {
        relais.Simulator.TemplateReviewTakes = TimeSpan.FromMilliseconds(100);
        await relais.Database.Write(Relais.Storage.Scope.Directory, tx => tx.Execute("UPDATE tenant SET quiet_hours_from = 0, quiet_hours_until = 0, unasked_limit = 0"));
        foreach (var inbox in await Inboxes(relais))
        {
            (await desk.Post("/api/templates", new
            {
                inbox_id = inbox, name = "promo", language = "fr", category = "marketing", body = Body,
                examples = new Dictionary<string, string>(StringComparer.Ordinal) { ["1"] = "Amal", ["2"] = "-20 %" },
            })).Ok();
            await Eventually.Holds(async () =>
            {
                (await desk.Post("/api/templates/sync")).Ok();
                return (await desk.Get($"/api/templates/usable?inbox_id={inbox}")).Ok().Body.GetProperty("items").GetArrayLength() == 1;
            }, "the provider approves");
        }

        return new CampaignStage(relais, desk);
    }

    /// <summary>Meta's, then Twilio's.</summary>
    public static Task<List<long>> Inboxes(RelaisHost relais) => relais.Facts.Query<long>("SELECT id FROM inbox ORDER BY channel");

    public static object Template(string? otherwise = null) => new
    {
        name = "promo", languages = new[] { "fr" },
        variables = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["body.1"] = new { from = "column", name = "prénom", otherwise },
            ["body.2"] = new { from = "constant", value = "-20 %" },
        },
    };

    public static object ForContacts() => new
    {
        name = "promo", languages = new[] { "fr" },
        variables = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["body.1"] = new { from = "field", name = "name", otherwise = "vous" }, ["body.2"] = new { from = "constant", value = "-20 %" },
        },
    };

    public async Task<long> Make(long inbox, object? template = null, object? audience = null, double pace = 100, object? schedule = null, long holdOut = 0) =>
        (await Desk.Post("/api/campaigns", new
        {
            name = "Automne", inbox_id = inbox, template = template ?? Template(), audience = audience ?? new { kind = "csv" }, schedule = schedule ?? new { },
            pace_per_second = pace, hold_out_percent = holdOut,
        })).Ok().Body.GetProperty("id").GetInt64();

    public async Task<ApiAnswer> Bring(long campaign, string csv)
    {
        using var file = new StringContent(csv, Encoding.UTF8, "text/csv");
        return await Desk.Send(HttpMethod.Put, $"/api/campaigns/{campaign}/audience", file);
    }

    /// <summary>A file of so many customers, "+336…", each with a name.</summary>
    public static (string Csv, List<string> Numbers) File(int count, int from = 0)
    {
        var numbers = Enumerable.Range(from, count).Select(i => $"+3361{2000000 + i}").ToList();
        return ("téléphone;prénom\n" + string.Concat(numbers.Select((n, i) => $"{n};Client{i}\n")), numbers);
    }

    public Task<ApiAnswer> Act(long campaign, string verb, object? body = null) => Desk.Post($"/api/campaigns/{campaign}/{verb}", body);

    public async Task<JsonElement> Read(long campaign) => (await Desk.Get($"/api/campaigns/{campaign}")).Ok().Body;

    public async Task<JsonElement> Becomes(long campaign, string state, TimeSpan? within = null)
    {
        JsonElement found = default;
        await Eventually.Holds(async () =>
        {
            found = await Read(campaign);
            return found.Text("state") == state && !found.GetProperty("taking_back").GetBoolean();
        }, $"the campaign becomes {state}", within);
        return found;
    }

    public async Task<JsonElement> Statistics(long campaign) => (await Desk.Get($"/api/campaigns/{campaign}/statistics")).Ok().Body;

    public async Task<List<JsonElement>> Recipients(long campaign, string state = "") =>
        [.. (await Desk.Get($"/api/campaigns/{campaign}/recipients?limit=200&state={state}")).Ok().Body.GetProperty("items").EnumerateArray()];

    /// <summary>How many of the campaign's messages each of these phones got.</summary>
    public static List<int> Got(RelaisHost relais, SimulatedNumber number, IEnumerable<string> phones) =>
        [.. phones.Select(p => relais.Simulator.Phone(p).Received(number).Count(t => t.Contains("profitez", StringComparison.Ordinal)))];

    /// <summary>The counts kept with the campaign are those of its recipients.</summary>
    public async Task CountsAreTrue(long campaign)
    {
        var kept = await relais.Facts.Query<string>("SELECT total || '/' || waiting || '/' || taken || '/' || skipped || '/' || held_out FROM campaign WHERE id = @campaign", new { campaign });
        var real = await relais.Facts.Query<string>("""
            SELECT count(*) || '/' || count(CASE WHEN state = 0 THEN 1 END) || '/' || count(CASE WHEN state = 1 THEN 1 END) || '/' || count(CASE WHEN state = 2 THEN 1 END)
              || '/' || count(CASE WHEN state = 3 THEN 1 END) FROM campaign_recipient WHERE campaign_id = @campaign
            """, new { campaign });
        kept.ShouldBe(real);
    }
}
