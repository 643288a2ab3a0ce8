using System.Text.Json.Nodes;
using Relais.Tests.Engine.Ai.Providers;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Customers who show instead of writing, through the whole server.</summary>
public sealed class CustomersPictures
{
    [Theory, OnEveryDatabase]
    public async Task A_model_that_reads_pictures_is_shown_the_last_three_of_a_burst(DatabaseKind kind)
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.OpenAiText);
        await using var relais = await Start(kind, server, "gpt-6-luna");
        var customer = relais.Chat(relais.Meta, "+33611110095");
        for (var i = 0; i < 4; i++)
        {
            (await customer.Phone.SendMedia(relais.Meta, "image", caption: i == 3 ? "Lequel est le mien ?" : null)).Taken.ShouldBeTrue();
        }

        await customer.Hears("Bonjour de loin");
        Pictures(server.Asked[^1].Body).ShouldBe([$"data:image/jpeg;base64,{Sample()}", $"data:image/jpeg;base64,{Sample()}", $"data:image/jpeg;base64,{Sample()}"]);

        // Pictures of the past are not shown again: they cost as much each time.
        await customer.Asks("Et en bleu ?", "Bonjour de loin");
        Pictures(server.Asked[^1].Body).ShouldBeEmpty();
        await relais.Settled();
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task A_model_that_reads_none_gets_no_bytes_and_a_picture_alone_goes_to_people(DatabaseKind kind)
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.OpenAiText);
        await using var relais = await Start(kind, server, "llama3.3");
        var captioned = relais.Chat(relais.Meta, "+33611110095");
        await captioned.Phone.SendMedia(relais.Meta, "image", caption: "Vous avez ce modèle ?");
        await captioned.Hears("Bonjour de loin");
        server.Asked[0].Body.ToJsonString().ShouldContain("image that you cannot see");
        Pictures(server.Asked[0].Body).ShouldBeEmpty();

        var alone = relais.Chat(relais.Meta, "+33611110096");
        await alone.Phone.SendMedia(relais.Meta, "image");
        await alone.Hears("équipe");
        (await alone.Assignee()).ShouldBe(5);
        server.Asked.Count.ShouldBe(1);
        await relais.IsInOrder();
    }

    private static Task<RelaisHost> Start(DatabaseKind kind, FakeModelServer server, string model) => RelaisHost.Start(kind, new(StringComparer.Ordinal)
    {
        ["OPENAI_BASE_URL"] = $"{server.Url}v1", ["OPENAI_MODEL"] = model, ["RELAIS_QUIET_MS"] = "1500",
    });

    private static string Sample() => Convert.ToBase64String(Relais.Simulator.Files.SampleFiles.Of("image")!.Value.Bytes);

    private static List<string> Pictures(JsonNode body) => [.. body["messages"]!.AsArray()
        .SelectMany(m => m!["content"] is JsonArray parts ? parts.ToList() : [])
        .Where(p => (string)p!["type"]! == "image_url").Select(p => (string)p!["image_url"]!["url"]!)];
}
