using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Relais.Simulator;
using Relais.Simulator.Customer;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

/// <summary>What a customer sends, each type, in the shape of each provider.</summary>
public sealed class CustomerTests
{
    private const string Amina = "+212600000001";

    [Theory]
    [InlineData("image", "image")]
    [InlineData("video", "video")]
    [InlineData("audio", "audio")]
    [InlineData("voice", "audio")]
    [InlineData("document", "document")]
    [InlineData("sticker", "sticker")]
    public async Task Files_come_by_id_at_meta_and_by_address_at_twilio(string kind, string type)
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone(Amina);
        var bytes = Relais.Simulator.Files.SampleFiles.Of(kind)!.Value.Bytes;
        (await phone.SendMedia(host.Meta, kind, caption: kind is "image" ? "Voilà" : null)).Taken.ShouldBeTrue();
        var message = Message(host);
        message["type"]!.GetValue<string>().ShouldBe(type);
        var media = message[type]!;
        var told = await SendTests.Json(await host.CallMeta(HttpMethod.Get, "v23.0/" + media["id"]!.GetValue<string>()));
        Convert.ToHexStringLower(Convert.FromBase64String(media["sha256"]!.GetValue<string>())).ShouldBe(told["sha256"]!.GetValue<string>());
        foreach (var url in (string[])[told["url"]!.GetValue<string>(), media["url"]!.GetValue<string>()])
        {
            (await (await host.CallMeta(HttpMethod.Get, url)).Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
        }

        media["voice"]?.GetValue<bool>().ShouldBe(kind == "voice");
        media["caption"]?.GetValue<string>().ShouldBe("Voilà");

        host.Webhooks.Clear();
        var result = await phone.SendMedia(host.Twilio, kind);
        result.MessageId.ShouldStartWith("MM");
        var form = WebhookTests.Form(host.Webhooks.ShouldHaveSingleItem().Text);
        (form["NumMedia"], form["MessageType"], form["Body"]).ShouldBe(("1", type, ""));
        form["MediaUrl0"].ShouldStartWith(host.Base + $"simulator/twilio/2010-04-01/Accounts/{host.Twilio.Account}/Messages/{result.MessageId}/Media/ME");
        (await (await host.CallTwilio(HttpMethod.Get, new Uri(form["MediaUrl0"]).PathAndQuery[("/simulator/twilio/".Length)..])).Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
    }

    [Fact]
    public async Task Places_cards_quotes_advertisements_and_forwarded_texts_come_in_both_shapes()
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone(Amina);
        await phone.SendLocation(host.Meta, 33.57, -7.58, "Marché");
        Message(host)["location"]!["latitude"]!.GetValue<double>().ShouldBe(33.57);
        await phone.SendContacts(host.Meta, [new ShownCard("Sofia", ["+212600112233"])]);
        Message(host)["contacts"]![0]!["name"]!["formatted_name"]!.GetValue<string>().ShouldBe("Sofia");
        await phone.Quote(host.Meta, "wamid.1", "Oui");
        Message(host)["context"]!["id"]!.GetValue<string>().ShouldBe("wamid.1");
        await phone.Say(host.Meta, "Hello", new Beside(Forwarded: true, From: new Advertisement()));
        Message(host)["context"]!["forwarded"]!.GetValue<bool>().ShouldBeTrue();
        Message(host)["referral"]!["source_type"]!.GetValue<string>().ShouldBe("ad");

        await phone.SendLocation(host.Twilio, 33.57, -7.58, "Marché");
        (Form(host)["Latitude"], Form(host)["Label"], Form(host)["Body"]).ShouldBe(("33.57", "Marché", ""));
        await phone.SendContacts(host.Twilio, [new ShownCard("Sofia", ["+212600112233"])]);
        (Form(host)["MessageType"], Form(host)["MediaContentType0"]).ShouldBe(("contacts", "text/vcard"));
        await phone.Quote(host.Twilio, "SM1", "Oui");
        (Form(host)["OriginalRepliedMessageSid"], Form(host)["OriginalRepliedMessageSender"]).ShouldBe(("SM1", "whatsapp:+14155238886"));
        await phone.Say(host.Twilio, "Hello", new Beside(Forwarded: true, From: new Advertisement()));
        (Form(host)["Forwarded"], Form(host)["ReferralSourceType"]).ShouldBe(("true", "ad"));
    }

    [Fact]
    public async Task Taps_come_back_as_what_was_tapped()
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone(Amina);
        await phone.Tap(host.Meta, new Choice("a", "Oui"), "wamid.1");
        Message(host)["interactive"]!["button_reply"]!["id"]!.GetValue<string>().ShouldBe("a");
        await phone.Tap(host.Meta, new Choice("b", "Un", "d", Kind: "row"), "wamid.1");
        Message(host)["interactive"]!["list_reply"]!["description"]!.GetValue<string>().ShouldBe("d");
        await phone.Tap(host.Meta, new Choice("c", "Merci", Kind: "template"), "wamid.1");
        (Message(host)["type"]!.GetValue<string>(), Message(host)["button"]!["payload"]!.GetValue<string>()).ShouldBe(("button", "c"));
        await phone.FlowReply(host.Meta, new JsonObject { ["name"] = "Amina" });
        JsonNode.Parse(Message(host)["interactive"]!["nfm_reply"]!["response_json"]!.GetValue<string>())!["name"]!.GetValue<string>().ShouldBe("Amina");

