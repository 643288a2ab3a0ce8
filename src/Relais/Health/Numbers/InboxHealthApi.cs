using System.Text.Json;
using Relais.Channels;
using Relais.Foundation;
using Relais.Health.Alerts;
using Relais.Inboxes;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Health.Numbers;

/// <summary>A number and how it is.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Channel">meta or twilio.</param>
/// <param name="Name">For people here.</param>
/// <param name="DisplayName">The name customers see, once a self-test has asked for it.</param>
/// <param name="PhoneNumber">E.164; null when only the provider's id is known.</param>
/// <param name="ConnectionStatus">connected, disconnected (something is not set) or error.</param>
/// <param name="Connected">True for connected.</param>
/// <param name="Reason">Why not, in one sentence.</param>
/// <param name="LastWebhookAt">When the provider last called with a right signature, for any number of this connection.</param>
/// <param name="LastSentAt">When the provider last took a message, as far as the call log tells.</param>
/// <param name="LastError">The newest of its errors.</param>
/// <param name="RefusedWebhooks">Webhooks refused for their signature since this process started.</param>
/// <param name="LastRefusedAt">When the last of them came.</param>
/// <param name="MessagesWaiting">Messages queued or on the wire.</param>
/// <param name="Quality">The provider's word for it.</param>
/// <param name="Tier">How many customers it may write to first in a day, in the provider's word.</param>
/// <param name="Throughput">STANDARD or HIGH.</param>
/// <param name="TokenExpiresAt">When the access token ends; null when it has no end or the end is not known.</param>
/// <param name="PausedReason">Why nothing is sent from it for now; null when it is not paused.</param>
/// <param name="TemplatesPending">Templates that wait for the provider's approval; null when not known.</param>
/// <param name="CheckedAt">When it was last tested.</param>
/// <param name="Checks">What that test found, in the form of POST /self-test.</param>
internal sealed record InboxHealthJson(
    long Id, string Channel, string Name, string? DisplayName, string? PhoneNumber, string ConnectionStatus, bool Connected, string? Reason,
    DateTimeOffset? LastWebhookAt, DateTimeOffset? LastSentAt, ErrorJson? LastError, long RefusedWebhooks, DateTimeOffset? LastRefusedAt,
    long MessagesWaiting, string? Quality, string? Tier, string? Throughput, DateTimeOffset? TokenExpiresAt, string? PausedReason,
    long? TemplatesPending, DateTimeOffset? CheckedAt, JsonElement? Checks)
{
    /// <summary>
    /// The reason as a word, for whoever says it in another language: no_access_token, no_secret, paused, webhooks_refused,
    /// sends_refused, self_test_failed; null while connected.
    /// </summary>
    public string? ReasonCode { get; init; }
}

/// <summary>What a self-test found.</summary>
/// <param name="Ok">False when something is wrong.</param>
/// <param name="Checks">One entry for each thing looked at; <c>ok</c> is null where it could not be told.</param>
internal sealed record SelfTestJson(bool Ok, IReadOnlyList<AccountCheck> Checks);

/// <summary>The numbers of the signed-in tenant, how they are, and what is wrong with them.</summary>
internal static class InboxHealthApi
{
    public static void MapInboxHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/inboxes").WithTags("Inboxes");
        group.MapGet("", List).WithName("list_inboxes").RequireAuthorization(Policies.Agent)
            .WithSummary("The tenant's numbers with their connection status.").Produces<Page<InboxHealthJson>>();
        group.MapGet("/{id:long}/health", Get).WithName("get_inbox_health").RequireAuthorization(Policies.Agent)
            .WithSummary("How one number is.").Produces<InboxHealthJson>().ProducesProblem(404);
        group.MapPost("/{id:long}/self-test", Test).WithName("test_inbox").RequireAuthorization(Policies.Admin)
            .WithSummary("Looks at everything the number needs, here and at the provider, and says how to mend what is wrong.")
            .Produces<SelfTestJson>().ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, InboxHealth health, CancellationToken cancel) =>
        Results.Json(new Page<InboxHealthJson>(await health.All(who.Tenant, cancel), null), ApiJson.Options);

    private static async Task<IResult> Get(SignedIn who, InboxHealth health, long id, CancellationToken cancel) =>
        (await health.All(who.Tenant, cancel, id)).FirstOrDefault() is { } one ? Results.Json(one, ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Test(SignedIn who, InboxDirectory inboxes, SelfTest test, long id, CancellationToken cancel)
    {
        if (inboxes.Find(id) is not { } inbox || inbox.TenantId != who.Tenant)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var checks = await test.Run(inbox, cancel);
        return Results.Json(new SelfTestJson(checks.All(c => c.Ok != false), checks), ApiJson.Options);
    }
}

