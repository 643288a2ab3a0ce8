using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Relais.Foundation;
using Relais.Tests.Engine.Ai;
using Relais.Tests.Support;

namespace Relais.Tests.Engine.OwnTools;

/// <summary>A server whose model does what a test says, and whose tools may be on this computer.</summary>
internal static class OwnToolStage
{
    public static Task<RelaisHost> Start(DatabaseKind kind, IChatClient model) => RelaisHost.Start(kind, extra: services =>
    {
        services.AddSingleton<SafeHttp>(_ => new SafeHttp(allowsLocal: true));
        services.AddSingleton(model);
    });

    /// <summary>A model that answers step by step, over all turns.</summary>
    public static StagedModel Model(params ChatResponse[] steps) => new((step, _) => Task.FromResult(
        step < steps.Length ? steps[step] : Says("fin")));

    public static ChatResponse Says(string text) => new(new ChatMessage(ChatRole.Assistant, text));

    public static ChatResponse Calls(string tool, params (string Name, object? Value)[] arguments) =>
        StagedModel.Call(tool, arguments.ToDictionary(a => a.Name, a => a.Value));

    /// <summary>What the tools of the model's last question answered.</summary>
    public static string Results(this StagedModel model) => string.Join('\n', model.Asked[^1].SelectMany(m => m.Contents.OfType<FunctionResultContent>()).Select(r => r.Result as string));

    public static object Tool(string name, string url, string risk = "read", string method = "GET", object? more = null, object? headers = null, object? body = null) => new
    {
        name, url, risk, method, headers, body,
        title = new { fr = "Bon d'achat", ar = "قسيمة شراء", en = "Voucher" },
        description = "Looks up loyalty points.",
        parameters = more ?? new { type = "object", properties = new { card = new { type = "string", description = "Card number" } }, required = new[] { "card" } },
        timeout_seconds = 1,
    };
}
