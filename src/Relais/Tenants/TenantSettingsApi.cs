using System.Globalization;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants;

/// <summary>When nobody is written to unasked, in the customer's time zone or the business's.</summary>
/// <param name="From">Such as 21:00.</param>
/// <param name="Until">Such as 08:00; the same as <c>from</c>: never quiet.</param>
internal sealed record QuietHoursJson(string? From, string? Until);

/// <summary>How often one customer is written to unasked, by campaigns and follow-ups together.</summary>
/// <param name="Messages">0 to 100; 0: no limit.</param>
/// <param name="Days">1 to 365.</param>
internal sealed record FrequencyCapJson(long? Messages, long? Days);

/// <summary>What a business sets for itself.</summary>
/// <param name="Id">The tenant.</param>
/// <param name="Name">The business's.</param>
/// <param name="Language">fr, en or ar.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="QuietHours">When campaigns, follow-ups and reminders wait.</param>
/// <param name="MarketingNeedsConsent">True: promotions go only to those who agreed; false: to those who did not object.</param>
/// <param name="AnswersPerMinute">Automatic answers one customer gets in a minute; 0 means no limit, null the installation's.</param>
/// <param name="AiSettings">Of its AI agent.</param>
/// <param name="ReassignMinutes">After which a hand-off that was given to somebody who has not answered goes to the next; null: never.</param>
/// <param name="FrequencyCap">Messages a customer gets unasked.</param>
/// <param name="Country">ISO 3166 alpha-2: phone numbers written without a country code are of there; null: none is assumed.</param>
internal sealed record TenantSettingsJson(
    long Id, string Name, string Language, string TimeZone, QuietHoursJson QuietHours, bool MarketingNeedsConsent, long? AnswersPerMinute,
    TenantAiSettingsJson AiSettings, long? ReassignMinutes, FrequencyCapJson FrequencyCap, string? Country)
{
    /// <summary>True: everybody signs in with an authenticator app; who has none is led to set it up.</summary>
    public bool RequireTotp { get; init; }

    /// <summary>Card numbers that customers write are kept with their last four digits only.</summary>
    public bool MaskCards { get; init; } = true;

    /// <summary>Models of others see placeholders for e-mail addresses and numbers of phones, accounts (IBAN) and cards.</summary>
    public bool RedactForModels { get; init; }
}

/// <summary>Fields left out, or null, stay as they are.</summary>
/// <param name="Name">The business's.</param>
/// <param name="Language">fr, en or ar.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="QuietHours">When campaigns, follow-ups and reminders wait.</param>
/// <param name="MarketingNeedsConsent">See the answer.</param>
/// <param name="AnswersPerMinute">0 to 1000; -1 goes back to the installation's.</param>
/// <param name="AiSettings">See the answer.</param>
/// <param name="ReassignMinutes">1 to 10080; 0: never.</param>
/// <param name="FrequencyCap">See the answer; a part left out stays.</param>
/// <param name="Country">ISO 3166 alpha-2, such as FR; empty: none is assumed.</param>
internal sealed record TenantSettingsChange(
    string? Name, string? Language, string? TimeZone, QuietHoursJson? QuietHours, bool? MarketingNeedsConsent, long? AnswersPerMinute,
    TenantAiSettingsJson? AiSettings = null, long? ReassignMinutes = null, FrequencyCapJson? FrequencyCap = null, string? Country = null)
{
    /// <summary>See the answer. Only owners change it.</summary>
    public bool? RequireTotp { get; init; }

    /// <summary>See the answer.</summary>
    public bool? MaskCards { get; init; }

    /// <summary>See the answer.</summary>
    public bool? RedactForModels { get; init; }
}

/// <summary>The signed-in tenant's own settings.</summary>
internal static class TenantSettingsApi
{
    public static void MapTenantSettings(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/tenant", Get).WithTags("Tenant").RequireAuthorization(Policies.Agent).WithName("get_tenant")
            .WithSummary("The business's settings.").Produces<TenantSettingsJson>();
        app.MapPatch("/api/tenant", Change).WithTags("Tenant").RequireAuthorization(Policies.Admin).WithName("change_tenant")
            .WithSummary("Change the business's settings.").Accepts<TenantSettingsChange>("application/json").Produces<TenantSettingsJson>()
            .ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(await database.Read(Scope.Tenant(who.Tenant), tx => Read(tx, who.Tenant), cancel), ApiJson.Options);

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Idempotency idempotency, Signals signals)
    {
        var (bytes, change) = await ApiBody.Read<TenantSettingsChange>(http.Request);
        if (Wrong(change, out var from, out var until) is { } refusal)
        {
            return refusal;
        }

        if (change.RequireTotp is not null && who.Role != Roles.Owner)
        {
            return Problems.Refuse(Problems.Forbidden, "Only owners decide whether everybody needs an authenticator app.");
        }

        return await idempotency.Once(http, who, "PATCH /api/tenant", bytes, async tx =>
        {
            await TenantStore.Update(tx, who.Tenant, TenantNames.Clean(change.Name), change.Language, change.TimeZone);
            await TenantStore.UpdateSending(tx, who.Tenant, from, until, change.MarketingNeedsConsent, change.AnswersPerMinute, change.FrequencyCap);
            var ai = change.AiSettings;
            var rules = ai?.HandoffRules is { } asked
                ? HandoffRules.Read((await TenantStore.Find(tx, who.Tenant))!.HandoffRules).With(asked).Write() : null;
            await TenantStore.UpdateAi(tx, who.Tenant, new TenantAiChange(
                ai?.Answers.Stored(), ai?.QuietMs is { } quiet ? Math.Max(-1, quiet * 1000) : null, rules, ai?.BlockOnRegression, ai?.ApproveOrders));

            if (change.ReassignMinutes is { } minutes)
            {
                await TenantStore.SetReassign(tx, who.Tenant, minutes);
            }

            if (change.Country is { } country)
            {
                await TenantStore.SetCountry(tx, who.Tenant, country.Trim().ToUpperInvariant());
            }

            if (change.RequireTotp is { } required)
            {
                await TenantStore.SetRequireTotp(tx, who.Tenant, required ? 1 : 0);
            }

            await TenantStore.SetPrivacy(tx, who.Tenant, change.MaskCards, change.RedactForModels);

            // The inbox directory holds some of it.
            tx.AfterCommit(signals.Inboxes.Raise);
            return (200, await Read(tx, who.Tenant));
        });
    }

