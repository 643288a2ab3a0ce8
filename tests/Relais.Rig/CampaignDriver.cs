using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Simulator;

namespace Relais.Rig;

/// <summary>
/// A campaign to many customers of a running server, made and followed over its API by somebody who may: for tests that kill the
/// server meanwhile, and for measuring it.
/// </summary>
internal sealed class CampaignDriver(Uri server, ProviderHost provider, Facts facts) : IDisposable
{
    public const string Email = "camille@desk.example";
    public const string Password = "correct-horse-battery-9";
    private const string Word = "profitez";

    private readonly HttpClient http = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(100) };

    public long Campaign { get; private set; }

    /// <summary>Whom it goes to, E.164.</summary>
    public IReadOnlyList<string> Numbers { get; private set; } = [];

    /// <summary>Signs in (the person is there), lets the business send at any hour, and makes the campaign with its file.</summary>
    /// <param name="recipients">How many.</param>
    /// <param name="perSecond">Its pace.</param>
    public async Task Prepare(int recipients, double perSecond)
    {
        var signedIn = await Send(HttpMethod.Post, "/api/auth/login", JsonContent.Create(new { email = Email, password = Password }));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.GetProperty("token").GetString());
        await facts.Query<long>("UPDATE tenant SET quiet_hours_from = 0, quiet_hours_until = 0, unasked_limit = 0");
        await facts.Query<long>("UPDATE inbox SET rate_per_second = 1250");
        var inbox = await facts.Count("SELECT id FROM inbox WHERE channel = 1");
        provider.Simulator.ApproveTemplate(provider.Meta, "promo", "fr", [new JsonObject
        {
            ["type"] = "BODY", ["text"] = "Bonjour {{1}}, profitez de {{2}} cette semaine !",
            ["example"] = new JsonObject { ["body_text"] = new JsonArray(new JsonArray("Amal", "-20 %")) },
        }], "MARKETING");
        await Eventually.Holds(async () =>
        {
            await Send(HttpMethod.Post, $"/api/templates/sync?inbox_id={inbox}");
            return (await Send(HttpMethod.Get, $"/api/templates/usable?inbox_id={inbox}")).GetProperty("items").GetArrayLength() == 1;
        }, "the template is known");
        Campaign = (await Send(HttpMethod.Post, "/api/campaigns", JsonContent.Create(new
        {
            name = "Automne", inbox_id = inbox, audience = new { kind = "csv" }, pace_per_second = perSecond,
            template = new
            {
                name = "promo", languages = new[] { "fr" },
                variables = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["body.1"] = new { from = "column", name = "prénom" }, ["body.2"] = new { from = "constant", value = "-20 %" },
                },
            },
        }))).GetProperty("id").GetInt64();
        Numbers = [.. Enumerable.Range(0, recipients).Select(i => $"+336{20_000_000 + i}")];
        using var file = new StringContent("phone,prénom\n" + string.Concat(Numbers.Select((n, i) => $"{n},Client{i}\n")), Encoding.UTF8, "text/csv");
        await Send(HttpMethod.Put, $"/api/campaigns/{Campaign}/audience", file);
    }

    /// <summary>Checks it, and waits until that is done.</summary>
    public async Task Check()
    {
        await Act("check");
        await Becomes("checked", TimeSpan.FromMinutes(5));
    }

    public Task Act(string verb) => Send(HttpMethod.Post, $"/api/campaigns/{Campaign}/{verb}");

    public async Task<string> State() => (await facts.Query<string>("SELECT state FROM campaign WHERE id = @Campaign", new { Campaign }))[0];

    public Task Becomes(string state, TimeSpan within) => Eventually.Holds(async () => await State() == state, $"the campaign becomes {state}", within);

    /// <summary>Messages of it that a customer's phone got, by recipient.</summary>
    public List<int> Got() => [.. Numbers.Select(n => provider.Simulator.Phone(n).Messages(provider.Meta).Count(m => !m.FromCustomer && m.Text.Contains(Word, StringComparison.Ordinal)))];

    /// <summary>
    /// What is wrong once all is done; empty when each recipient got it exactly once, or not at all and the message is known to be in doubt or failed.
    /// </summary>
    public async Task<(List<string> Wrong, int Uncertain)> Judge()
    {
        var left = await Eventually.Empty(facts.Unfinished, TimeSpan.FromSeconds(90));
        await provider.Simulator.Quiet();
        var wrong = new List<string>(left);
        var rows = await facts.Query<Row>("""
            SELECT coalesce(k.phone, '') AS "Phone", r.state AS "State", coalesce(m.status, -1) AS "Status", coalesce(o.state, -1) AS "Outbox",
              (SELECT count(*) FROM message x JOIN conversation c ON c.id = x.conversation_id WHERE c.contact_id = r.contact_id AND x.type = 'template' AND x.status <> 5) AS "Messages"
            FROM campaign_recipient r LEFT JOIN contact k ON k.id = r.contact_id LEFT JOIN message m ON m.id = r.message_id LEFT JOIN outbox o ON o.message_id = r.message_id
            WHERE r.campaign_id = @Campaign
            """, new { Campaign });
        var known = rows.ToLookup(r => r.Phone, StringComparer.Ordinal);
        var uncertain = 0;
        foreach (var (number, got) in Numbers.Zip(Got()))
        {
            if (known[number].ToList() is not [var row])
            {
                wrong.Add($"{number} stands there {known[number].Count()} times");
                continue;
            }

            var isUncertain = row.Outbox == 2;
            uncertain += isUncertain ? 1 : 0;
            if (row.State != 1 || row.Messages != 1 || got > 1 || (got == 0 && !isUncertain))
            {
                wrong.Add($"{number}: state {row.State}, message status {row.Status}, outbox {row.Outbox}, {row.Messages} messages, got {got}");
            }
        }

        return (wrong, uncertain);
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> Send(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text.Length == 0 ? "{}" : text).RootElement
            : throw new InvalidOperationException($"{method} {path} answered {(int)answer.StatusCode}: {text}");
    }

    private sealed class Row
    {
        public string Phone { get; init; } = "";

        public long State { get; init; }

        public long Status { get; init; }

        public long Outbox { get; init; }

        public long Messages { get; init; }
    }
}
