using System.Text.RegularExpressions;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Handoffs;

/// <param name="Fr">French.</param>
/// <param name="Ar">Arabic.</param>
/// <param name="En">English.</param>
internal sealed record ThreeTexts(string? Fr = null, string? Ar = null, string? En = null)
{
    public string? In(string language) => language switch { AgentTexts.Arabic => Ar, AgentTexts.English => En, _ => Fr };
}

/// <param name="Name">What it is said for, e.g. technical_problem.</param>
/// <param name="Texts">The business's own words; null where ours are said. In a request the whole of it.</param>
/// <param name="Ours">What is said where the business has no words of its own.</param>
/// <param name="Placeholders">Words that may stand in braces, e.g. {business}.</param>
internal sealed record AutomaticMessageJson(string? Name, ThreeTexts? Texts, ThreeTexts? Ours = null, IReadOnlyList<string>? Placeholders = null);

/// <param name="Messages">In a request: those that change.</param>
internal sealed record AutomaticMessagesJson(IReadOnlyList<AutomaticMessageJson>? Messages);

/// <summary>The sentences the program says by itself, in the business's own words.</summary>
internal static partial class AutomaticMessageApi
{
    private const int MostCharacters = 1000;

    public static void MapAutomaticMessages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/automatic-messages", Get).WithTags("AI agent").RequireAuthorization(Policies.Agent).WithName("get_automatic_messages")
            .WithSummary("What the program says by itself: fallbacks, hand-offs, offers, hours, opt-outs; taken_over, waiting and closed go with people's acts").Produces<AutomaticMessagesJson>();
        app.MapPut("/api/automatic-messages", Put).WithTags("AI agent").RequireAuthorization(Policies.Admin).WithName("put_automatic_messages")
            .WithSummary("Word them your way, in three languages").WithDescription("Messages left out stay as they are; a text left out goes back to ours; an empty one of taken_over, waiting and closed says nothing. Takes an Idempotency-Key.")
            .Accepts<AutomaticMessagesJson>("application/json").Produces<AutomaticMessagesJson>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(await database.Read(Scope.Tenant(who.Tenant), tx => Read(tx, who.Tenant), cancel), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency)
    {
        var (bytes, asked) = await ApiBody.Read<AutomaticMessagesJson>(http.Request);
        var texts = new List<(string Name, string Language, string? Body)>();
        foreach (var (message, i) in (asked.Messages ?? []).Select((m, i) => (m, i)))
        {
            if (message?.Name is not { } name || !AutomaticMessages.Names.Contains(name))
            {
                return Problems.Invalid400($"messages[{i}].name", $"name is one of {string.Join(", ", AutomaticMessages.Names)}.");
            }

            foreach (var language in AgentTexts.Languages)
            {
                var body = message.Texts?.In(language) is { } given ? CustomerText.Normalise(given).Trim() : null;
                if (body is not null && Wrong(name, body) is { } sentence)
                {
                    return Problems.Invalid400($"messages[{i}].texts.{language}", sentence);
                }

                texts.Add((name, language, body));
            }
        }

        return await idempotency.Once(http, who, "PUT /api/automatic-messages", bytes, async tx =>
        {
            foreach (var (name, language, body) in texts)
            {
                await HandoffSettingsStore.Put(tx, who.Tenant, name, language, body);
            }

            await AiRevision.Grow(tx, who.Tenant);
            return (200, await Read(tx, who.Tenant));
        });
    }

    private static string? Wrong(string name, string body)
    {
        var allowed = AutomaticMessages.Placeholders(name);
        return body.Length > MostCharacters || (body.Length == 0 && !AutomaticMessages.MayBeEmpty(name)) ? $"A text has 1 to {MostCharacters} characters; null goes back to ours."
            : Braces().Matches(body).Any(m => !allowed.Contains(m.Groups["word"].Value))
            ? $"Only these may stand in braces: {string.Join(", ", allowed.Select(a => $"{{{a}}}"))}." : null;
    }

    private static async Task<AutomaticMessagesJson> Read(Tx tx, long tenantId)
    {
        var messages = await HandoffSettingsStore.Messages(tx, tenantId);
        return new AutomaticMessagesJson([.. AutomaticMessages.Names.Select(name => new AutomaticMessageJson(
            name,
            new ThreeTexts(messages.Own(name, AgentTexts.French), messages.Own(name, AgentTexts.Arabic), messages.Own(name, AgentTexts.English)),
            new ThreeTexts(
                AutomaticMessages.Default(name, AgentTexts.French), AutomaticMessages.Default(name, AgentTexts.Arabic),
                AutomaticMessages.Default(name, AgentTexts.English)),
            AutomaticMessages.Placeholders(name)))]);
    }

    [GeneratedRegex(@"\{(?<word>[^{}]*)\}|[{}]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Braces();
}
