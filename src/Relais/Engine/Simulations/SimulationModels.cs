using Relais.Engine.Ai.Providers;
using Relais.Engine.Simulations.Running;

namespace Relais.Engine.Simulations;

/// <summary>Who answers a tenant's simulations inside the server.</summary>
internal sealed class SimulationModels(ModelDirectory directory, ILogger<SimulationModels> log)
{
    /// <param name="tenantId">Whose.</param>
    /// <param name="wanted">builtin or configured; null: configured where a model is.</param>
    /// <param name="cancel">Ends the reading of the models.</param>
    /// <returns>Null when none is configured and one is wanted.</returns>
    public async Task<SimulatedModel?> For(long tenantId, string? wanted, CancellationToken cancel)
    {
        if (wanted == SimulatedModel.BuiltInName)
        {
            return SimulatedModel.BuiltIn(log);
        }

        if (!directory.IsLoaded)
        {
            await directory.Load(cancel);
        }

        var models = directory.Of(tenantId);
        return models.Count > 0 ? SimulatedModel.Configured(models, null, log) : wanted is null ? SimulatedModel.BuiltIn(log) : null;
    }
}
