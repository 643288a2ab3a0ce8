using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Relais.Engine;
using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Engine.Ai.Providers;

namespace Relais.Tests.Engine.Ai.Providers;

/// <summary>The real adapters, the real chain and the real agent, with the built-in agent at the end.</summary>
internal sealed class ModelStage : IDisposable
{
    private static readonly ModelChainLimits Short = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(1));

    private readonly ModelHttp http = new();
    private readonly BuiltInChatClient builtIn = new();

    /// <summary>Of the last turn.</summary>
    public IReadOnlyList<ModelCall> Calls { get; private set; } = [];

    /// <summary>Tools that ran in all turns.</summary>
    public int ToolRuns { get; private set; }

    public Allowance Allowance { get; set; } = Allowance.Unlimited;

    public Model Model(string provider, Uri url, string name = "m", double? temperature = null, bool isTenants = false, bool readsImages = false)
    {
        var setup = new ModelSetup(provider, name, url, "sk-secret-1", temperature, 100_000, 500_000, isTenants) { ReadsImages = readsImages };
        return new Model(setup, new ModelClients(http).Connect(setup), TimeProvider.System);
    }

    public Task<Decision> Decide(Turn turn, params Model[] models) => Decide(turn, null, models);

    public async Task<Decision> Decide(Turn turn, IChatClient? last, params Model[] models)
    {
        using var chain = new ModelChain(
            models, last ?? builtIn, Short, _ => Task.FromResult(Allowance), TimeProvider.System, NullLogger.Instance);
        var tools = AgentStage.Tools with
        {
            FindOrder = (number, cancel) => { ToolRuns++; return AgentStage.Tools.FindOrder(number, cancel); },
            SearchFaqs = (question, cancel) => { ToolRuns++; return AgentStage.Tools.SearchFaqs(question, cancel); },
        };
        var decisions = await AgentStage.Agent.Decide(turn, chain, tools, CancellationToken.None);
        Calls = chain.Calls;
        return decisions[^1];
    }

    public void Dispose()
    {
        http.Dispose();
        builtIn.Dispose();
    }
}
