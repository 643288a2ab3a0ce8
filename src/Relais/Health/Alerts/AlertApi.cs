using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Health.Alerts;

/// <summary>How the team is told of critical errors, and how long errors and calls are kept.</summary>
/// <param name="AlertUrl">Where they are posted, or null.</param>
/// <param name="AlertSecret">Signs the posts (X-Relais-Signature-256); shown only in the answer that made it.</param>
/// <param name="Mail">True when owners and admins get a mail (RELAIS_SMTP_URL is set).</param>
/// <param name="LogRetentionDays">Days that errors and calls to providers are kept.</param>
internal sealed record AlertSettingsJson(string? AlertUrl, string? AlertSecret, bool Mail, long LogRetentionDays);

/// <summary>The tenant's own settings for alerts and logs.</summary>
internal static class AlertApi
{
    private const int LongestUrl = 2000;
    private const int MostDays = 3650;

    public static string Place(long tenantId) => $"tenant.alert:{tenantId}";

    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/alerts").WithTags("Errors and calls").RequireAuthorization(Policies.Admin);
        group.MapGet("", Get).WithName("get_alerts").WithSummary("How the team is told of critical errors.").Produces<AlertSettingsJson>();
        group.MapPatch("", Change).WithName("change_alerts")
            .WithSummary("Set alert_url (https; null for none) or log_retention_days. A new address gets a new secret, shown once.")
            .Accepts<AlertChange>("application/json").Produces<AlertSettingsJson>().ProducesProblem(400);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, Mailer mailer, CancellationToken cancel)
    {
        var settings = await database.Read(Scope.Tenant(who.Tenant), tx => AlertStore.Settings(tx, who.Tenant), cancel);
        return Results.Json(new AlertSettingsJson(settings!.Url, null, mailer.IsConfigured, settings.RetentionDays), ApiJson.Options);
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Database database, Mailer mailer, Secrets secrets)
    {
        var body = (await ApiBody.Read<AlertChange>(http.Request)).Value;
        var setsUrl = body.AlertUrl.ValueKind != JsonValueKind.Undefined;
        var url = body.AlertUrl.ValueKind == JsonValueKind.String ? body.AlertUrl.GetString() : null;
        if (setsUrl && body.AlertUrl.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
        {
            return Problems.Invalid400("alert_url", "alert_url is an https address, or null for none.");
        }

        if (url is not null && (url.Length > LongestUrl ? "It is too long." : SafeHttp.Problem(url)) is { } problem)
        {
            return Problems.Invalid400("alert_url", $"alert_url cannot be used. {problem}");
        }

        if (body.LogRetentionDays is { } days and (< 1 or > MostDays))
        {
            return Problems.Invalid400("log_retention_days", $"log_retention_days is a number from 1 to {MostDays}.");
        }

        var secret = url is null ? null : Secrets.NewToken("alert_");

        // Not through Idempotency, which would keep the answer and the secret in it. Doing it twice is doing it once.
        var now = await database.Write(Scope.Tenant(who.Tenant), async tx =>
        {
            if (setsUrl)
            {
                await AlertStore.SetUrl(tx, who.Tenant, url, secret is null ? null : secrets.Seal(secret, Place(who.Tenant)));
            }

            if (body.LogRetentionDays is { } kept)
            {
                await AlertStore.SetRetention(tx, who.Tenant, kept);
            }

            return await AlertStore.Settings(tx, who.Tenant);
        }, http.RequestAborted);
        return Results.Json(new AlertSettingsJson(now!.Url, secret, mailer.IsConfigured, now.RetentionDays), ApiJson.Options);
    }
}

/// <summary>Fields left out stay as they are.</summary>
/// <param name="AlertUrl">An https address on the internet; null takes it away.</param>
/// <param name="LogRetentionDays">1 to 3650.</param>
internal sealed record AlertChange(JsonElement AlertUrl, long? LogRetentionDays);
