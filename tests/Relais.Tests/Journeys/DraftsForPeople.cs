using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Relais.Inboxes;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Where the AI agent only drafts, people get suggestions and customers get nothing from it.</summary>
public sealed class DraftsForPeople
{
    [Theory, OnEveryDatabase]
    public async Task Nothing_is_sent_and_each_new_message_gets_its_suggestion_whoever_has_it(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Everywhere(relais, desk, "draft");
        var chat = relais.Chat(relais.Meta, "+33611110301");
        await chat.Says("Où est ma commande TRK123456 ?");
        await chat.HearsNoMore();
        var id = await desk.ConversationWith(chat.Phone);
        var conversation = await desk.Conversation(id);
        (conversation.Text("status"), conversation.Text("assignee"), conversation.Text("handoff_reason")).ShouldBe(("transferred", "nobody", "draft"));
        conversation.GetProperty("waiting_since").ValueKind.ShouldNotBe(JsonValueKind.Null);
        var first = (await desk.Messages(id)).Single();
        first.Text("ai_suggestion").ShouldContain("TRK123456 est expédiée");
        var trace = (await desk.Get($"/api/messages/{first.Text("id")}/trace")).Ok().Body;
        (trace.Text("kind"), trace.Text("rule")).ShouldBe(("suggestion", "built_in:order"));

        // With people: the next one replaces it, as it answers both.
        await chat.Says("Combien coûte la livraison ?");
        await Suggested(desk, id, "4,90");
        await chat.HearsNoMore();
        var messages = await desk.Messages(id);
        messages[0].Text("ai_suggestion").ShouldBeEmpty();
        messages[1].Text("ai_suggestion").ShouldContain("4,90");

        // Taken over, answered, asked again, released: still not a word.
        (await desk.Act(id, "take-over")).Ok();
        await chat.Hears("a pris en charge");
        (await desk.Act(id, "send", new { message = "Je regarde" })).Ok();
        await chat.Hears("Je regarde");
        await chat.Says("Puis-je retourner un article ?");
        await Suggested(desk, id, "14 jours");
        await chat.HearsNoMore();
        messages = await desk.Messages(id);
        messages[^1].Text("ai_suggestion").ShouldContain("14 jours");
        messages[1].Text("ai_suggestion").ShouldContain("4,90", Case.Sensitive, "it was answered: what was suggested then is history");
        (await desk.Conversation(id)).GetProperty("agent_id").GetInt64().ShouldBe(desk.AgentId, "a suggestion changes no owner");
        (await desk.Act(id, "release")).Ok();
        await chat.HearsNoMore();
        (await desk.Conversation(id)).Text("assignee").ShouldBe("nobody");
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE author = 2")).ShouldBe(0);
        (await relais.Facts.Count("SELECT count(*) FROM conversation_event WHERE type = 'handed_off' AND detail = 'draft'")).ShouldBe(2);

        // Back to answering by itself.
        await Everywhere(relais, desk, "answer");
        (await desk.Act(id, "release")).Ok();
        await chat.Hears("14 jours");
        await chat.HearsNoMore();
    }

    [Theory, OnEveryDatabase]
    public async Task Stop_is_still_confirmed_and_what_would_have_an_effect_is_only_described(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Everywhere(relais, desk, "draft");
        await relais.Chat(relais.Meta, "+33611110302").Asks("STOP", "C'est noté");
        var chat = relais.Chat(relais.Meta, "+33611110303");
        await chat.Says("Je veux annuler ma commande TRK456789");
        await chat.HearsNoMore();
        var id = await desk.ConversationWith(chat.Phone);
        (await desk.Messages(id)).Single().Text("ai_suggestion").ShouldBe("📋 Demander au client s'il annule la commande TRK456789");
        (await relais.Facts.Count("SELECT count(*) FROM order_confirmation")).ShouldBe(0);
        var asked = (await desk.Act(id, "suggestion")).Ok();
        asked.Text("kind").ShouldBe("action");
        asked.Body.GetProperty("trace").GetProperty("tools")[0].GetProperty("proposed").GetBoolean().ShouldBeTrue();

        // Nothing to say: the words of a hand-off are no suggestion.
        await chat.Says("Je veux parler à une personne");
        await Eventually.Holds(async () => (await desk.Messages(id)) is { Count: 2 } all && all.TrueForAll(m => m.Text("ai_suggestion").Length == 0), "the old one is gone");
        await chat.HearsNoMore();
        asked = (await desk.Act(id, "suggestion")).Ok();
        (asked.Text("kind"), asked.Text("handoff_reason")).ShouldBe(("hand_off", "customer_asked"));
    }

