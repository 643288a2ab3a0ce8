using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Other assistants use Relais as tools (POST /mcp), with the protocol's own client.</summary>
public sealed class AssistantsAtTheDesk
{
    [Theory, OnEveryDatabase]
    public async Task An_assistant_reads_answers_and_orders_with_what_its_key_may(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110051");
        await phone.Say(relais.Meta, "Bonjour, je voudrais commander");
        var conversation = await owner.ConversationWith(phone);
        var contact = (await owner.Conversation(conversation)).GetProperty("contact_id").GetInt64();
        var key = await Key(owner, new { name = "Assistant", scopes = new[] { "conversations", "answer", "orders" } });
        await using var assistant = await Connect(relais, key);
        (await assistant.ListToolsAsync()).Select(t => t.Name).ShouldBe(
            ["find_contact", "list_conversations", "read_conversation", "send_message", "take_over", "release", "add_note", "find_orders", "create_order"]);

        (await Said(assistant, "find_contact", new { query = "33611110051" })).Json.GetProperty("items")[0].GetProperty("id").GetInt64().ShouldBe(contact);
        (await Said(assistant, "list_conversations", new { contact_id = contact })).Json.GetProperty("items")[0].GetProperty("id").GetInt64().ShouldBe(conversation);
        (await Said(assistant, "read_conversation", new { conversation_id = conversation })).Json.GetProperty("items")[0].ToString().ShouldContain("commander");

        // Once for each word of the assistant's, however often it tries.
        for (var i = 0; i < 2; i++)
        {
            (await Said(assistant, "send_message", new { conversation_id = conversation, text = "Avec plaisir.", idempotency_key = "a1" })).IsError.ShouldBeFalse();
        }

        await Eventually.Holds(() => Task.FromResult(phone.Received(relais.Meta).Contains("Avec plaisir.")), "the words arrive");
        await relais.Settled();
        phone.Received(relais.Meta).Count(text => text == "Avec plaisir.").ShouldBe(1);
        (await owner.Conversation(conversation)).Text("status").ShouldBe("transferred", "who sends has taken over");
        (await Said(assistant, "add_note", new { conversation_id = conversation, text = "Veut commander" })).IsError.ShouldBeFalse();
        var order = await Said(assistant, "create_order", new { contact_id = contact, items = new[] { new { name = "Vase", quantity = 2 } } });
        order.IsError.ShouldBeFalse(order.Text);
        (await Said(assistant, "find_orders", new { contact_id = contact })).Text.ShouldContain("Vase");
        (await Said(assistant, "release", new { conversation_id = conversation })).IsError.ShouldBeFalse();
        (await owner.Conversation(conversation)).Text("status").ShouldBe("active");
        (await Said(assistant, "take_over", new { conversation_id = conversation })).IsError.ShouldBeFalse();

        // What is wrong is told in words, and nothing breaks.
        (await Said(assistant, "send_message", new { conversation_id = conversation })).ShouldSatisfyAllConditions(
            a => a.IsError.ShouldBeTrue(), a => a.Text.ShouldBe("text is missing."));
        (await Said(assistant, "read_conversation", new { conversation_id = "1/../../agents" })).Text.ShouldBe("conversation_id is an id, a number above 0.");
        (await Said(assistant, "read_conversation", new { conversation_id = 7 })).Text.ShouldContain("not_found");
        (await Said(assistant, "erase_everything", new { })).IsError.ShouldBeTrue();

        // The service window has closed: the refusal is the API's own.
        relais.Clock.Advance(TimeSpan.FromHours(25));
        var late = await Said(assistant, "send_message", new { conversation_id = conversation, text = "Toujours là ?" });
        late.IsError.ShouldBeTrue();
        late.Text.ShouldContain("window");

        // Each call is kept: which tool, where, how it ended, and not what was said.
        using var again = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        var id = (await again.Get("/api/api-keys")).Ok().Body.GetProperty("items")[0].GetProperty("id").GetInt64();
        var calls = (await again.Get($"/api/api-keys/{id}/calls")).Ok().Body.GetProperty("items").EnumerateArray().ToList();
        (calls[0].Text("tool"), calls[0].GetProperty("conversation_id").GetInt64(), calls[0].GetProperty("status").GetInt64() >= 400)
            .ShouldBe(("send_message", conversation, true));
        calls.Count.ShouldBe(14);
        (await again.Get("/api/api-keys/7/calls")).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task A_key_shows_only_the_tools_and_the_customers_it_is_for(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        var (one, other) = (relais.Simulator.Phone("+33611110052"), relais.Simulator.Phone("+33611110053"));
        await one.Say(relais.Meta, "Bonjour");
        await other.Say(relais.Meta, "Bonjour");
        var (mine, theirs) = (await owner.ConversationWith(one), await owner.ConversationWith(other));
        var (contact, stranger) = ((await owner.Conversation(mine)).GetProperty("contact_id").GetInt64(), (await owner.Conversation(theirs)).GetProperty("contact_id").GetInt64());

        await using var reader = await Connect(relais, await Key(owner, new { name = "Reader", scopes = new[] { "conversations" } }));
        (await reader.ListToolsAsync()).Select(t => t.Name).ShouldBe(["find_contact", "list_conversations", "read_conversation"]);
        (await Said(reader, "send_message", new { conversation_id = mine, text = "A" })).IsError.ShouldBeTrue();

        await using var narrow = await Connect(relais, await Key(owner, new { name = "Narrow", contacts = new[] { contact } }));
        (await Said(narrow, "list_conversations", new { })).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await Said(narrow, "read_conversation", new { conversation_id = mine })).IsError.ShouldBeFalse();
        (await Said(narrow, "read_conversation", new { conversation_id = theirs })).Text.ShouldContain("not_found");
        (await Said(narrow, "send_message", new { conversation_id = theirs, text = "A" })).Text.ShouldContain("not_found");
        (await Said(narrow, "find_contact", new { query = "33611110053" })).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Said(narrow, "create_order", new { contact_id = stranger, items = new[] { new { name = "Vase", quantity = 1 } } })).Text.ShouldContain("not_found");
        var order = await Said(narrow, "create_order", new { contact_id = contact, items = new[] { new { name = "Vase", quantity = 1 } } });
        order.IsError.ShouldBeFalse(order.Text);

        // A person's session is no key, and nobody is nobody.
        (await owner.Post("/mcp", new { jsonrpc = "2.0", id = 1, method = "tools/list" })).Refused(403, "forbidden");
        using var nobody = DeskClient.Anonymous(relais);
        (await nobody.Post("/mcp", new { jsonrpc = "2.0", id = 1, method = "tools/list" })).Refused(401, "unauthorised");
    }

    private static async Task<string> Key(DeskClient owner, object asked) => (await owner.Post("/api/api-keys", asked)).Ok().Text("token");

    private static async Task<McpClient> Connect(RelaisHost relais, string key) => await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(relais.Url, "mcp"),
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
        EnableStandaloneGetStream = false,
    }));

    private static async Task<Answer> Said(McpClient client, string tool, object arguments)
    {
        var given = JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value);
        var result = await client.CallToolAsync(tool, given);
        return new Answer(result.Content.OfType<TextContentBlock>().Single().Text, result.IsError == true);
    }

    private sealed record Answer(string Text, bool IsError)
    {
        public JsonElement Json => JsonDocument.Parse(Text).RootElement;
    }
}
