using Relais.Engine.Simulations.Cases;

namespace Relais.Engine.Simulations.Running;

/// <summary>Runs cases: one after the other where they take microseconds, a few at once where a model is asked.</summary>
internal sealed class SuiteRunner(CaseRunner runner)
{
    /// <summary>As many as a small account's rate limits bear beside live customers.</summary>
    private const int AtOnce = 4;

    /// <summary>The results in the order of the cases.</summary>
    /// <param name="cases">What to run.</param>
    /// <param name="business">Whose agent.</param>
    /// <param name="model">Who answers.</param>
    /// <param name="done">Told of each result, one at a time; may be null.</param>
    /// <param name="cancel">Ends the run.</param>
    public async Task<IReadOnlyList<CaseResult>> Run(
        IReadOnlyList<SimulationCase> cases, SimulatedBusiness business, SimulatedModel model, Func<int, CaseResult, Task>? done, CancellationToken cancel)
    {
        var results = new CaseResult[cases.Count];
        using var telling = new SemaphoreSlim(1);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, cases.Count),
            new ParallelOptions { MaxDegreeOfParallelism = model.IsDear ? AtOnce : 1, CancellationToken = cancel },
            async (i, token) =>
            {
                results[i] = await runner.Run(cases[i], business, model, token);
                if (done is not null)
                {
                    await telling.WaitAsync(token);
                    try
                    {
                        await done(i, results[i]);
                    }
                    finally
                    {
                        telling.Release();
                    }
                }
            });
        return results;
    }
}