    [Theory, OnEveryDatabase]
    public async Task The_mode_is_set_for_all_for_a_number_and_for_a_conversation(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var inbox = await relais.Facts.Count("SELECT id FROM inbox WHERE channel = 1");
        Settings((await desk.Patch("/api/tenant", new { ai_settings = new { auto_respond = false } })).Ok()).ShouldBe(("False", "quiet"));
        Settings((await desk.Patch("/api/tenant", new { ai_settings = new { mode = "answer" } })).Ok()).ShouldBe(("True", "answer"));
        Settings((await desk.Patch($"/api/inboxes/{inbox}", new { ai_settings = new { mode = "draft" } })).Ok()).ShouldBe(("False", "draft"));
        Settings((await desk.Get($"/api/inboxes/{inbox}")).Ok()).ShouldBe(("False", "draft"));
        (await desk.Patch("/api/tenant", new { ai_settings = new { mode = "loud" } })).Wrong("ai_settings.mode");
        (await desk.Patch("/api/tenant", new { ai_settings = new { mode = "draft", auto_respond = true } })).Wrong("ai_settings.mode");
        await Eventually.Holds(() => Task.FromResult(relais.Services.GetRequiredService<InboxDirectory>().Find(inbox)!.Mode == AiMode.Draft), "the directory knows");

        var drafted = relais.Chat(relais.Meta, "+33611110304");
        await drafted.Says("Combien coûte la livraison ?");
        await drafted.HearsNoMore();
        await relais.Chat(relais.Twilio, "+33611110304").Asks("Combien coûte la livraison ?", "4,90");

        // One conversation answers although its number drafts; another drafts although its number answers.
        var id = await desk.ConversationWith(drafted.Phone);
        var meta = (await desk.Get("/api/conversations")).Ok().Body.GetProperty("items").EnumerateArray()
            .Single(c => c.GetProperty("inbox_id").GetInt64() == inbox).GetProperty("id").GetInt64();
        (await desk.Patch($"/api/conversations/{meta}", new { ai_settings = new { mode = "answer" } })).Ok();
        (await desk.Act(meta, "release")).Ok();
        await drafted.Hears("4,90");
        var other = relais.Chat(relais.Twilio, "+33611110305");
        await other.Asks("Bonjour", "Bonjour");
        id = await desk.ConversationWith(other.Phone);
        (await desk.Patch($"/api/conversations/{id}", new { ai_settings = new { mode = "draft" } })).Ok().Text("status").ShouldBe("transferred");
        await other.Says("Combien coûte la livraison ?");
        await Suggested(desk, id, "4,90");
        await other.HearsNoMore();
        (await desk.Conversation(id)).GetProperty("ai_settings").Text("mode").ShouldBe("draft");
        (await desk.Patch($"/api/conversations/{id}", new { ai_settings = new { mode = "x" } })).Wrong("ai_settings.mode");
    }

    [Theory, OnEveryDatabase]
    public async Task Switched_to_drafting_while_people_have_it_what_waits_gets_a_suggestion(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Everywhere(relais, desk, "quiet");
        var chat = relais.Chat(relais.Meta, "+33611110306");
        await chat.Says("Bonjour");
        await chat.HearsNoMore();
        var id = await desk.ConversationWith(chat.Phone);
        await chat.Says("Combien coûte la livraison ?");
        await chat.Hears("Votre message a été reçu. Un agent vous répondra sous peu.");
        (await desk.Messages(id)).ShouldAllBe(m => m.Text("ai_suggestion").Length == 0);
        (await desk.Patch($"/api/conversations/{id}", new { ai_settings = new { mode = "draft" } })).Ok();
        await Suggested(desk, id, "4,90");
        await chat.HearsNoMore();
    }