    private static IResult? Wrong(TenantSettingsChange change, out long? from, out long? until)
    {
        (from, until) = (null, null);
        if (change.Name is not null && TenantNames.Clean(change.Name) is null)
        {
            return Problems.Invalid400("name", "name may not be empty.");
        }

        if (change.Language is not (null or "fr" or "en" or "ar"))
        {
            return Problems.Invalid400("language", "language is one of fr, en, ar.");
        }

        if (change.TimeZone is { } zone && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId))
        {
            return Problems.Invalid400("time_zone", "time_zone is an IANA name such as Europe/Paris.");
        }

        if (change.Country is { Length: > 0 } country && !PhonePlans.IsCountry(country.Trim().ToUpperInvariant()))
        {
            return Problems.Invalid400("country", "country is an ISO 3166 code of two letters, such as FR or MA.");
        }

        if (change.AnswersPerMinute is < -1 or > 1000)
        {
            return Problems.Invalid400("answers_per_minute", "answers_per_minute is a number from 0 to 1000, or -1 for the installation's.");
        }

        if (change.ReassignMinutes is < 0 or > 10080)
        {
            return Problems.Invalid400("reassign_minutes", "reassign_minutes is a number from 1 to 10080, or 0 for never.");
        }

        if (change.FrequencyCap is { Messages: < 0 or > 100 })
        {
            return Problems.Invalid400("frequency_cap.messages", "frequency_cap.messages is a number from 0 to 100; 0 means no limit.");
        }

        if (change.FrequencyCap is { Days: < 1 or > 365 })
        {
            return Problems.Invalid400("frequency_cap.days", "frequency_cap.days is a number from 1 to 365.");
        }

        if (change.AiSettings?.Answers.Wrong() is { } wrong)
        {
            return Problems.Invalid400(wrong.Field, wrong.Reason);
        }

        if (change.AiSettings is { AutoRespond: null, Mode: null, QuietMs: null, HandoffRules: null, BlockOnRegression: null, ApproveOrders: null })
        {
            return Problems.Invalid400("ai_settings", "Name what changes: auto_respond (true or false), mode, quiet_ms, handoff_rules, block_on_regression or approve_orders.");
        }

        if (change.AiSettings?.QuietMs is < -1 or > 5000)
        {
            return Problems.Invalid400("ai_settings.quiet_ms", "ai_settings.quiet_ms is a number from 0 to 5000, or -1 for the installation's.");
        }

        if (change.AiSettings?.HandoffRules?.Wrong() is var (field, words) && field is not null)
        {
            return Problems.Invalid400($"ai_settings.handoff_rules.{field}", $"ai_settings.handoff_rules.{field} is one of {words}.");
        }

        if (change.QuietHours is not { } quiet)
        {
            return null;
        }

        (from, until) = (Minute(quiet.From), Minute(quiet.Until));
        return from is null ? Problems.Invalid400("quiet_hours.from", "quiet_hours.from is a time such as 21:00.")
            : until is null ? Problems.Invalid400("quiet_hours.until", "quiet_hours.until is a time such as 08:00.")
            : null;
    }

    private static long? Minute(string? time) =>
        TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? (at.Hour * 60) + at.Minute : null;

    private static string Time(long minute) => $"{minute / 60:00}:{minute % 60:00}";

    private static async Task<TenantSettingsJson> Read(Tx tx, long tenantId)
    {
        var tenant = (await TenantStore.Find(tx, tenantId))!;
        var answers = AiSettingsJson.Of(tenant.AutoRespond);
        return new TenantSettingsJson(
            tenant.TenantId, tenant.Name, tenant.Language, tenant.TimeZone, new QuietHoursJson(Time(tenant.QuietHoursFrom), Time(tenant.QuietHoursUntil)),
            tenant.MarketingNeedsConsent == 1, tenant.AnswersPerMinute < 0 ? null : tenant.AnswersPerMinute,
            new TenantAiSettingsJson(
                answers.AutoRespond, answers.Mode, tenant.QuietMicros < 0 ? null : tenant.QuietMicros / 1000, HandoffRules.Read(tenant.HandoffRules),
                tenant.BlockOnRegression != 0, tenant.ApproveOrders != 0),
            tenant.ReassignMinutes, new FrequencyCapJson(tenant.UnaskedLimit, tenant.UnaskedDays), tenant.Country)
        {
            RequireTotp = tenant.RequireTotp == 1,
            MaskCards = tenant.MaskCards != 0,
            RedactForModels = tenant.RedactForModels != 0,
        };
    }
}
