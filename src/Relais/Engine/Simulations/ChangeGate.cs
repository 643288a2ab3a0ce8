using System.Text.Json;
using Relais.Engine.Ai;
using Relais.Engine.Simulations.Cases;
using Relais.Engine.Simulations.Running;
using Relais.Foundation;
using Relais.Knowledge;
using Relais.Knowledge.Search;
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

    /// <param name="http">The request; <c>?force=true</c> makes the change all the same.</param>
    /// <param name="who">Who publishes it.</param>
    /// <param name="prompt">What.</param>
    /// <param name="version">Its version; null for one that has no number yet.</param>
    public Task<GateAnswer> Look(HttpContext http, SignedIn who, BusinessPrompt prompt, long? version) => Look(
        http, who, "prompt", version is null ? "new version" : $"version {version}",
        business => Task.FromResult(business with { Prompt = prompt, PromptVersion = version ?? SimulatedBusiness.Unnumbered }));

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
        var suiteNow = cases.ConvertAll(c => (Stored: c, Read: CaseReader.One(c.Yaml)));
        var failing = (await Outcomes(suiteNow, await changed(business), model, http.RequestAborted)).FindAll(o => o.Verdict is not (Verdict.Passed or Verdict.Skipped));
        var before = await Outcomes(suiteNow.FindAll(c => failing.Exists(f => f.CaseId == c.Stored.Id)), business, model, http.RequestAborted);

        // What comes to no end at present counts as passing, or a slow model would open the gate.
        var regressed = failing.FindAll(f => before.Find(b => b.CaseId == f.CaseId)?.Verdict is null or Verdict.Passed);
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
                Id = id, Change = what, Detail = detail, Cases = JsonSerializer.Serialize(regressed.ConvertAll(r => r.Name), ApiJson.Options), AgentId = who.AgentId, CreatedAt = now,
            }),
        };
    }

    /// <summary>How the cases end: as a run in the background has found on the very same basis, where a model would be asked; else they are run now.</summary>
    private async Task<List<Outcome>> Outcomes(
        List<(StoredCase Stored, SimulationCase Read)> cases, SimulatedBusiness business, SimulatedModel model, CancellationToken cancel)
    {
        if (model.IsDear && await Known(business, model, cancel) is { } known)
        {
            return known.FindAll(k => cases.Exists(c => c.Stored.Id == k.CaseId));
        }

        var outcomes = cases.ConvertAll(c => new Outcome(c.Stored.Id, c.Read.Name, null, [$"It did not come to an end within {Patience.TotalSeconds:0} s."]));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await suite.Run(cases.ConvertAll(c => c.Read), business, model, (i, result) =>
            {
                outcomes[i] = outcomes[i] with { Verdict = result.Verdict, Reasons = result.Reasons };
                return Task.CompletedTask;
            }, patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning("The simulations before a change took longer than {Seconds} s", Patience.TotalSeconds);
        }

        return outcomes;
    }

    private Task<List<Outcome>?> Known(SimulatedBusiness business, SimulatedModel model, CancellationToken cancel) =>
        database.Read(Scope.Tenant(business.TenantId), async tx =>
            RunBasis.Of(business, await CaseStore.All(tx, business.TenantId), model) is { } basis
            && await RunStore.WithBasis(tx, business.TenantId, basis) is > 0 and var run
                ? (await RunStore.Results(tx, business.TenantId, run)).ConvertAll(r => new Outcome(r.CaseId, r.Name, (Verdict)r.Verdict, r.ReadReasons()))
                : null, cancel);

    private async Task<KnowledgeIndex> Candidate(long tenantId, FaqChange change, CancellationToken cancel)
    {
        var all = await database.Read(Scope.Tenant(tenantId), tx => FaqStore.All(tx, tenantId), cancel);
        var entries = all.FindAll(f => f.Id != change.Id);
        if (!change.IsRemoval)
        {
            var old = all.Find(f => f.Id == change.Id);
            entries.Add(new() { Id = change.Id, Question = change.Question ?? old?.Question ?? "", Answer = change.Answer ?? old?.Answer ?? "", Language = old?.Language });
        }

        return KnowledgeIndex.Build(entries, [], [], likenessFloor: 1);
    }

    private static IResult Refusal(List<Outcome> regressed) => Problems.RefuseWith(
        Problems.Regression, null, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["newly_failing"] = regressed.ConvertAll(r => new { name = r.Name, reasons = r.Reasons }),
        });

    /// <param name="CaseId">The case.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Verdict">Null: it did not come to an end in time.</param>
    /// <param name="Reasons">Why it does not pass.</param>
    private sealed record Outcome(long CaseId, string Name, Verdict? Verdict, IReadOnlyList<string> Reasons);
}