/// <summary>Puts together what memory and storage know of a tenant's numbers.</summary>
internal sealed class InboxHealth(InboxDirectory inboxes, RefusedWebhooks refused, Database database, Clock clock)
{
    /// <summary>A critical error of longer ago, with nothing sent since, is a number nobody uses.</summary>
    private const long Recent = Instants.Day;

    /// <summary>Refusals in a row that mean a wrong secret and not somebody knocking.</summary>
    public const int ManyRefusals = 5;

    /// <param name="tenantId">Whose.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <param name="only">One number, or null for all.</param>
    public async Task<List<InboxHealthJson>> All(long tenantId, CancellationToken cancel, long? only = null)
    {
        var own = inboxes.Inboxes.Where(i => i.TenantId == tenantId && (only is null || i.Id == only)).OrderBy(i => i.Id).ToList();
        if (own.Count == 0)
        {
            return [];
        }

        var webhooks = await database.Read(Scope.Directory, InboxHealthStore.LastWebhooks, cancel);
        return await database.Read(Scope.Tenant(tenantId), async tx =>
        {
            var shown = new List<InboxHealthJson>();
            foreach (var inbox in own)
            {
                var facts = await InboxHealthStore.Facts(tx, tenantId, inbox.Id);
                var error = facts.LastErrorId is { } id ? await ErrorStore.Find(tx, tenantId, id) : null;
                shown.Add(Show(inbox, facts, error, webhooks.TryGetValue(inbox.ConnectionId, out var at) ? at : null));
            }

            return shown;
        }, cancel);
    }

    private InboxHealthJson Show(Inbox inbox, InboxFacts facts, StoredError? error, long? webhookAt)
    {
        var refusals = refused.Of(inbox.ConnectionId);
        var (status, code, reason) = Status(inbox, facts, refusals);
        var check = facts.Check;
        return new InboxHealthJson(
            inbox.Id, inbox.IsTwilio ? "twilio" : "meta", inbox.Name, check?.DisplayName, inbox.DisplayNumber.Length == 0 ? null : inbox.DisplayNumber,
            status, status == "connected", reason, Instants.FromMicros(webhookAt), Instants.FromMicros(facts.SentAt),
            error is null ? null : ErrorJson.Of(error), refusals.Count, Instants.FromMicros(refusals.LastAt), facts.Waiting, inbox.Quality?.ToUpperInvariant() ?? check?.Quality, inbox.Tier ?? check?.Tier,
            check?.Throughput, Instants.FromMicros(check?.TokenExpiresAt), inbox.Pause?.Reason, facts.TemplatesPending,
            Instants.FromMicros(check?.CheckedAt), check is null ? null : JsonElement.Parse(check.Results))
        {
            ReasonCode = code,
        };
    }

    private (string Status, string? Code, string? Reason) Status(Inbox inbox, InboxFacts facts, WebhookRefusals refusals)
    {
        if (inbox.AccessToken is not { Length: > 0 })
        {
            return ("disconnected", "no_access_token", "No access token is set, so nothing can be sent.");
        }

        if (inboxes.Connection(inbox.ConnectionId)?.Secret is not { Length: > 0 })
        {
            return ("disconnected", "no_secret", "No secret is set, so every webhook is refused.");
        }

        if (inbox.Pause is { } pause)
        {
            return ("error", "paused", $"Nothing leaves for now: {pause.Reason}");
        }

        if (refusals.SinceGood >= ManyRefusals)
        {
            return ("error", "webhooks_refused", $"{refusals.SinceGood} webhooks in a row were refused: {refusals.Reason}.");
        }

        var goodAt = Math.Max(facts.SentAt ?? 0, facts.Check is { IsOk: 1 } ok ? ok.CheckedAt : 0);
        return facts.CriticalAt is { } at && at > goodAt && at > clock.Micros - Recent
            ? ("error", "sends_refused", "The provider refuses what this number sends; see last_error.")
            : facts.Check is { IsOk: 0 } bad && bad.CheckedAt >= goodAt
            ? ("error", "self_test_failed", "The last self-test found something wrong; see checks.")
            : ("connected", null, null);
    }
}
