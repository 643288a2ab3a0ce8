using Microsoft.Extensions.AI;
using Relais.Engine.Ai.BuiltIn;
using Relais.Engine.Ai.Providers;

namespace Relais.Engine.Simulations.Running;

/// <summary>Who answers in a run: the built-in agent, the configured models, or what they once answered.</summary>
internal sealed class SimulatedModel
{
    public const string BuiltInName = "builtin";
    public const string ConfiguredName = "configured";
    public const string RecordedName = "recorded";

    private readonly IReadOnlyList<Model> models;
    private readonly Recordings? recordings;
    private readonly ILogger log;

    private SimulatedModel(string name, IReadOnlyList<Model> models, Recordings? recordings, ILogger log) =>
        (Name, this.models, this.recordings, this.log) = (name, models, recordings, log);

    /// <summary>builtin, recorded, or provider/name of the first model asked.</summary>
    public string Name { get; }

    /// <summary>Whether it can play a customer.</summary>
    public bool CanPlay => Name != BuiltInName;

    /// <summary>Whether a case takes time and money.</summary>
    public bool IsDear => models.Count > 0;

    public static SimulatedModel BuiltIn(ILogger log) => new(BuiltInName, [], null, log);

    public static SimulatedModel Recorded(Recordings recordings, ILogger log) => new(RecordedName, [], recordings, log);

    /// <param name="models">In the order they are asked; at least one.</param>
    /// <param name="recordings">Where their answers are kept; null: nowhere.</param>
    /// <param name="log">Which model failed.</param>
    public static SimulatedModel Configured(IReadOnlyList<Model> models, Recordings? recordings, ILogger log) =>
        new(models[0].Setup.ToString(), models, recordings, log);

    /// <summary>A client for one turn.</summary>
    public ObservedChatClient ForTurn(string caseName)
    {
        if (models.Count == 0)
        {
            return new ObservedChatClient(
                recordings is null ? new BuiltInChatClient() : new RecordedChatClient(recordings, null, caseName), null);
        }

        ModelChain? chain = null;
        chain = new ModelChain(
            models, new NoModelLeft(() => chain!.Calls), ModelChainLimits.Default, _ => Task.FromResult(Allowance.Unlimited), TimeProvider.System, log);
        return new ObservedChatClient(recordings is null ? chain : new RecordedChatClient(recordings, chain, caseName), chain);
    }
}
