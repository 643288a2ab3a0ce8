using Relais.Tests.Engine.Ai.Providers;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What models may take, in tokens; and what the customer sees while one thinks.</summary>
public sealed class ModelBudgets
{
    [Theory, OnEveryDatabase]
    public async Task A_conversation_and_a_day_have_their_tokens_and_then_a_person(DatabaseKind kind)
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.OpenAiText);
        await using var relais = await Start(kind, server);
        using var desk = await DeskClient.SignIn(relais);

        // 1,200 tokens an answer.
        (await desk.Put("/api/ai/models", new { models = Array.Empty<object>(), conversation_token_limit = 2_000, daily_token_limit = 4_000 })).Ok()
            .Body.Text("conversation_token_limit").ShouldBe("2000");
        var customer = relais.Chat(relais.Meta, "+33611110401");
        await customer.Asks("Vous livrez où ?", "Bonjour de loin");
        await customer.Asks("Et le samedi ?", "Bonjour de loin");
        await customer.Asks("Et le dimanche ?", "un membre de notre équipe prend le relais");
        (await customer.Assignee()).ShouldBe(5);
        await relais.Chat(relais.Meta, "+33611110402").Asks("Vous livrez où ?", "Bonjour de loin");
        await relais.Chat(relais.Meta, "+33611110403").Asks("Vous livrez où ?", "Bonjour de loin");
        await relais.Chat(relais.Meta, "+33611110404").Asks("Vous livrez où ?", "un membre de notre équipe prend le relais");
        server.Asked.Count.ShouldBe(4);
        (await desk.Put("/api/ai/models", new { models = Array.Empty<object>(), daily_token_limit = -1 })).Wrong("daily_token_limit");
    }

    [Theory, OnEveryDatabase]
    public async Task The_customer_sees_typing_while_a_model_thinks_and_not_for_the_built_in_agent(DatabaseKind kind)
    {
        var mayAnswer = new TaskCompletionSource();
        await using var server = await FakeModelServer.Start(async (_, http) =>
        {
            await mayAnswer.Task;
            await FakeModelServer.Json(http, 200, WireAnswers.OpenAiText);
        });
        await using var relais = await Start(kind, server);
        var customer = relais.Chat(relais.Meta, "+33611110411");
        await customer.Says("Vous livrez où ?");
        await Eventually.Holds(() => Task.FromResult(customer.Phone.Chats.Single().TypingUntil > DateTimeOffset.UnixEpoch), "typing is shown before there is an answer");
        customer.Answers.ShouldBeEmpty();
        mayAnswer.SetResult();
        await customer.Hears("Bonjour de loin");
        await Eventually.Holds(() => Task.FromResult(customer.Phone.Chats.Single().TypingUntil == default), "the answer ends it");

        await using var builtIn = await RelaisHost.Start(kind);
        var other = builtIn.Chat(builtIn.Meta, "+33611110412");
        await other.Asks("Bonjour", "Bonjour");
        await builtIn.Settled();
        other.Phone.Chats.Single().TypingUntil.ShouldBe(default);
    }

    private static Task<RelaisHost> Start(DatabaseKind kind, FakeModelServer server) => RelaisHost.Start(kind, new(StringComparer.Ordinal)
    {
        ["OPENAI_BASE_URL"] = $"{server.Url}v1", ["OPENAI_MODEL"] = "gpt-6-luna",
    });
}
