using Relais.Tests.Engine.Ai.Providers;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Models of the operator's environment in the whole server: they answer, they fail, they cost.</summary>
public sealed class ModelsThatAreDown
{
    [Theory, OnEveryDatabase]
    public async Task With_two_models_down_the_built_in_agent_answers_and_the_team_is_told_of_the_key(DatabaseKind kind)
    {
        await using var spent = await FakeModelServer.Start((_, http) => FakeModelServer.Json(http, 401, "{}"));
        await using var broken = await FakeModelServer.Saying("<html>");
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal)
        {
            ["OPENAI_API_KEY"] = "sk-openai", ["OPENAI_BASE_URL"] = $"{spent.Url}v1",
            ["ANTHROPIC_API_KEY"] = "sk-ant", ["ANTHROPIC_BASE_URL"] = spent.Url.ToString(),
            ["GEMINI_API_KEY"] = "sk-gem", ["GEMINI_BASE_URL"] = $"{broken.Url}v1beta/openai/", ["GEMINI_MODEL"] = "gemini-x",
        });
        var customer = relais.Chat(relais.Meta, "+33611110001");
        await customer.Asks("Où est ma commande TRK123456 ?", "TRK123456 est expédiée");
        await customer.Asks("Et ma commande TRK123456 maintenant ?", "TRK123456 est expédiée");
        await customer.HearsNoMore();

        spent.Asked.Select(a => a.Path).ShouldBe(["/v1/chat/completions", "/v1/messages"], ignoreOrder: true);
        ((string)broken.Asked[0].Body["model"]!).ShouldBe("gemini-x");
        (await relais.Facts.Count("SELECT count(*) FROM ai_usage WHERE outcome = 'refused'")).ShouldBe(2);
        (await relais.Facts.Count("SELECT count(*) FROM ai_usage WHERE outcome = 'broken'")).ShouldBe(2);
        (await relais.Facts.Count("SELECT count(*) FROM error_log WHERE service = 'model' AND error_type = 'refused'")).ShouldBe(2);
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task A_model_answers_until_the_contacts_budget_is_spent(DatabaseKind kind)
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.OpenAiText);
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal)
        {
            ["OPENAI_BASE_URL"] = $"{server.Url}v1", ["OPENAI_MODEL"] = "gpt-6-luna", ["RELAIS_ANSWERS_PER_MINUTE"] = "0", ["RELAIS_QUIET_MS"] = "0",
        });

        // The fake model always says the same and the customer writes like a machine: both are rules of their own.
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Patch("/api/tenant", new { ai_settings = new { handoff_rules = new { loop = "off", automatic_replies = "off" } } })).Ok();
        var customer = relais.Chat(relais.Meta, "+33611110001");
        for (var i = 0; i < 20; i++)
        {
            await customer.Asks($"Quels sont vos horaires numéro {i} ?", "Bonjour de loin");
        }

        await customer.Asks("Et encore une question ?", "un membre de notre équipe prend le relais");
        server.Asked.Count.ShouldBe(20);
        (await relais.Facts.Count("SELECT CAST(sum(cost_micros) AS BIGINT) FROM ai_usage")).ShouldBe(20 * 200);
        (await customer.Assignee()).ShouldBe(5);

        // Another contact's budget is their own.
        await relais.Chat(relais.Meta, "+33611110002").Asks("Bonjour, une question", "Bonjour de loin");
    }
}