        await phone.Tap(host.Twilio, new Choice("a", "Oui"), "SM1");
        (Form(host)["MessageType"], Form(host)["ButtonPayload"], Form(host)["Body"]).ShouldBe(("button", "a", "Oui"));
        await phone.Tap(host.Twilio, new Choice("b", "Un", Kind: "row"), "SM1");
        (Form(host)["MessageType"], Form(host)["ListId"], Form(host)["ListTitle"]).ShouldBe(("interactive", "b", "Un"));
    }

    [Fact]
    public async Task Reactions_edits_deletions_carts_and_number_changes_are_metas()
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone(Amina, "Amina");
        var said = await phone.Say(host.Meta, "Bonjour");
        await phone.React(host.Meta, said.MessageId, "❤️");
        Message(host)["reaction"]!["emoji"]!.GetValue<string>().ShouldBe("❤️");
        await phone.React(host.Meta, said.MessageId, "");
        Message(host)["reaction"]!.AsObject().ContainsKey("emoji").ShouldBeFalse();
        await phone.Edit(host.Meta, said.MessageId, "Bonsoir");
        Message(host)["edit"]!["message"]!["text"]!["body"]!.GetValue<string>().ShouldBe("Bonsoir");
        await phone.Revoke(host.Meta, said.MessageId);
        Message(host)["revoke"]!["original_message_id"]!.GetValue<string>().ShouldBe(said.MessageId);
        phone.Messages(host.Meta).ShouldHaveSingleItem().IsDeleted.ShouldBeTrue();

        await phone.Order(host.Meta, [new CartLine("SKU-1", 2, 49.5m, "EUR")], "Merci");
        Message(host)["order"]!["product_items"]![0]!["item_price"]!.GetValue<decimal>().ShouldBe(49.5m);
        await phone.SendUnsupported(host.Meta);
        (Message(host)["type"]!.GetValue<string>(), Message(host)["errors"]![0]!["code"]!.GetValue<int>()).ShouldBe(("unsupported", 131051));

        var (moved, _) = await phone.ChangeNumber(host.Meta, "+212611111111");
        host.Webhooks.Last().Value.AsObject().ContainsKey("contacts").ShouldBeFalse();
        (Message(host)["from"]!.GetValue<string>(), Message(host)["system"]!["wa_id"]!.GetValue<string>()).ShouldBe(("212600000001", "212611111111"));
        moved.Messages(host.Meta).Count.ShouldBe(3);

        host.Webhooks.Clear();
        (await phone.React(host.Twilio, "SM1", "❤️")).Failure.ShouldBe(WebhookFailure.Withheld);
        host.Webhooks.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_voice_note_that_is_played_is_told_once()
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone(Amina);
        await phone.Say(host.Meta, "Bonjour");
        await host.PostMeta($$$"""{"messaging_product":"whatsapp","to":"{{{Amina}}}","type":"audio","audio":{"link":"https://x.example/v.ogg","voice":true} }""");
        var id = phone.Messages(host.Meta)[^1].Id;
        await host.Hub.Quiet();
        host.Webhooks.Clear();
        for (var i = 0; i < 2; i++)
        {
            await host.Http.PostAsJsonAsync("/simulator/api/played", new { phone = Amina, to = host.Meta.Address, id });
        }

        await host.Hub.Quiet();
        host.Webhooks.ShouldHaveSingleItem().Value["statuses"]![0]!["status"]!.GetValue<string>().ShouldBe("played");
    }

    [Fact]
    public async Task Another_process_sends_blocks_and_moves_the_clock()
    {
        await using var host = await SimulatorHost.Start();
        var chat = new { phone = Amina, to = host.Meta.Address, type = "voice" };
        (await host.Http.PostAsJsonAsync("/simulator/api/send", chat)).EnsureSuccessStatusCode();
        Message(host)["audio"]!["voice"]!.GetValue<bool>().ShouldBeTrue();
        using var file = new ByteArrayContent([1, 2, 3]);
        file.Headers.ContentType = new("application/pdf");
        var put = await (await host.Http.PutAsync($"/simulator/api/files?to={host.Meta.Address}&name=a.pdf", file)).Content.ReadFromJsonAsync<JsonObject>();
        (await host.Http.PostAsJsonAsync("/simulator/api/send", new
        {
            phone = Amina, to = host.Meta.Address, type = "document", file = put!["file"]!.GetValue<string>(),
        })).EnsureSuccessStatusCode();
        Message(host)["document"]!["filename"]!.GetValue<string>().ShouldBe("a.pdf");
        ((int)(await host.Http.PostAsJsonAsync("/simulator/api/send", new { phone = Amina, to = host.Twilio.Address, type = "order" })).StatusCode).ShouldBe(400);

        var before = host.Clock.GetUtcNow();
        (await host.Http.PostAsJsonAsync("/simulator/api/clock", new { hours = 25 })).EnsureSuccessStatusCode();
        (host.Clock.GetUtcNow() - before).ShouldBeGreaterThan(TimeSpan.FromHours(24.9));
        SendTests.Code(await SendTests.Json(await host.SendMeta(Amina, "x"))).ShouldBe(131047);
        (await host.Http.PostAsJsonAsync("/simulator/api/block", new { phone = Amina, to = host.Meta.Address, blocked = true })).EnsureSuccessStatusCode();
        host.Approve("hello", "fr", "Bonjour.");
        (await host.Http.PostAsJsonAsync("/simulator/api/templates", new { number = host.Meta.Address, name = "hello", language = "fr", status = "PAUSED" }))
            .EnsureSuccessStatusCode();
        JsonNode.Parse(host.Webhooks.Last().Body)!["entry"]![0]!["changes"]![0]!["value"]!["event"]!.GetValue<string>().ShouldBe("PAUSED");
    }

    private static JsonNode Message(SimulatorHost host) => host.Webhooks.Last().Value["messages"]![0]!;

    private static Dictionary<string, string> Form(SimulatorHost host) => WebhookTests.Form(host.Webhooks.Last().Text);
}
