using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using ModelContextProtocol.Protocol;
using Relais.Engine.Ai;
using Relais.Engine.Ai.Providers;
using Relais.Foundation;

namespace Relais.Engine.OwnTools;

/// <summary>
/// The tools of a tenant's MCP servers, kept in memory and listed again now and then. Promise: a turn waits for a listing at most
/// <see cref="FirstWait"/>, and only when there is none; a server that is away has no tools, and the turn goes on without them.
/// </summary>
internal sealed partial class McpTools(McpDoor door, ModelDirectory models)
{
    private const int LongestName = 64;
    private const int LongestDescription = 1_000;
    private const int LongestTitle = 60;
    private const int LongestSchema = 8 * 1024;

    /// <summary>Servers change what they offer when they are deployed, not by the minute.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>A dead one is asked again after this; asking each turn would slow each turn.</summary>
    private static readonly TimeSpan Dead = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(8);

    private readonly ConcurrentDictionary<long, Listing> known = new();

    /// <summary>Those the business offers, of the servers that answer. None for a business without a model: the built-in agent calls none.</summary>
    public async ValueTask<IReadOnlyList<OwnTool>> Of(TenantToolSet set, CancellationToken cancel)
    {
        if (set.Servers.Count == 0 || models.Of(set.Servers[0].Stored.TenantId).Count == 0)
        {
            return [];
        }

        var lists = await Task.WhenAll(set.Servers.Select(s => ToolsOf(s, cancel)));
        return [.. lists.SelectMany(l => l).DistinctBy(t => t.Name)];
    }

    private async Task<IReadOnlyList<OwnTool>> ToolsOf(McpServer server, CancellationToken cancel)
    {
        var now = Environment.TickCount64;
        var id = server.Stored.Id;
        if (!known.TryGetValue(id, out var listing) || listing.Stamp != server.Stored.UpdatedAt)
        {
            listing = known[id] = new Listing(server.Stored.UpdatedAt, now, List(server), []);
        }
        else if (listing.Coming.IsCompleted && await listing.Coming is var came && now - listing.AskedAt > (came is null ? Dead : Fresh).TotalMilliseconds)
        {
            var next = listing with { AskedAt = now, Coming = Task.Run(() => List(server), CancellationToken.None), Last = came ?? [] };
            if (known.TryUpdate(id, next, listing))
            {
                return next.Last;
            }
        }

        if (listing.Last.Count > 0 && !listing.Coming.IsCompleted)
        {
            return listing.Last;
        }

        try
        {
            return await listing.Coming.WaitAsync(FirstWait, cancel) ?? [];
        }
        catch (TimeoutException)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<OwnTool>?> List(McpServer server)
    {
        // Not the turn's token: the list is for all turns to come.
        var tools = await door.List(server, ListPatience, CancellationToken.None);
        return tools?.Where(t => server.Risks.ContainsKey(t.Name) && t.InputSchema.ValueKind == JsonValueKind.Object && t.InputSchema.GetRawText().Length <= LongestSchema).Select(t => Own(server, t)).ToList();
    }

    private OwnTool Own(McpServer server, Tool tool)
    {
        // Both have to say that it only reads: the server alone may err, the business alone may not know.
        var hasEffect = server.Risks[tool.Name] != RiskWord.Read || tool.Annotations?.ReadOnlyHint != true;
        var arguments = Arguments(tool.InputSchema);
        var described = ShortText.Fit(ShortText.OneLine(CustomerText.Normalise(tool.Description ?? tool.Name)), LongestDescription);
        var definition = new ToolDefinition(
            NameOf(server.Stored.Name, tool.Name), hasEffect ? ToolRisk.ConfirmedEffect : ToolRisk.Read,
            hasEffect ? $"{described} {ToolQuestion.ForModels}" : described, tool.InputSchema, arguments);
        return new OwnTool(
            definition, new LocalText(ShortText.Fit(ShortText.OneLine(tool.Title ?? tool.Annotations?.Title ?? tool.Name), LongestTitle)),
            (call, cancel) => door.Call(server, tool.Name, arguments, call.Arguments, call.Most, cancel))
        {
            IsRepeatable = tool.Annotations?.IdempotentHint == true,
        };
    }

    /// <summary>In front its server's name, so that two servers, or ours and theirs, never meet.</summary>
    private static string NameOf(string server, string tool)
    {
        var name = NoName().Replace($"mcp_{server}_{tool}", "_");
        return name.Length <= LongestName ? name : name[..LongestName];
    }

    private static List<ToolArgument> Arguments(JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        return [.. properties.EnumerateObject().Select(p => new ToolArgument(p.Name, 4_000, "") { Kind = KindOf(p.Value), IsRequired = required.Contains(p.Name) })];
    }

    private static ArgumentKind KindOf(JsonElement property) =>
        property.ValueKind == JsonValueKind.Object && property.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString() switch
            {
                "string" => ArgumentKind.Text,
                "number" => ArgumentKind.Number,
                "integer" => ArgumentKind.Integer,
                "boolean" => ArgumentKind.Boolean,
                _ => ArgumentKind.Json,
            }
            : ArgumentKind.Json;

    [GeneratedRegex("[^a-zA-Z0-9_-]", RegexOptions.None, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex NoName();

    /// <param name="Stamp">When the row last changed: another one lists anew.</param>
    /// <param name="AskedAt">Milliseconds of the machine's own clock.</param>
    /// <param name="Coming">What comes back; null: the server is away.</param>
    /// <param name="Last">What it said before, to be used meanwhile.</param>
    private sealed record Listing(long Stamp, long AskedAt, Task<IReadOnlyList<OwnTool>?> Coming, IReadOnlyList<OwnTool> Last);
}
