using Relais.Tests.Media;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What a person writes with: drafts that outlive the server, ready answers that are filled in.</summary>
public sealed class WritingAtTheDesk
{
    [Theory, OnEveryDatabase]
    public async Task A_draft_is_ones_own_and_outlives_a_restart(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var colleague = await DeskClient.SignIn(relais, "Nadia");
        var phone = relais.Simulator.Phone("+33611110711");
        await phone.Say(relais.Meta, "Bonjour");
        var id = await desk.ConversationWith(phone);
        await relais.Settled();
        var path = $"/api/conversations/{id}/draft";

        (await desk.Get(path)).Status.ShouldBe(204);
        (await desk.Put(path, new { text = "Bonj" })).Ok();
        (await desk.Put(path, new { text = "Bonjour, nous", is_note = false, reply_to = 5, data = new { files = new[] { 7 } } })).Ok();
        (await colleague.Get(path)).Status.ShouldBe(204);
        await relais.StopServer();
        await relais.StartServer();
        var kept = (await desk.Get(path)).Ok();
        (kept.Text("text"), kept.Text("reply_to"), kept.Body.GetProperty("data").GetProperty("files")[0].GetInt64()).ShouldBe(("Bonjour, nous", "5", 7));
        (await desk.Get("/api/drafts")).Ok().Body.GetProperty("items")[0].GetProperty("conversation_id").GetInt64().ShouldBe(id);
        (await colleague.Get("/api/drafts")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await desk.Put(path, new { text = "x", data = new[] { 1 } })).Wrong("data");
        (await desk.Put(path, new { text = "" })).Status.ShouldBe(204);
        (await desk.Get(path)).Status.ShouldBe(204);
        (await desk.Put(path, new { text = "encore" })).Ok();
        (await desk.Send(HttpMethod.Delete, path)).Status.ShouldBe(204);
        (await desk.Get("/api/drafts")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await desk.Get("/api/conversations/999999/draft")).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task A_ready_answer_is_found_folded_and_filled_in(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110712", "Hélène {{agent.name}}");
        await phone.Say(relais.Meta, "Bonjour, quels sont vos horaires ?");
        var id = await desk.ConversationWith(phone);
        await relais.Settled();
        var made = (await desk.Post("/api/canned-answers", new
        {
            shortcut = "/Délai", title = "Délai de livraison", category = "Livraison",
            texts = new { fr = "Bonjour {{contact.name}} ({{ contact.phone }}), {{order.number}}arrive. {{agent.name}}, {{business.name}}", ar = "مرحبا بِكم" },
        })).Ok();
        (made.Status, made.Text("shortcut")).ShouldBe((201, "délai"));
        var answer = made.Text("id");
        foreach (var (q, found) in new[] { ("delai LIVRAISON", 1), ("/delai", 1), ("بكم", 1), ("retour", 0), ("", 1) })
        {
            (await desk.Get($"/api/canned-answers?q={Uri.EscapeDataString(q)}")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(found, q);
        }

        var filled = (await desk.Post($"/api/canned-answers/{answer}/render", new { conversation_id = id })).Ok();
        filled.Text("text").ShouldBe("Bonjour Hélène {{agent.name}} (+33611110712), arrive. Camille, " + Relais.Commands.SampleBusiness.Name);
        filled.Body.GetProperty("missing").EnumerateArray().Select(m => m.GetString()).ShouldBe(["order.number"]);
        (await desk.Post($"/api/canned-answers/{answer}/render", new { conversation_id = 999999 })).Refused(404, "not_found");
        (await desk.Post("/api/canned-answers", new { shortcut = "DÉLAI", title = "x", texts = new { en = "x" } })).Refused(409, "shortcut_taken");
        (await desk.Post("/api/canned-answers", new { shortcut = "a b", title = "x", texts = new { en = "x" } })).Wrong("shortcut");
        (await desk.Post("/api/canned-answers", new { shortcut = "b", title = "x", texts = new { en = "{{contact.nom}}" } })).Wrong("texts.en");
        (await desk.Post("/api/canned-answers", new { shortcut = "b", title = "x", texts = new { de = "x" } })).Wrong("texts");
        (await desk.Post("/api/canned-answers", new { shortcut = "b", title = "x", texts = new { en = "x" }, media_id = 12 })).Wrong("media_id");
        (await desk.Patch($"/api/canned-answers/{answer}", new { title = "Délais", media_id = await desk.Uploaded(SampleFiles.Png, "a.png") })).Ok().Text("category").ShouldBe("Livraison");
        (await desk.Send(HttpMethod.Delete, $"/api/canned-answers/{answer}")).Ok();
        (await desk.Send(HttpMethod.Delete, $"/api/canned-answers/{answer}")).Refused(404, "not_found");
    }
}
