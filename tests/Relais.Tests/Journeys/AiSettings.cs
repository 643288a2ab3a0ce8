using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Where the AI agent may speak by itself, and what it was told.</summary>
public sealed class AiSettings
{
    [Theory, OnEveryDatabase]
    public async Task Switched_off_customers_wait_for_people_and_nothing_is_said(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Patch("/api/tenant", new { ai_settings = new { auto_respond = false } })).Ok().Body.GetProperty("ai_settings").GetProperty("auto_respond").GetBoolean().ShouldBeFalse();
        await Directory(relais, on: false);
        var chat = relais.Chat(relais.Meta, "+33611110101");
        await chat.Says("Bonjour");
        await chat.HearsNoMore();
        var conversation = await desk.Conversation(await desk.ConversationWith(chat.Phone));
        conversation.Text("status").ShouldBe("transferred");
        conversation.Text("handoff_reason").ShouldBe("auto_respond_off");
        conversation.GetProperty("waiting_since").ValueKind.ShouldNotBe(JsonValueKind.Null);

        // An opt-out is still confirmed, and one number may speak while the others do not.
        await relais.Chat(relais.Meta, "+33611110106").Asks("STOP", "C'est noté");
        var inbox = await relais.Facts.Count("SELECT id FROM inbox WHERE channel = 2");
        (await desk.Patch($"/api/inboxes/{inbox}", new { ai_settings = new { auto_respond = true } })).Ok();
        await Directory(relais, on: true, inbox);
        await relais.Chat(relais.Twilio, "+33611110102").Asks("Bonjour", "Bonjour");
        (await desk.Patch($"/api/inboxes/{inbox}", new { })).Status.ShouldBe(400);
        (await desk.Patch("/api/tenant", new { ai_settings = new { } })).Status.ShouldBe(400);
    }

    [Theory, OnEveryDatabase]
    public async Task One_conversation_is_switched_off_and_on_again(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var chat = relais.Chat(relais.Meta, "+33611110103");
        await chat.Asks("Bonjour", "Bonjour");
        var id = await desk.ConversationWith(chat.Phone);
        (await desk.Patch($"/api/conversations/{id}", new { ai_settings = new { auto_respond = false } })).Ok();
        var off = await desk.Conversation(id);
        off.GetProperty("ai_settings").GetProperty("auto_respond").GetBoolean().ShouldBeFalse();
        off.Text("status").ShouldBe("transferred");
        off.GetProperty("waiting_since").ValueKind.ShouldBe(JsonValueKind.Null, "nobody owes an answer: all were given");
        await chat.Says("Combien coûte la livraison ?");
        await chat.HearsNoMore();

        (await desk.Patch($"/api/conversations/{id}", new { ai_settings = new { auto_respond = (bool?)null } })).Ok();
        (await desk.Post($"/api/conversations/{id}/release", new { })).Ok();
        await chat.Hears("");
        await chat.Asks("merci", "plaisir");
    }

    [Theory, OnEveryDatabase]
    public async Task The_prompt_has_versions_and_goes_back(DatabaseKind kind)
    {
        var model = new Listener();
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton<IChatClient>(model));
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Get("/api/ai/prompt")).Ok().Body.GetProperty("version").GetInt64().ShouldBe(0);
        var first = (await desk.Post("/api/ai/prompt/versions", new
        {
            prompt = new { persona = "Lina", tone = "chaleureux", instructions = "Ligne un\nLigne deux", forbidden_topics = new[] { "politique" }, reserved_topics = new[] { "remboursement" } },
            note = "début",
        })).Ok().Body;
        first.GetProperty("version").GetInt64().ShouldBe(1);
        var second = (await desk.Post("/api/ai/prompt/versions", new { prompt = new { persona = "Yasmine", instructions = "Ligne un\nLigne trois" } })).Ok().Body;
        second.GetProperty("is_in_use").GetBoolean().ShouldBeTrue();

        var chat = relais.Chat(relais.Meta, "+33611110104");
        await chat.Asks("Vous ouvrez quand ?", "entendu");
        model.Told.ShouldContain("Yasmine");
        model.Told.ShouldNotContain("Lina");
        (await desk.Post("/api/ai/prompt/versions/1/publish", new { })).Ok();
        await chat.Asks("Et le dimanche ?", "entendu");
        model.Told.ShouldContain("Lina");
        model.Told.ShouldContain("politique");
        var asked = model.Asked;
        await chat.Asks("Je veux un remboursement !", "équipe");
        model.Asked.ShouldBe(asked, "a reserved topic is no model's");
        (await desk.Conversation(await desk.ConversationWith(chat.Phone))).Text("handoff_reason").ShouldBe("reserved_topic");

        var diff = (await desk.Get("/api/ai/prompt/versions/2/diff")).Ok().Body;
        diff.GetProperty("from").GetInt64().ShouldBe(1);
        diff.GetProperty("fields").EnumerateArray().Select(f => f.Text("field")).ShouldBe(["persona", "tone", "instructions", "forbidden_topics", "reserved_topics"]);
        diff.GetProperty("fields")[2].GetProperty("lines").EnumerateArray().Select(l => l.Text("change") + " " + l.Text("text"))
            .ShouldBe(["same Ligne un", "removed Ligne deux", "added Ligne trois"], ignoreOrder: true);
        (await desk.Post("/api/ai/prompt/versions", new { prompt = new { allowed_links = new[] { "https://x.example/" } } })).Status.ShouldBe(400);
        (await desk.Post("/api/ai/prompt/versions/9/publish", new { })).Status.ShouldBe(404);
        (await desk.Get("/api/ai/prompt/versions")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Theory, OnEveryDatabase]
    public async Task After_a_release_old_requests_are_not_read_again(DatabaseKind kind)
    {
        var model = new Listener();
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton<IChatClient>(model));
        using var desk = await DeskClient.SignIn(relais);
        var chat = relais.Chat(relais.Meta, "+33611110105");
        await chat.Asks("Je veux parler de ma facture 77", "entendu");
        var id = await desk.ConversationWith(chat.Phone);
        (await desk.Post($"/api/conversations/{id}/take-over", new { })).Ok();
        await chat.Hears("");
        (await desk.Post($"/api/conversations/{id}/send", new { message = "C'est réglé pour la facture." })).Ok();
        await chat.Hears("réglé");
        (await desk.Post($"/api/conversations/{id}/release", new { })).Ok();
        await chat.Asks("Et vos horaires ?", "entendu");
        model.Told.ShouldContain("horaires");
        model.Told.ShouldNotContain("facture");
    }

    /// <summary>The directory of inboxes is read again in its own time.</summary>
    private static Task Directory(RelaisHost relais, bool on, long? inbox = null) => Eventually.Holds(
        () => Task.FromResult(relais.Services.GetRequiredService<Relais.Inboxes.InboxDirectory>().Inboxes
            .Where(i => inbox is null || i.Id == inbox).All(i => (i.Mode == AiMode.Answer) == on)), "the directory knows");

    /// <summary>A model that says little and remembers what it was told last.</summary>
    private sealed class Listener : IChatClient
    {
        public string Told { get; private set; } = "";

        public int Asked { get; private set; }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Asked++;
            Told = string.Join('\n', messages.Select(m => $"{m.Role}: {m.Text}"));
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Bien entendu.")));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
