using System.Text.Json;
using Relais.Channels;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Health.Numbers;

/// <summary>A number to be connected.</summary>
/// <param name="Channel">meta or twilio.</param>
/// <param name="Name">For people here; at most 80 characters.</param>
/// <param name="PhoneNumberId">Meta: the number's id (WhatsApp, API setup).</param>
/// <param name="BusinessAccountId">Meta: the WhatsApp Business Account's id.</param>
/// <param name="AccessToken">Meta: a system user's token.</param>
/// <param name="AppSecret">Meta: Settings, Basic, App secret.</param>
/// <param name="VerifyToken">Meta: the word entered beside the callback URL; made when left out.</param>
/// <param name="AccountSid">Twilio: AC….</param>
/// <param name="AuthToken">Twilio: the primary auth token.</param>
/// <param name="Number">Twilio: the sender, +14155238886. Meta: for people, may be left out.</param>
internal sealed record InboxRequest(
    string? Channel, string? Name, string? PhoneNumberId, string? BusinessAccountId, string? AccessToken, string? AppSecret, string? VerifyToken,
    string? AccountSid, string? AuthToken, string? Number)
{
    private const int MaxSecret = 2000;

    /// <summary>Null with the refusal when something is missing or cannot be it.</summary>
    public NewInbox? Read(out IResult? refused)
    {
        var isTwilio = Channel == "twilio";
        var number = EnvironmentInboxes.Number(Number);
        (string Field, string Sentence) wrong = Channel is not ("meta" or "twilio") ? ("channel", "channel is meta or twilio.")
            : TenantNames.Clean(Name) is not { Length: <= 80 } ? ("name", "name has 1 to 80 characters.")
            : isTwilio && !(AccountSid is { Length: 34 } sid && sid.StartsWith("AC", StringComparison.Ordinal) && sid.All(char.IsAsciiLetterOrDigit))
                ? ("account_sid", "account_sid begins with AC and has 34 characters (the Twilio Console's first page).")
            : isTwilio && !IsSecret(AuthToken) ? ("auth_token", "auth_token is the primary auth token of the Twilio Console's first page.")
            : isTwilio && number is null ? ("number", "number is the WhatsApp sender, such as +14155238886.")
            : isTwilio ? ("", "")
            : !IsId(PhoneNumberId) ? ("phone_number_id", "phone_number_id is a number of Meta's (WhatsApp, API setup), not the phone number.")
            : !IsId(BusinessAccountId) ? ("business_account_id", "business_account_id is the WhatsApp Business Account's id (WhatsApp, API setup).")
            : !IsSecret(AccessToken) ? ("access_token", "access_token is a system user's token with whatsapp_business_messaging.")
            : !IsSecret(AppSecret) ? ("app_secret", "app_secret is the app's secret (Settings, Basic, App secret).")
            : VerifyToken is not null && !IsSecret(VerifyToken) ? ("verify_token", "verify_token is one word of your own choice.")
            : default;
        refused = string.IsNullOrEmpty(wrong.Field) ? null : Problems.Invalid400(wrong.Field, wrong.Sentence);
        return refused is not null ? null : isTwilio
            ? new NewInbox(true, TenantNames.Clean(Name)!, AccountSid!, number!, number!, AuthToken!, AuthToken!, null)
            : new NewInbox(false, TenantNames.Clean(Name)!, BusinessAccountId!, PhoneNumberId!, number ?? "", AccessToken!, AppSecret!, VerifyToken);
    }

    public static bool IsSecret(string? text) => text is { Length: > 0 and <= MaxSecret } && !text.Any(c => c is <= ' ' or > '~');

    private static bool IsId(string? text) => text is { Length: >= 5 and <= 32 } && text.All(char.IsAsciiDigit);
}

/// <summary>What has to be entered at the provider for a number, and what was seen to work.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Channel">meta or twilio.</param>
/// <param name="Name">For people here.</param>
/// <param name="DisplayNumber">E.164, or empty while it is not known.</param>
/// <param name="Source">environment, demo or console: only what came by the console is changed there.</param>
/// <param name="WebhookUrl">What the provider is to call with messages; null while no public address is set.</param>
/// <param name="StatusUrl">Twilio: where it reports deliveries; each send names it by itself.</param>
/// <param name="VerifyToken">Meta: the word to enter beside the callback URL; null when it is another's or the environment's.</param>
/// <param name="DisconnectedAt">Since when its keys are gone; null while it is connected.</param>
/// <param name="LastWebhookAt">When the provider last called with a right signature.</param>
/// <param name="LastSentAt">When the provider last took a message.</param>
/// <param name="Checks">What the last test of its keys and of the account found; POST …/self-test makes a new one.</param>
internal sealed record InboxSetupJson(
    long Id, string Channel, string Name, string DisplayNumber, string Source, string? WebhookUrl, string? StatusUrl, string? VerifyToken,
    DateTimeOffset? DisconnectedAt, DateTimeOffset? LastWebhookAt, DateTimeOffset? LastSentAt, IReadOnlyList<SetupCheck> Checks);

