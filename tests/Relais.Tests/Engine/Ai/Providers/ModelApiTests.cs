using System.Text;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai.Providers;

public sealed class ModelApiTests
{
    private const string Two = """
        {"models":[{"provider":"anthropic","key":"sk-ant-secret"},
        {"provider":"openai_compatible","model":"llama","base_url":"https://models.example.com/v1?x=1","temperature":0.3,"price_in":0.25}],"daily_cost_limit":2.5}
        """;

    [Theory, OnEveryDatabase]
    public async Task Models_are_set_listed_without_keys_and_keep_their_key_at_their_address_only(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var admin = await DeskClient.SignIn(relais);
        var set = (await Put(admin, Two)).Ok();
        set.Body.ToString().ShouldNotContain("sk-ant-secret");
        var models = set.Body.GetProperty("models");
        models[0].GetProperty("model").GetString().ShouldBe("claude-haiku-5-5");
        models[0].GetProperty("has_key").GetBoolean().ShouldBeTrue();
        models[0].GetProperty("price_out").GetDecimal().ShouldBe(0.5m);
        models[1].GetProperty("base_url").GetString().ShouldBe("https://models.example.com/v1/");
        models[1].GetProperty("has_key").GetBoolean().ShouldBeFalse();
        models[1].GetProperty("temperature").GetDecimal().ShouldBe(0.3m);
        set.Body.GetProperty("daily_cost_limit").GetDecimal().ShouldBe(2.5m);
        (await admin.Get("/api/ai/models")).Ok().Body.ToString().ShouldBe(set.Body.ToString());
        (await relais.Facts.Count("SELECT count(*) FROM ai_model WHERE sealed_key LIKE '%secret%'")).ShouldBe(0);

        var id = models[0].GetProperty("id").GetInt64();
        string Only(string rest) => $$"""{"models":[{"id":{{id}},"provider":"anthropic"{{rest}}}]}""";
        (await Put(admin, Only(""","model":"claude-x" """))).Ok()
            .Body.GetProperty("models")[0].GetProperty("has_key").GetBoolean().ShouldBeTrue();
        (await Put(admin, Only(""","base_url":"https://thief.example.com" """))).Wrong("models[0].key");
        (await Put(admin, Only(""","base_url":"http://10.0.0.1/" """))).Wrong("models[0].base_url");
        (await Put(admin, """{"models":[{"id":1,"provider":"no"}]}""")).Refused(404, "not_found");
        (await Put(admin, """{"models":[{"provider":"no"}]}""")).Wrong("models[0].provider");
        (await Put(admin, """{"models":[{"provider":"openai_compatible","model":"x"}]}""")).Wrong("models[0].base_url");
        (await Put(admin, """{"models":null}""")).Wrong("models");

        using var agent = await DeskClient.SignIn(relais, "Amine", Roles.Agent);
        (await agent.Get("/api/ai/models")).Refused(403, "forbidden");
    }

    [Theory, OnEveryDatabase]
    public async Task Usage_is_summed_by_day_and_model(DatabaseKind kind)
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.OpenAiText);
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal)
        {
            ["OPENAI_BASE_URL"] = $"{server.Url}v1", ["OPENAI_MODEL"] = "gpt-6-luna",
        });
        await relais.Chat(relais.Meta, "+33611110001").Asks("Bonjour, une question", "Bonjour de loin");
        await relais.Settled();
        using var admin = await DeskClient.SignIn(relais);
        var usage = (await admin.Get("/api/ai/usage?days=2")).Ok().Body;
        usage.GetProperty("cost").GetDecimal().ShouldBe(0.0002m);
        var row = usage.GetProperty("items")[0];
        row.GetProperty("model").GetString().ShouldBe("gpt-6-luna");
        row.GetProperty("calls").GetInt64().ShouldBe(1);
        row.GetProperty("failed").GetInt64().ShouldBe(0);
        row.GetProperty("input_tokens").GetInt64().ShouldBe(1000);
        row.GetProperty("output_tokens").GetInt64().ShouldBe(200);
        (await admin.Get("/api/ai/usage?days=0")).Wrong("days");
    }

    private static async Task<ApiAnswer> Put(DeskClient who, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        return await who.Send(HttpMethod.Put, "/api/ai/models", body);
    }
}
