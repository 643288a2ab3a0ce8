using Relais.Foundation;
using Relais.FollowUps.Planning;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.FollowUps.Api;

/// <summary>A rule: when, how often and with what words customers are followed up. In a change, a field left out takes its usual value.</summary>
/// <param name="Kind">quiet_after_offer, order_unpaid_or_unconfirmed, appointment_missed, inactive or by_hand.</param>
/// <param name="Enabled">Whether it is on.</param>
/// <param name="WaitHours">Hours that have to pass first: 1 to 8760.</param>
/// <param name="MaxSteps">Messages at most: 1 to 5.</param>
/// <param name="SpacingHours">Hours between two: 1 to 720.</param>
/// <param name="Approval">each: a person approves; automatic: not from threshold on.</param>
/// <param name="Threshold">Percent of confidence: 50 to 100.</param>
/// <param name="HoldOutPercent">How many are left alone, to compare with: 0 to 50.</param>
/// <param name="Purpose">utility or marketing: which consent counts.</param>
/// <param name="StopOnPurchase">Whether an order placed or confirmed ends it.</param>
/// <param name="Field">appointment_missed: the contact field with the date.</param>
/// <param name="Template">What is sent when the service window is closed.</param>
/// <param name="Texts">Own words by language, one a step.</param>
/// <param name="UsualTexts">Read only: the words where it has none of its own.</param>
internal sealed record RuleJson(
    string? Kind, bool? Enabled, int? WaitHours, int? MaxSteps, int? SpacingHours, string? Approval, int? Threshold, int? HoldOutPercent, string? Purpose,
    bool? StopOnPurchase, string? Field, RuleTemplate? Template, IReadOnlyDictionary<string, IReadOnlyList<string>>? Texts,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? UsualTexts = null)
{
    public static RuleJson Of(FollowUpRule rule)
    {
        var s = rule.Read();
        return new RuleJson(
            rule.Kind, rule.Enabled != 0, s.WaitHours, s.MaxSteps, s.SpacingHours, s.Approval, s.Threshold, s.HoldOutPercent, s.Purpose, s.StopOnPurchase,
            s.Field, s.Template, s.Texts, RuleApi.Languages.ToDictionary(l => l, l => FollowUpTexts.Usual(rule.Kind, l)));
    }

    public RuleSettings Settings()
    {
        var usual = RuleSettings.Of(Kind!);
        return new RuleSettings(
            WaitHours ?? usual.WaitHours, MaxSteps ?? usual.MaxSteps, SpacingHours ?? usual.SpacingHours, Approval ?? usual.Approval, Threshold ?? usual.Threshold,
            HoldOutPercent ?? usual.HoldOutPercent, Purpose ?? usual.Purpose, StopOnPurchase ?? usual.StopOnPurchase, Field ?? usual.Field,
            Template is { Name.Length: > 0 } ? Template : null, Texts is { Count: > 0 } ? Texts : null);
    }
}

/// <param name="Items">Every rule there is.</param>
internal sealed record RulesJson(IReadOnlyList<RuleJson>? Items);

/// <summary>The rules by which customers are followed up. Everyone of the tenant reads them, admins and owners change them.</summary>
internal static class RuleApi
{
    public static IReadOnlyList<string> Languages { get; } = ["fr", "en", "ar"];

    public static void MapFollowUpRules(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/follow-ups/rules", Get).WithTags("Follow-ups").RequireAuthorization(Policies.Agent).WithName("get_follow_up_rules")
            .WithSummary("When customers are followed up.").Produces<RulesJson>();
        app.MapPut("/api/follow-ups/rules", Put).WithTags("Follow-ups").RequireAuthorization(Policies.Admin).WithName("put_follow_up_rules")
            .WithSummary("Say when customers are followed up.").WithDescription("Rules left out stay as they are. Takes an Idempotency-Key.")
            .Accepts<RulesJson>("application/json").Produces<RulesJson>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(await database.Read(Scope.Tenant(who.Tenant), tx => Read(tx, who.Tenant), cancel), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock)
    {
        var (bytes, asked) = await ApiBody.Read<RulesJson>(http.Request);
        var rules = asked.Items ?? [];
        for (var i = 0; i < rules.Count; i++)
        {
            if (Wrong(rules[i]) is var (field, sentence))
            {
                return Problems.Invalid400($"items[{i}].{field}", sentence);
            }
        }

        return await idempotency.Once(http, who, "PUT /api/follow-ups/rules", bytes, async tx =>
        {
            foreach (var rule in rules)
            {
                await RuleStore.Save(tx, who.Tenant, rule.Kind!, rule.Enabled ?? true, rule.Settings(), clock.Micros);
            }

            return (200, await Read(tx, who.Tenant));
        });
    }

    private static async Task<RulesJson> Read(Tx tx, long tenantId) => new((await RuleStore.All(tx, tenantId)).ConvertAll(RuleJson.Of));

    private static (string Field, string Sentence)? Wrong(RuleJson rule)
    {
        if (rule.Kind is null || !RuleKinds.All.Contains(rule.Kind))
        {
            return ("kind", $"kind is one of {string.Join(", ", RuleKinds.All)}.");
        }

        var s = rule.Settings();
        return s.WaitHours is < 1 or > 8760 ? ("wait_hours", "wait_hours is a number from 1 to 8760.")
            : s.MaxSteps is < 1 or > RuleSettings.MostSteps ? ("max_steps", $"max_steps is a number from 1 to {RuleSettings.MostSteps}.")
            : s.SpacingHours is < 1 or > 720 ? ("spacing_hours", "spacing_hours is a number from 1 to 720.")
            : s.Approval is not (RuleSettings.Each or RuleSettings.Automatic) ? ("approval", "approval is each or automatic.")
            : s.Threshold is < 50 or > 100 ? ("threshold", "threshold is a number from 50 to 100.")
            : s.HoldOutPercent is < 0 or > 50 ? ("hold_out_percent", "hold_out_percent is a number from 0 to 50.")
            : s.Purpose is not ("utility" or "marketing") ? ("purpose", "purpose is utility or marketing.")
            : WrongTexts(s);
    }

    private static (string Field, string Sentence)? WrongTexts(RuleSettings settings)
    {
        foreach (var (language, texts) in settings.Texts ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (!Languages.Contains(language) || texts.Count > RuleSettings.MostSteps)
            {
                return ("texts", $"texts has at most {RuleSettings.MostSteps} texts in each of fr, en and ar.");
            }

            if (texts.Select(StepsRequest.WrongText).FirstOrDefault(w => w is not null) is { } wrong)
            {
                return ($"texts.{language}", wrong);
            }
        }

        return settings.Template?.Body?.Values.SelectMany(FollowUpWords.Unknown).FirstOrDefault() is { } unknown
            ? ("template.body", $"{{{{{unknown}}}}} is no placeholder; there are {string.Join(", ", FollowUpWords.Placeholders)}.") : null;
    }
}
