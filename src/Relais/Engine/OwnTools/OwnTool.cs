using Relais.Engine.Ai;
using Relais.Foundation;

namespace Relais.Engine.OwnTools;

/// <summary>A call of a tool that is not ours.</summary>
/// <param name="Arguments">As <see cref="ToolDefinition.Read"/> gave them.</param>
/// <param name="Facts">Of the turn (<see cref="ToolFacts"/>).</param>
/// <param name="Key">Idempotency-Key of an effect; null when it only reads.</param>
/// <param name="Most">Time there is left.</param>
internal sealed record OwnCall(IReadOnlyDictionary<string, string> Arguments, IReadOnlyDictionary<string, string> Facts, string? Key, TimeSpan Most);

/// <summary>A tool of a business's own system or of its MCP server.</summary>
/// <param name="Definition">For models.</param>
/// <param name="Title">For customers.</param>
/// <param name="Run">Always comes back with a reply.</param>
internal sealed record OwnTool(ToolDefinition Definition, LocalText Title, Func<OwnCall, CancellationToken, Task<ToolReply>> Run)
{
    public string Name => Definition.Name;

    public bool HasEffect => Definition.Risk != ToolRisk.Read;

    /// <summary>True when the same key may be sent again after a crash: the other side carries it out once.</summary>
    public bool IsRepeatable { get; init; }
}
