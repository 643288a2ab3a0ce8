using System.Text.Json;
using Relais.Engine.Ai;
using Relais.Engine.Simulations.Cases;
using Relais.Engine.Simulations.Running;
using Relais.Foundation;
using Relais.Knowledge;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Simulations;

/// <summary>
/// Stands before a change of prompt or FAQs where the business wants it (<c>ai_settings.block_on_regression</c>): the cases are run with the change,
/// those that fail once more without it, and what fails only with it is a regression. Fails closed: a case that did not come to an end counts.
/// </summary>
internal sealed class ChangeGate(
    Database database, SuiteRunner suite, SimulationModels models, Ids ids, Clock clock, ILogger<ChangeGate> log) : IFaqGate
{
    /// <summary>Somebody waits for the answer. Sixty cases take the built-in agent a tenth of a second, and quick models a minute or two.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    public Task<GateAnswer> Look(HttpContext http, SignedIn who, BusinessPrompt prompt) =>
        Look(http, who, "prompt", "prompt", business => Task.FromResult(business with { Prompt = prompt }));

    public Task<GateAnswer> Look(HttpContext http, SignedIn who, FaqChange change) => Look(
        http, who, "faq", $"faq {change.Id}", async business => business with { Faqs = await Candidate(who.Tenant, change, http.RequestAborted) });

    private async Task<GateAnswer> Look(
        HttpContext http, SignedIn who, string what, string detail, Func<SimulatedBusiness, Task<SimulatedBusiness>> changed)
    {
        var (blocks, cases, business) = await database.Read(Scope.Tenant(who.Tenant), async tx =>
            (await TenantStore.Find(tx, who.Tenant))!.BlockOnRegression == 0 ? (false, [], null!)
                : (true, await CaseStore.All(tx, who.Tenant), await SimulatedBusiness.Read(tx, who.Tenant)), http.RequestAborted);
        if (!blocks || cases.Count == 0)
        {
            return GateAnswer.Open;
        }

        var model = (await models.For(who.Tenant, null, http.RequestAborted))!;
        var failing = await Failing(cases.ConvertAll(c => CaseReader.One(c.Yaml)), await changed(business), model, http.RequestAborted);
        var passed = await Passing([.. failing.Keys], business, model, http.RequestAborted);
        var regressed = failing.Where(f => passed.Contains(f.Key.Name)).ToDictionary(f => f.Key.Name, f => f.Value, StringComparer.Ordinal);
        if (regressed.Count == 0)
        {
            return GateAnswer.Open;
        }

        if (http.Request.Query["force"] != "true")
        {
            return GateAnswer.Open with { Refusal = Refusal(regressed) };
        }

        var (id, now) = (await ids.One(http.RequestAborted), clock.Micros);
        log.LogWarning("A change of the {What} of tenant {Tenant} was forced: {Count} simulations newly fail", what, who.Tenant, regressed.Count);
        return GateAnswer.Open with
        {
            Record = tx => ForcedChangeStore.Insert(tx, who.Tenant, new ForcedChange
            {
                Id = id, Change = what, Detail = detail, Cases = JsonSerializer.Serialize(regressed.Keys, ApiJson.Options), AgentId = who.AgentId, CreatedAt = now,
            }),
        };
    }

    /// <summary>The cases that do not pass, each with its reasons.</summary>
    private async Task<Dictionary<SimulationCase, IReadOnlyList<string>>> Failing(
        IReadOnlyList<SimulationCase> cases, SimulatedBusiness business, SimulatedModel model, CancellationToken cancel) =>
        cases.Zip(await Results(cases, business, model, cancel)).Where(c => c.Second is null or { Verdict: Verdict.Failed })
            .ToDictionary(c => c.First, c => c.Second?.Reasons ?? [$"It did not come to an end within {Patience.TotalSeconds:0} s."]);

    /// <summary>Names of the cases that pass; what does not come to an end counts as one of them, or a slow model would open the gate.</summary>
    private async Task<HashSet<string>> Passing(
        IReadOnlyList<SimulationCase> cases, SimulatedBusiness business, SimulatedModel model, CancellationToken cancel) =>
        [.. cases.Zip(await Results(cases, business, model, cancel)).Where(c => c.Second is null or { Verdict: Verdict.Passed }).Select(c => c.First.Name)];

    /// <summary>In the order of the cases; null for what did not come to an end in time.</summary>
    private async Task<CaseResult?[]> Results(
        IReadOnlyList<SimulationCase> cases, SimulatedBusiness business, SimulatedModel model, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var results = new CaseResult?[cases.Count];
        try
        {
            await suite.Run(cases, business, model, (i, result) =>
            {
                results[i] = result;
                return Task.CompletedTask;
            }, patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning("The simulations before a change took longer than {Seconds} s", Patience.TotalSeconds);
        }

        return results;
    }

    private async Task<FaqSearch> Candidate(long tenantId, FaqChange change, CancellationToken cancel)
    {
        var all = await database.Read(Scope.Tenant(tenantId), tx => FaqStore.All(tx, tenantId), cancel);
        var entries = all.Where(f => f.Id != change.Id).Select(f => (f.Id, f.Question, f.Answer)).ToList();
        if (!change.IsRemoval)
        {
            var old = all.Find(f => f.Id == change.Id);
            entries.Add((change.Id, change.Question ?? old?.Question ?? "", change.Answer ?? old?.Answer ?? ""));
        }

        return FaqSearch.Build(entries);
    }

    private static IResult Refusal(Dictionary<string, IReadOnlyList<string>> regressed) => Problems.RefuseWith(
        Problems.Regression, null, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["newly_failing"] = regressed.Select(r => new { name = r.Key, reasons = r.Value }).ToList(),
        });
}