/// <param name="Name">What was looked at: access_token, number, app_secret, public_address, webhooks, …</param>
/// <param name="Ok">Null when it could not be told.</param>
/// <param name="Sentence">What was found.</param>
/// <param name="Mend">How to mend it; null when nothing is to be mended.</param>
internal sealed record SetupCheck(string Name, bool? Ok, string Sentence, string? Mend)
{
    public static SetupCheck Of(AccountCheck check) => new(check.Check, check.Ok, check.Detail, check.Fix);
}

/// <summary>Connecting a number at the console, step by step: enter the keys, paste the addresses, see the first webhook come.</summary>
internal static class InboxSetupApi
{
    public static void MapInboxSetup(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/inboxes").WithTags("Inboxes").RequireAuthorization(Policies.Admin);
        group.MapPost("", Connect).WithName("connect_inbox").WithSummary("Connect a number: keeps its keys sealed, tests them, and says what to paste at the provider.")
            .Accepts<InboxRequest>("application/json").Produces<InboxSetupJson>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
        group.MapGet("/{id:long}/setup", Get).WithName("get_inbox_setup").WithSummary("What to paste at the provider, and what was seen to work.")
            .Produces<InboxSetupJson>().ProducesProblem(404);
        group.MapDelete("/{id:long}", Disconnect).WithName("disconnect_inbox").WithSummary("Forget a number's keys. Its conversations stay.")
            .Produces<SuccessAnswer>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> Connect(
        HttpContext http, SignedIn who, Idempotency idempotency, InboxConnecting connecting, InboxDirectory inboxes, SelfTest test, InboxSetupPage page,
        Signals signals, Ids ids)
    {
        var (bytes, asked) = await ApiBody.Read<InboxRequest>(http.Request);
        if (asked.Read(out var refused) is not { } inbox)
        {
            return refused!;
        }

        // Bound without its secrets: a fast hash of the body is kept for a day.
        var bound = JsonSerializer.SerializeToUtf8Bytes(
            asked with { AccessToken = null, AppSecret = null, AuthToken = null, VerifyToken = null }, ApiJson.Options);
        var range = await ids.Take(2, http.RequestAborted);
        long? made = null;
        var kept = await idempotency.OnceInDirectory(http, who, "POST /api/inboxes", bound, async tx =>
        {
            range.Rewind();
            var (problem, id) = await connecting.Connect(tx, who.Tenant, inbox, range);
            if (problem is not null)
            {
                return (problem.Status, (object?)problem);
            }

            tx.AfterCommit(() => made = id);
            tx.AfterCommit(signals.Inboxes.Raise);
            return (201, new InboxSetupJson(id, asked.Channel!, inbox.Name, inbox.DisplayNumber, InboxConnecting.Source, null, null, null, null, null, null, []));
        });
        if (made is not { } inboxId)
        {
            return kept;
        }

        await inboxes.Load(http.RequestAborted);
        if (inboxes.Find(inboxId) is { } connected)
        {
            await test.Run(connected, http.RequestAborted);
        }

        return Results.Json(await page.Of(who.Tenant, inboxId, http.RequestAborted), ApiJson.Options, statusCode: 201);
    }

    private static async Task<IResult> Get(SignedIn who, InboxSetupPage page, long id, CancellationToken cancel) =>
        await page.Of(who.Tenant, id, cancel) is { } found ? Results.Json(found, ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Disconnect(
        HttpContext http, SignedIn who, Idempotency idempotency, InboxConnecting connecting, InboxDirectory inboxes, Signals signals, long id)
    {
        var answer = await idempotency.OnceInDirectory(http, who, $"DELETE /api/inboxes/{id}", [], async tx =>
        {
            tx.AfterCommit(signals.Inboxes.Raise);
            return await connecting.Disconnect(tx, who.Tenant, id) is { } problem ? (problem.Status, problem) : (200, (object?)new SuccessAnswer());
        });
        await inboxes.Load(http.RequestAborted);
        return answer;
    }
}