    [Theory, OnEveryDatabase]
    public async Task A_person_who_is_faster_than_the_model_gets_no_late_suggestion_and_one_who_takes_over_keeps_it(DatabaseKind kind)
    {
        var model = new SlowModel();
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton<IChatClient>(model));
        using var desk = await DeskClient.SignIn(relais);
        await Everywhere(relais, desk, "draft");
        var fast = relais.Chat(relais.Meta, "+33611110307");
        await fast.Says("Vous ouvrez quand ?");
        await model.IsAsked(1);
        var id = await desk.ConversationWith(fast.Phone);
        (await desk.Act(id, "send", new { message = "À neuf heures" })).Ok();
        await fast.Hears("À neuf heures");
        model.Answers.Release();
        await fast.HearsNoMore();
        (await desk.Messages(id))[0].Text("ai_suggestion").ShouldBeEmpty();
        (await desk.Conversation(id)).GetProperty("agent_id").GetInt64().ShouldBe(desk.AgentId);

        var slow = relais.Chat(relais.Meta, "+33611110308");
        await slow.Says("Vous ouvrez quand ?");
        await model.IsAsked(2);
        id = await desk.ConversationWith(slow.Phone);
        (await desk.Act(id, "take-over")).Ok();
        await slow.Hears("a pris en charge");
        model.Answers.Release();
        await slow.HearsNoMore();
        (await desk.Messages(id))[0].Text("ai_suggestion").ShouldBe("Nous ouvrons à neuf heures.");
        (await desk.Conversation(id)).GetProperty("agent_id").GetInt64().ShouldBe(desk.AgentId);
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE author = 2")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task Watchers_see_the_suggestion_come(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Everywhere(relais, desk, "draft");
        using var feed = await LiveFeedReader.Open(relais, desk);
        await relais.Chat(relais.Meta, "+33611110309").Says("Combien coûte la livraison ?");
        var (suggested, handed) = (false, false);
        while (!suggested || !handed)
        {
            var seen = (await feed.Next()).ShouldNotBeNull();
            suggested |= seen.Type == "message.updated" && seen.Data.GetProperty("message").Text("ai_suggestion").Contains("4,90", StringComparison.Ordinal);
            handed |= seen.Type == "conversation.updated" && seen.Data.Text("assignee") == "nobody";
        }
    }

    /// <summary>With people's conversations nothing else says that a turn is over.</summary>
    private static Task Suggested(DeskClient desk, long conversation, string words) => desk.MessageThat(
        conversation, m => m.Text("ai_suggestion").Contains(words, StringComparison.Ordinal), $"“{words}” is suggested");

    private static (string, string) Settings(ApiAnswer answer)
    {
        var settings = answer.Body.GetProperty("ai_settings");
        return (settings.Text("auto_respond"), settings.Text("mode"));
    }

    /// <summary>Sets the tenant's mode and waits until the directory of inboxes has read it.</summary>
    private static async Task Everywhere(RelaisHost relais, DeskClient desk, string mode)
    {
        (await desk.Patch("/api/tenant", new { ai_settings = new { mode } })).Ok();
        await Eventually.Holds(() => Task.FromResult(relais.Services.GetRequiredService<InboxDirectory>().Inboxes.All(
            i => string.Equals(i.Mode.ToString(), mode, StringComparison.OrdinalIgnoreCase))), "the directory knows");
    }

    /// <summary>A model that answers when it is let.</summary>
    private sealed class SlowModel : IChatClient
    {
        private int asked;

        public SemaphoreSlim Answers { get; } = new(0);

        public Task IsAsked(int times) => Eventually.Holds(() => Task.FromResult(Volatile.Read(ref asked) >= times), "the model is asked");

        public async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref asked);
            await Answers.WaitAsync(cancellationToken);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Nous ouvrons à neuf heures."));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() => Answers.Dispose();
    }
}
