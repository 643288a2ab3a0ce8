using Relais.Engine.OwnTools;
using Relais.Tests.Engine.Ai;
using Relais.Tests.Support;
using Shouldly;
using Xunit;
using static Relais.Tests.Engine.OwnTools.OwnToolStage;

namespace Relais.Tests.Engine.OwnTools;

/// <summary>What the agent may note of a customer, and when it may end a conversation.</summary>
public sealed class FieldsAndClosing
{
    [Theory, OnEveryDatabase]
    public async Task Only_listed_fields_are_noted_only_in_the_customers_words_and_never_over_a_persons(DatabaseKind kind)
    {
        using var model = Model(
            Collect("name", "Amina Berrada"), Says("Merci Amina."),
            Collect("email", "amina@example.com"), Says("Noté."),
            Collect("city", "Casablanca"), Says("Je vous écoute."),
            Collect("size", "m"), Collect("size", "XL"), Collect("password", "x"));
        await using var relais = await Start(kind, model);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Send(HttpMethod.Put, "/api/contact-fields", System.Net.Http.Json.JsonContent.Create(new
        {
            fields = new object[] { new { name = "name" }, new { name = "email" }, new { name = "city" }, new { name = "size", kind = "choice", words = new[] { "S", "M" } } },
        }))).Ok();
        var amina = relais.Chat(relais.Meta, "+33600000001");
        await amina.Asks("bonjour, je suis Amina Berrada", "Merci Amina.");
        await amina.Asks("mon mail : Amina@Example.com", "Noté.");
        await amina.Asks("et sinon, vous allez bien ?", "Je vous écoute.");
        model.Results().ShouldBe("""{"state":"not_said_by_customer"}""");
        var contact = await relais.Facts.Count("SELECT id FROM contact");
        var values = (await desk.Get($"/api/contacts/{contact}/fields")).Ok().Body.GetProperty("items").EnumerateArray().ToList();
        values.Select(v => $"{v.Text("name")}={v.Text("value")} {v.Text("set_by")}").ShouldBe(["email=amina@example.com ai", "name=Amina Berrada ai"]);

        (await desk.Patch($"/api/contacts/{contact}/fields", new { values = new { size = "S", city = "Fès" } })).Ok();
        (await desk.Patch($"/api/contacts/{contact}/fields", new { values = new { size = "XXL" } })).Wrong("values.size");

        // A person's word stands; what is no word of the list, or no field, carries out nothing.
        await amina.Asks("je fais du M", "Un membre de notre équipe");
        model.Asked[^1].SelectMany(m => m.Contents.OfType<Microsoft.Extensions.AI.FunctionResultContent>()).Select(r => r.Result as string)
            .ShouldBe(["""{"state":"kept"}""", """{"state":"invalid"}"""]);
        (await relais.Facts.Query<string>("SELECT value || ' ' || author FROM contact_value WHERE name = 'size'")).ShouldBe(["S agent"]);
        (await relais.Facts.Query<string>("SELECT detail FROM conversation_event WHERE type = 'field_collected' ORDER BY id")).ShouldBe(["name", "email"]);
        (await relais.Facts.Query<string>("SELECT handoff_reason FROM conversation")).ShouldBe(["model_failed"]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_conversation_is_closed_when_the_customer_is_done_and_the_next_one_begins_anew(DatabaseKind kind)
    {
        using var model = Model(Calls("close_conversation"), Says("Re-bonjour."));
        await using var relais = await Start(kind, model);
        var amina = relais.Chat(relais.Meta, "+33600000001");
        await amina.Asks("Merci, c'est tout. Au revoir", "à bientôt");
        await relais.Settled();
        (await relais.Facts.Query<string>("SELECT status || ' ' || unread || ' ' || (closed_at IS NOT NULL) FROM conversation"))
            .Select(s => s.Replace("true", "1", StringComparison.Ordinal)).ShouldBe(["3 0 1"]);
        (await relais.Facts.Query<string>("SELECT type || ' ' || detail FROM conversation_event")).ShouldBe(["closed ai_agent"]);

        await amina.Asks("bonjour, encore une question", "Re-bonjour.");
        (await relais.Facts.Count("SELECT count(*) FROM conversation")).ShouldBe(2);
        model.Asked[^1].Count(m => m.Text.Contains("c'est tout", StringComparison.Ordinal)).ShouldBe(0, "what is closed is not read again");
        await amina.HearsNoMore();
    }

    [Fact]
    public async Task A_model_that_closes_what_is_not_done_closes_nothing()
    {
        using var model = Model(Calls("close_conversation"));
        await using var relais = await Start(DatabaseKind.Sqlite, model);
        await relais.Chat(relais.Meta, "+33600000001").Asks("où est ma commande ?", "Un membre de notre équipe");
        (await relais.Facts.Count("SELECT count(*) FROM conversation WHERE status = 3")).ShouldBe(0);
    }

    [Theory]
    [InlineData("c'est tout, merci", true)]
    [InlineData("No thanks, bye!", true)]
    [InlineData("لا شكرا", true)]
    [InlineData("مع السلامة", true)]
    [InlineData("merci", false)]
    [InlineData("c'est tout ce que vous avez ?", false)]
    [InlineData("ok", false)]
    [InlineData("annule ma commande", false)]
    public void Done_is_what_the_customer_says(string text, bool isDone) => CloseTool.IsDone(AgentStage.Turn(text)).ShouldBe(isDone);

    private static Microsoft.Extensions.AI.ChatResponse Collect(string field, string value) => Calls("collect_contact_field", ("field", field), ("value", value));
}
