using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Relais.Engine;
using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Knowledge;

namespace Relais.Tests.Engine.Ai;

/// <summary>A business with one order and a few FAQ entries, and turns of its customers.</summary>
internal static class AgentStage
{
    public static readonly AiAgent Agent = new(TimeProvider.System, NullLogger<AiAgent>.Instance);

    private static readonly FaqSearch Faqs = FaqSearch.Build(Knowledge.FaqTrial.Entries);

    public static readonly TurnTools Tools = new(
        (number, _) => Task.FromResult(number switch
        {
            "TRK123456" => new OrderFact("TRK123456", "shipped", "Yalidine", new DateOnly(2026, 3, 5)),
            "TRK777" => new OrderFact("TRK777", "delivered", null, null),
            "123456" => new OrderFact("123456", "confirmed", null, null),
            _ => null,
        }),
        (question, _) => Task.FromResult<IReadOnlyList<FaqHit>>(
            [.. Faqs.Find(question).Select(m => new FaqHit(m.Id, m.Question, m.Answer, m.Score))]));

    public static Turn Turn(params string[] texts) => new(
        1, "Beyond Express", 10, 20, "Amina", 1, null, "fr", [], [.. texts.Select((text, i) => Said(100 + i, text))]);

    public static TurnMessage Said(long id, string text) => new(id, true, "text", text, true);

    public static TurnMessage Answered(long id, string text) => new(id, false, "text", text, true);

    public static TurnMessage Sent(string type, string text = "") => new(500, true, type, text, false);

    public static Task<IReadOnlyList<Decision>> Decide(Turn turn, IChatClient client, AiAgent? agent = null) =>
        (agent ?? Agent).Decide(turn, client, Tools, CancellationToken.None);

    /// <summary>What the built-in agent decides, the language aside.</summary>
    public static async Task<Decision> BuiltIn(Turn turn)
    {
        using var client = new BuiltInChatClient();
        return (await Decide(turn, client))[^1];
    }

    public static Task<Decision> BuiltIn(params string[] texts) => BuiltIn(Turn(texts));
}

/// <summary>A model that does what a test says; keeps what it was asked.</summary>
internal sealed class StagedModel(Func<int, CancellationToken, Task<ChatResponse>> respond) : IChatClient
{
    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    public List<string> Said { get; } = [];

    public ChatOptions? Options { get; private set; }

    public static StagedModel Saying(string text) => new((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, text))));

    public static StagedModel Failing(Exception failure) => new((_, _) => Task.FromException<ChatResponse>(failure));

    public static StagedModel Calling(string tool, IDictionary<string, object?>? arguments, string then = "fin") => new((step, _) =>
        Task.FromResult(step == 0 ? Call(tool, arguments) : new ChatResponse(new ChatMessage(ChatRole.Assistant, then))));

    public static ChatResponse Call(string tool, IDictionary<string, object?>? arguments) =>
        new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call", tool, arguments)]));

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add([.. messages]);
        Options = options;
        var response = await respond(Asked.Count - 1, cancellationToken);
        Said.Add(response.Text);
        return response;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
