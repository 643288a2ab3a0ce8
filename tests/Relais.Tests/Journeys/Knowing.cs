using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Relais.Knowledge.Candidates;
using Relais.Knowledge.Embeddings;
using Relais.Tests.Knowledge;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What the business lets its agent read is what customers are answered from; what people answered can become a FAQ.</summary>
public sealed class Knowing
{
    [Theory, OnEveryDatabase]
    public async Task Documents_are_brought_read_quoted_and_deleted(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var guide = await Brought(desk, await Upload(desk, Encoding.UTF8.GetBytes(KnowledgeTrial.Guide), "guide.md", "Guide Atlas"));
        guide.Text("format").ShouldBe("markdown");
        guide.Text("language").ShouldBe("fr");
        guide.Text("passages").ShouldBe("8");
        await Brought(desk, (await desk.Post("/api/knowledge/documents", new { title = "دليل الزبائن", text = KnowledgeTrial.Arabic })).Ok());
        var pdf = await Brought(desk, await Upload(desk, await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Payloads/documents/atlas.pdf")), "atlas.pdf"));
        pdf.Text("title").ShouldBe("atlas");

        var customer = relais.Chat(relais.Meta, "+33611110201");
        await customer.Asks("combien de points pour un coussin offert ?", "D'après « Guide Atlas »", "Cent points donnent droit à un coussin offert");
        await relais.Chat(relais.Twilio, "+33611110202").Asks("هل تغليف الهدايا مجاني في رمضان؟", "حسب «دليل الزبائن»", "خدمة تغليف الهدايا مجانية");
        await relais.Chat(relais.Meta, "+33611110203").Asks("when can the weaving workshop be visited?", "From “atlas”", "every Thursday from 14:00 to 16:30");

        // A FAQ goes before a document, and what nobody wrote goes to a person.
        await relais.Chat(relais.Meta, "+33611110204").Asks("Quels sont vos horaires d'ouverture ?", "Nous sommes ouverts du lundi au samedi");
        await relais.Chat(relais.Meta, "+33611110205").Asks("avez-vous une piscine ?", "un membre de notre équipe");

        var passages = (await desk.Get($"/api/knowledge/documents/{guide.Text("id")}/passages?limit=3")).Ok().Body;
        passages.GetProperty("items")[0].Text("heading").ShouldBe("Guide de la Maison Atlas › Retours");
        passages.Text("next_cursor").ShouldNotBeEmpty();
        (await desk.Send(HttpMethod.Delete, $"/api/knowledge/documents/{guide.Text("id")}")).Ok();
        await relais.Chat(relais.Meta, "+33611110206").Asks("combien de points pour un coussin offert ?", "un membre de notre équipe");
        (await desk.Get($"/api/knowledge/documents/{guide.Text("id")}")).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task What_cannot_be_taken_is_refused_with_a_sentence(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var url in new[] { "http://example.com/", "https://127.0.0.1/x", "https://169.254.169.254/latest", "https://[::1]/", "https://intranet/" })
        {
            (await desk.Post("/api/knowledge/documents", new { url })).Refused(400, "invalid");
        }

        (await desk.Post("/api/knowledge/documents", new { title = "T" })).Refused(400, "invalid");
        (await desk.Post("/api/knowledge/documents", new { text = "x" })).Refused(400, "invalid");
        (await desk.Post("/api/knowledge/documents", new { title = "T", text = "x", language = "de" })).Refused(400, "invalid");
        (await Upload(desk, [0x89, 0x50, 0, 1, 2], "a.png")).Refused(400, "invalid");
        (await Upload(desk, new byte[(10 * 1024 * 1024) + 1], "a.txt")).Refused(413, "too_large");

        var scan = (await Upload(desk, "%PDF-1.4 1 0 obj << /Pages 2 0 R >> endobj 2 0 obj << /Kids [3 0 R] >> endobj 3 0 obj << >> endobj trailer << /Root 1 0 R >>"u8.ToArray(), "scan.pdf")).Ok();
        await Eventually.Holds(async () => (await Get(desk, scan)).Text("state") == "failed", "the scan fails");
        (await Get(desk, scan)).Text("problem").ShouldContain("scan");
        (await desk.Post($"/api/knowledge/documents/{scan.Text("id")}/read")).Ok().Text("state").ShouldBe("waiting");
        await Eventually.Holds(async () => (await Get(desk, scan)).Text("state") == "failed", "it fails again");

        var first = (await desk.Post("/api/knowledge/documents", new { title = "T", text = "Un texte." }, key: "k1")).Ok();
        (await desk.Post("/api/knowledge/documents", new { title = "T", text = "Un texte." }, key: "k1")).Ok().Text("id").ShouldBe(first.Text("id"));
        using var agent = await DeskClient.SignIn(relais, "Aya", Relais.Tenants.Roles.Agent);
        (await agent.Post("/api/knowledge/documents", new { title = "T", text = "Un texte." })).Refused(403, "forbidden");
        (await agent.Get("/api/knowledge/documents")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Theory, OnEveryDatabase]
    public async Task A_document_that_waits_is_read_after_a_restart(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var added = (await Upload(desk, Encoding.UTF8.GetBytes(KnowledgeTrial.Workshop), "workshop.md")).Ok();
        await relais.StopServer();
        await relais.StartServer();
        using var again = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        await Eventually.Holds(async () => (await Get(again, added)).Text("state") == "ready", "the document is read");
    }

    [Theory, OnEveryDatabase]
    public async Task What_people_answered_becomes_a_faq_once_somebody_says_so(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await AnsweredByAPerson(relais, desk, "+33611110211", "Est-ce que vous louez des tapis pour un mariage ?", "Oui, à 20 000 DA de caution. Appelez Camille au 0555 12 34 56.");
        await AnsweredByAPerson(relais, desk, "+33611110212", "vous louez des tapis pour les mariages ?", "Oui, nous louons pour les mariages.");
        await AnsweredByAPerson(relais, desk, "+33611110213", "Faites-vous des cours de poterie ?", "Pas encore, peut-être au printemps.");
        var miner = relais.Services.GetRequiredService<CandidateMiner>();
        await miner.Mine(desk.TenantId, 0, relais.Clock.Micros, CancellationToken.None);
        await miner.Mine(desk.TenantId, 0, relais.Clock.Micros, CancellationToken.None);

        var found = (await desk.Get("/api/knowledge/candidates")).Ok().Body.GetProperty("items");
        found.GetArrayLength().ShouldBe(2);
        found[0].Text("question").ShouldBe("Est-ce que vous louez des tapis pour un mariage ?");
        found[0].Text("answer").ShouldBe("Oui, à 20 000 DA de caution. Appelez Camille au [n°].");
        found[0].Text("times").ShouldBe("2");
        found[0].Text("language").ShouldBe("fr");
        (await desk.Post($"/api/knowledge/candidates/{found[1].Text("id")}/dismiss")).Ok().Text("state").ShouldBe("dismissed");

        var faqs = await relais.Facts.Count("SELECT count(*) FROM faq");
        var approved = (await desk.Post($"/api/knowledge/candidates/{found[0].Text("id")}/approve", new { answer = "Oui, avec une caution de 20 000 DA." })).Ok();
        (await desk.Post($"/api/knowledge/candidates/{found[0].Text("id")}/approve")).Ok().Text("faq_id").ShouldBe(approved.Text("faq_id"));
        (await relais.Facts.Count("SELECT count(*) FROM faq")).ShouldBe(faqs + 1);
        (await desk.Get("/api/knowledge/candidates")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        await relais.Chat(relais.Meta, "+33611110214").Asks("vous louez des tapis pour un mariage ?", "Oui, avec une caution de 20 000 DA.");
    }

    [Theory, OnEveryDatabase]
    public async Task A_model_that_compares_meanings_finds_what_words_do_not(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton<EmbeddingDoor>((_, _, _) => new TopicModel()));
        using var desk = await DeskClient.SignIn(relais);
        await Brought(desk, (await desk.Post("/api/knowledge/documents", new { title = "Guide", text = KnowledgeTrial.Guide })).Ok());
        await relais.Chat(relais.Meta, "+33611110221").Asks("des insectes dévorent la laine du salon, que faire ?", "un membre de notre équipe");

        (await desk.Send(HttpMethod.Put, "/api/knowledge/embeddings", System.Net.Http.Json.JsonContent.Create(new { model = "m", base_url = "https://10.0.0.1/" }))).Refused(400, "invalid");
        var set = (await desk.Send(HttpMethod.Put, "/api/knowledge/embeddings", System.Net.Http.Json.JsonContent.Create(new { model = "m", key = "secret-key-1" }))).Ok();
        set.Body.GetProperty("has_key").GetBoolean().ShouldBeTrue();
        set.Body.ToString().ShouldNotContain("secret-key-1");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM knowledge_vector") >= 20, "every text has a vector");
        await relais.Chat(relais.Meta, "+33611110222").Asks("des insectes dévorent la laine du salon, que faire ?", "D'après « Guide »", "sachet de lavande");
        (await desk.Send(HttpMethod.Put, "/api/knowledge/embeddings", System.Net.Http.Json.JsonContent.Create(new { model = (string?)null }))).Ok();
        (await relais.Facts.Count("SELECT count(*) FROM knowledge_vector")).ShouldBe(0);
    }

    private static async Task AnsweredByAPerson(RelaisHost relais, DeskClient desk, string from, string question, string answer)
    {
        var chat = relais.Chat(relais.Meta, from);
        await chat.Asks(question, "un membre de notre équipe");
        var id = await desk.ConversationWith(chat.Phone);
        (await desk.Act(id, "take-over")).Ok();
        (await desk.Act(id, "send", new { message = answer })).Ok();
        (await desk.Act(id, "send", new { message = "Autre chose à vous dire encore ?" })).Ok();
    }

    private static async Task<System.Text.Json.JsonElement> Get(DeskClient desk, ApiAnswer added) => (await desk.Get($"/api/knowledge/documents/{added.Text("id")}")).Ok().Body;

    private static async Task<System.Text.Json.JsonElement> Brought(DeskClient desk, ApiAnswer added)
    {
        added.Ok();
        await Eventually.Holds(async () => (await Get(desk, added)).Text("state") == "ready", "the document is read");
        return await Get(desk, added);
    }

    private static async Task<ApiAnswer> Upload(DeskClient desk, byte[] bytes, string filename, string? title = null)
    {
        using var form = new MultipartFormDataContent();
        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(part, "file", filename);
        if (title is not null)
        {
            form.Add(new StringContent(title), "title");
        }

        return await desk.Send(HttpMethod.Post, "/api/knowledge/documents", form);
    }

    /// <summary>Knows two topics: vermin, and everything else.</summary>
    private sealed class TopicModel : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult<GeneratedEmbeddings<Embedding<float>>>([.. values.Select(v => new Embedding<float>(
                v.Contains("insectes", StringComparison.Ordinal) || v.Contains("larves", StringComparison.Ordinal) ? new float[] { 3, 0 } : [0, 5]))]);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
