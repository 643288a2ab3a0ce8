using Relais.Engine.Ai.BuiltIn;
using Relais.Knowledge;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai;

/// <summary>Intent examples and synonyms of one business: written, tried, checked, published, and used by its own turns only.</summary>
public sealed class OwnWordsTests
{
    private static readonly (long, string, string)[] Shop = [(1, "Quel est le prix d'une robe ?", "4500 DA."), (2, "Où se trouve votre boutique ?", "Alger centre.")];

    [Fact]
    public void Examples_are_learned_and_the_rest_is_not_forgotten()
    {
        var words = OwnWords.None with { Examples = Lists("track", "la tchatcha est passée ?", "zoubia zoubia") };
        words.Learn().Reader.Read("zoubia zoubia").Intent.ShouldBe(Intent.Track);
        OwnWordsCheck.Of(words, OwnWordsDirectory.Shipped, []).ShouldBeEmpty();
    }

    [Fact]
    public void A_draft_that_reads_shipped_phrases_worse_is_told_which()
    {
        var words = OwnWords.None with { Examples = Lists("complaint", [.. IntentSeeds.All[(int)Intent.Price].Take(60)]) };
        var misread = OwnWordsCheck.Of(words, OwnWordsDirectory.Shipped, []);
        misread.ShouldNotBeEmpty();
        misread.ShouldContain(line => line.Expected == "price" && line.Got == "complaint");
    }

    [Fact]
    public void A_synonym_finds_the_entry_and_one_that_hides_an_entry_is_told()
    {
        FaqSearch.Build(Shop).Find("ch7al gandoura").ShouldNotContain(m => m.Score > 0.5);
        var synonyms = new OwnSynonyms(Lists("gandoura", "robe", "caftan du soir"));
        FaqSearch.Build(Shop, synonyms).Find("ch7al gandoura")[0].Id.ShouldBe(1);
        FaqSearch.Build(Shop, synonyms).Find("prix caftan du soir")[0].Id.ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task They_are_drafted_tried_refused_when_worse_and_used_by_the_next_turn(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        (await desk.Post("/api/faqs", new { question = "Faites-vous le zellige ?", answer = "Oui, sur commande." })).Status.ShouldBe(201);
        var chat = relais.Chat(relais.Meta, "+33611110191");

        (await Put(desk, "/api/ai/synonyms", new { synonyms = new { bejmat = new[] { "zellige" } } })).Ok();
        (await Put(desk, "/api/ai/intents", new { examples = new { thanks = new[] { "tchouss tchouss" } } })).Ok().Body
            .GetProperty("draft").GetProperty("thanks")[0].GetString().ShouldBe("tchouss tchouss");
        var tried = (await desk.Post("/api/ai/intents/try", new { text = "tchouss tchouss" })).Ok().Body;
        tried.GetProperty("draft").Text("intent").ShouldBe("thanks");
        (await desk.Post("/api/ai/intents/try", new { text = "bejmat" })).Ok().Body.GetProperty("faqs")[0].Text("answer").ShouldBe("Oui, sur commande.");
        (await other.Get("/api/ai/intents")).Ok().Body.GetProperty("draft").EnumerateObject().ShouldBeEmpty();

        (await desk.Post("/api/ai/intents/publish")).Ok().Body.GetProperty("examples").GetInt32().ShouldBe(1);
        await chat.Asks("bejmat ?", "Oui, sur commande.");

        (await Put(desk, "/api/ai/intents", new { examples = new { complaint = IntentSeeds.All[(int)Intent.Price].Take(60) } })).Ok();
        var refused = await desk.Post("/api/ai/intents/publish");
        refused.Status.ShouldBe(409);
        refused.Body.Text("code").ShouldBe("intents_worse");
        refused.Body.GetProperty("misread").GetArrayLength().ShouldBeGreaterThan(0);
        (await desk.Get("/api/ai/intents")).Ok().Body.GetProperty("published").GetProperty("thanks")[0].GetString().ShouldBe("tchouss tchouss");

        (await Put(desk, "/api/ai/intents", new { examples = new { nonsense = new[] { "x y" } } })).Status.ShouldBe(400);
        (await Put(desk, "/api/ai/synonyms", new { })).Status.ShouldBe(400);
        (await desk.Post("/api/ai/intents/try", new { text = " " })).Status.ShouldBe(400);
    }

    private static Task<ApiAnswer> Put(DeskClient desk, string path, object body) =>
        desk.Send(HttpMethod.Put, path, System.Net.Http.Json.JsonContent.Create(body));

    private static Dictionary<string, IReadOnlyList<string>> Lists(string word, params string[] lines) => new() { [word] = lines };
}
