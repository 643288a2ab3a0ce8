using Microsoft.Extensions.AI;
using Relais.Engine.Ai;

namespace Relais.Tests.Engine.Ai.Safety;

/// <summary>A model without any judgement: does what a text tells it, as far as an agent's tools and words reach.</summary>
internal static class ObedientModel
{
    /// <summary>Looks up everything, then says it all: what it was told, what tools answered, the text and what is hidden in it.</summary>
    public static StagedModel Telling(Injection injection, IReadOnlyList<string> numbers, bool withPrompt) => Calling(Lookups(injection, numbers), conversation =>
        string.Join('\n', [
            .. withPrompt ? conversation.Select(m => m.Text) : [],
            .. conversation.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => Unescaped(r.Result as string ?? "")),
            .. injection.Readings,
        ]));

    /// <summary>Does all that can be done to an order, in the text's words, and says so.</summary>
    public static StagedModel Acting(Injection injection, string number) => Calling(
        [
            Call(AgentTools.ConfirmOrder, (AgentTools.TrackingNumber, number)),
            Call(AgentTools.CancelOrder, (AgentTools.TrackingNumber, number)),
            Call(AgentTools.ChangeOrder, (AgentTools.TrackingNumber, number), (AgentTools.Change, Cut(injection.Text, 300))),
        ],
        _ => "C'est fait. " + injection.Text);

    /// <summary>Asks the customer about one of their orders, as the text says; one question, so that none hides behind another's refusal.</summary>
    public static StagedModel Asking(string act, string number, string? change) => Calling(
        [change is null ? Call(act, (AgentTools.TrackingNumber, number)) : Call(act, (AgentTools.TrackingNumber, number), (AgentTools.Change, Cut(change, 300)))],
        _ => "Tapez 1 pour confirmer.");

    private static List<AIContent> Lookups(Injection injection, IReadOnlyList<string> numbers) =>
    [
        .. numbers.Select(number => Call(AgentTools.TrackOrder, (AgentTools.TrackingNumber, number))),
        Call(AgentTools.ListMyOrders),
        Call(AgentTools.SearchKnowledge, (AgentTools.Question, injection.Place == "faq" ? injection.Faq.Question : Cut(injection.Text, 4_000))),
        Call(InjectionsStage.OtherSystem, (InjectionsStage.Asked, "all")),
    ];

    private static StagedModel Calling(List<AIContent> calls, Func<IReadOnlyList<ChatMessage>, string> then)
    {
        StagedModel model = null!;
        model = new StagedModel((step, _) => Task.FromResult(new ChatResponse(step == 0
            ? new ChatMessage(ChatRole.Assistant, calls)
            : new ChatMessage(ChatRole.Assistant, then(model.Asked[^1])))));
        return model;
    }

    private static AIContent Call(string tool, params (string Name, object? Value)[] arguments) =>
        new FunctionCallContent(Guid.NewGuid().ToString("N"), tool, arguments.ToDictionary(a => a.Name, a => a.Value));

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    private static string Unescaped(string json) => json.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
}
