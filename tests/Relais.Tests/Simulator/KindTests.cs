using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Relais.Simulator;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

/// <summary>What a business sends, each type: what is taken, what is refused and with what words, what the phone shows.</summary>
public sealed class KindTests
{
    private const string Amina = "+212600000001";

    [Theory]
    [InlineData("""{"type":"image","image":{"id":"123"}}""", 100, "image['id']")]
    [InlineData("""{"type":"image","image":{}}""", 100, "image['link']")]
    [InlineData("""{"type":"audio","audio":{"link":"https://x.example/a.ogg","caption":"x"}}""", 100, "caption")]
    [InlineData("""{"type":"location","location":{"latitude":"91","longitude":"0"}}""", 100, "latitude")]
    [InlineData("""{"type":"contacts","contacts":[{"phones":[]}]}""", 100, "formatted_name")]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.x"}}""", 100, "emoji")]
    [InlineData("""{"type":"poll","poll":{}}""", 100, "type")]
    [InlineData("""{"type":"interactive","interactive":{"type":"button","body":{"text":"x"},"action":{"buttons":[{"type":"reply","reply":{"id":"a","title":"more than twenty chars"}}]}}}""", 131009, "title")]
    [InlineData("""{"type":"interactive","interactive":{"type":"button","body":{"text":"x"},"action":{"buttons":[]}}}""", 131009, "buttons")]
    [InlineData("""{"type":"interactive","interactive":{"type":"button","action":{"buttons":[]}}}""", 131008, "body")]
    [InlineData("""{"type":"interactive","interactive":{"type":"list","body":{"text":"x"},"action":{"button":"Open","sections":[{"rows":[]}]}}}""", 131009, "sections")]
    [InlineData("""{"type":"interactive","interactive":{"type":"list","body":{"text":"x"},"action":{"button":"Open","sections":[{"rows":[{"id":"a","title":"more than twenty-four chars"}]}]}}}""", 131009, "title")]
    [InlineData("""{"type":"interactive","interactive":{"type":"cta_url","body":{"text":"x"},"action":{"name":"cta_url","parameters":{"display_text":"Go","url":"nowhere"}}}}""", 131009, "url")]
    [InlineData("""{"type":"interactive","interactive":{"type":"product_list","body":{"text":"x"},"action":{"catalog_id":"1","sections":[]}}}""", 131008, "header")]
    [InlineData("""{"type":"template","template":{"name":"nobody","language":{"code":"fr"}}}""", 132001, "nobody")]
    public async Task Meta_names_the_parameter_that_is_wrong(string json, int code, string names)
    {
        await using var host = await SimulatorHost.Start();
        await host.Hub.Phone(Amina).Say(host.Meta, "Bonjour");
        var answer = await SendTests.Json(await Send(host, json));
        SendTests.Code(answer).ShouldBe(code);
        answer["error"]!["error_data"]!["details"]!.GetValue<string>().ShouldContain(names);
        host.Hub.AcceptedTotal.ShouldBe(0);
    }

    [Fact]
    public async Task What_meta_takes_is_shown_as_it_reads()
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone(Amina);
        var said = await phone.Say(host.Meta, "Bonjour");
        var id = (await SendTests.Json(await FileTests.Upload(host, Relais.Simulator.Files.SampleFiles.Of("image")!.Value.Bytes, "image/jpeg", "p.jpg")))["id"];
        foreach (var json in (string[])
        [
            $$"""{"type":"image","image":{"id":{{id!.ToJsonString()}},"caption":"La photo"},"context":{"message_id":"{{said.MessageId}}"} }""",
            """{"type":"document","document":{"link":"https://files.example/prices.pdf","filename":"Tarifs.pdf"}}""",
            """{"type":"location","location":{"latitude":"33.57","longitude":"-7.58","name":"Boutique"}}""",
            """{"type":"contacts","contacts":[{"name":{"formatted_name":"Camille"},"phones":[{"phone":"+33100000001"}]}]}""",
            """{"type":"interactive","interactive":{"type":"list","body":{"text":"Que voulez-vous ?"},"action":{"button":"Choisir","sections":[{"title":"Commandes","rows":[{"id":"o1","title":"Commande 1","description":"12 mai"}]}]}}}""",
            """{"type":"interactive","interactive":{"type":"cta_url","header":{"type":"text","text":"Suivi"},"body":{"text":"Votre colis"},"footer":{"text":"Merci"},"action":{"name":"cta_url","parameters":{"display_text":"Suivre","url":"https://shop.example/1"}}}}""",
            """{"type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Où êtes-vous ?"},"action":{"name":"send_location"}}}""",
            """{"type":"interactive","interactive":{"type":"product_list","header":{"type":"text","text":"Été"},"body":{"text":"Choix"},"action":{"catalog_id":"1","sections":[{"title":"Chemises","product_items":[{"product_retailer_id":"SKU-1"}]}]}}}""",
        ])
        {
            var response = await Send(host, json);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        }

        var shown = phone.Messages(host.Meta).Skip(1).ToList();
        shown.Select(m => m.Type).ShouldBe(["image", "document", "location", "contacts", "interactive", "interactive", "interactive", "interactive"]);
        (shown[0].Text, shown[0].Quotes, shown[0].Extra!.File!.Id).ShouldBe(("La photo", said.MessageId, id.GetValue<string>()));
        shown[1].Extra!.File!.Name.ShouldBe("Tarifs.pdf");
        shown[2].Extra!.Place!.Latitude.ShouldBe(33.57);
        shown[4].Choices.ShouldHaveSingleItem().ShouldBe(new Choice("o1", "Commande 1", "12 mai", "Commandes", "row"));
        (shown[5].Extra!.Header, shown[5].Extra!.Footer, shown[5].Extra!.Links[0].Value).ShouldBe(("Suivi", "Merci", "https://shop.example/1"));
        shown[6].Extra!.AsksLocation.ShouldBeTrue();
        shown[7].Extra!.Products.ShouldHaveSingleItem().Id.ShouldBe("SKU-1");
    }

    [Fact]
    public async Task A_reaction_lands_on_the_message_and_only_sent_is_told()
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone(Amina);
        var said = await phone.Say(host.Meta, "Merci !");
        host.Webhooks.Clear();
        await Send(host, $$"""{"type":"reaction","reaction":{"message_id":"{{said.MessageId}}","emoji":"🙏"} }""");
        await host.Hub.Quiet();
        phone.Messages(host.Meta).ShouldHaveSingleItem().BusinessReaction.ShouldBe("🙏");
        host.Webhooks.Select(w => w.Value["statuses"]![0]!["status"]!.GetValue<string>()).ShouldBe(["sent"]);

        host.Webhooks.Clear();
        await Send(host, """{"type":"reaction","reaction":{"message_id":"wamid.other","emoji":"🙏"} }""");
        await host.Hub.Quiet();
        host.Webhooks.ShouldHaveSingleItem().Value["statuses"]![0]!["errors"]![0]!["code"]!.GetValue<int>().ShouldBe(131009);
    }

    [Fact]
    public async Task A_template_gets_exactly_its_variables_outside_the_window_too()
    {
        await using var host = await SimulatorHost.Start();
        host.Approve("order_confirmation", "fr", "Bonjour {{1}}, votre commande {{2}} est confirmée.",
            new JsonObject { ["type"] = "FOOTER", ["text"] = "Boutique" },
            new JsonObject
            {
                ["type"] = "BUTTONS",
                ["buttons"] = new JsonArray(
                    new JsonObject { ["type"] = "QUICK_REPLY", ["text"] = "Merci" },
                    new JsonObject { ["type"] = "URL", ["text"] = "Suivre", ["url"] = "https://shop.example/{{1}}" }),
            });
        SendTests.Code(await SendTests.Json(await Template(host, """[{"type":"body","parameters":[{"type":"text","text":"Amina"}]}]"""))).ShouldBe(132000);
        const string body = """{"type":"body","parameters":[{"type":"text","text":"Amina"},{"type":"text","text":"C-1"}]}""";
        SendTests.Code(await SendTests.Json(await Template(host, $"[{body}]"))).ShouldBe(131008);
        SendTests.Code(await SendTests.Json(await Template(host, """[{"type":"body","parameters":[{"type":"text","text":"A\nB"},{"type":"text","text":"C"}]}]"""))).ShouldBe(100);
        SendTests.Code(await SendTests.Json(await Template(host, """[{"type":"body","parameters":[{"type":"text","parameter_name":"a","text":"A"},{"type":"text","parameter_name":"b","text":"C"}]}]"""))).ShouldBe(132012);

        const string buttons = """
            {"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"thanks_1"}]},
            {"type":"button","sub_type":"url","index":1,"parameters":[{"type":"text","text":"c-1"}]}
            """;
        var sent = await Template(host, $"[{body},{buttons}]");
        sent.StatusCode.ShouldBe(HttpStatusCode.OK, await sent.Content.ReadAsStringAsync());
        var shown = host.Hub.Phone(Amina).Messages(host.Meta).ShouldHaveSingleItem();
        shown.Text.ShouldBe("Bonjour Amina, votre commande C-1 est confirmée.");
        shown.Choices.ShouldHaveSingleItem().ShouldBe(new Choice("thanks_1", "Merci", Kind: "template"));
        shown.Extra!.Links.ShouldHaveSingleItem().Value.ShouldBe("https://shop.example/c-1");

        host.Hub.Templates.Find(host.Meta.Account, "order_confirmation", "fr")!.Status = "PAUSED";
        SendTests.Code(await SendTests.Json(await Template(host, "[]"))).ShouldBe(132015);
    }

    [Fact]
    public async Task Twilio_fetches_files_from_this_machine_and_shows_places_and_contents()
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone(Amina);
        await phone.Say(host.Twilio, "Bonjour");
        var file = host.Hub.Files.Put(host.Twilio, Relais.Simulator.Files.SampleFiles.Of("image")!.Value.Bytes, "image/jpeg");
        var link = new Uri(host.Base, "/simulator/twilio" + Relais.Simulator.Files.FileLinks.Cdn(file)).ToString();
        (await Send(host, ("Body", "La photo"), ("MediaUrl", link))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Send(host, ("Body", "Ici"), ("PersistentAction", "geo:33.57,-7.58|Boutique"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var sid = await Content(host, """{"language":"fr","variables":{"1":"x"},"types":{"twilio/list-picker":{"body":"Choisir, {{1}}","button":"Ouvrir","items":[{"id":"o1","item":"Un","description":"d"}]}}}""");
        Code(await Send(host, ("ContentSid", sid), ("ContentVariables", """{"1":2}"""))).ShouldBe(21656);
        Code(await Send(host, ("ContentSid", "HX0"))).ShouldBe(21655);
        Code(await Send(host, ("Body", "x"), ("ContentVariables", "{}"))).ShouldBe(21654);
        (await Send(host, ("ContentSid", sid), ("ContentVariables", """{"1":"Amina"}"""))).StatusCode.ShouldBe(HttpStatusCode.Created);

        var shown = phone.Messages(host.Twilio).Skip(1).ToList();
        shown.Select(m => m.Type).ShouldBe(["image", "location", "interactive"]);
        host.Hub.Files.Find(shown[0].Extra!.File!.Id)!.Bytes.ShouldBe(file.Bytes);
        shown[1].Extra!.Place!.Name.ShouldBe("Boutique");
        (shown[2].Text, shown[2].Extra!.ListButton, shown[2].Choices[0].Id).ShouldBe(("Choisir, Amina", "Ouvrir", "o1"));

        host.Clock.Advance(TimeSpan.FromHours(25));
        await host.Hub.Quiet();
        host.Webhooks.Clear();
        await Send(host, ("ContentSid", sid), ("StatusCallback", "https://shop.example/relais/status"));
        await host.Hub.Quiet();
        host.Webhooks.ShouldHaveSingleItem().Text.ShouldContain("ErrorCode=63016");
    }

    private static Task<HttpResponseMessage> Template(SimulatorHost host, string components) => Send(host,
        $$$"""{"type":"template","template":{"name":"order_confirmation","language":{"code":"fr"},"components":{{{components}}} } }""");

    private static Task<HttpResponseMessage> Send(SimulatorHost host, string json)
    {
        var body = JsonNode.Parse(json)!.AsObject();
        body["messaging_product"] = "whatsapp";
        body["to"] = Amina;
        return host.PostMeta(body.ToJsonString());
    }

    private static Task<HttpResponseMessage> Send(SimulatorHost host, params (string Name, string Value)[] form) => host.CallTwilio(
        HttpMethod.Post, $"2010-04-01/Accounts/{host.Twilio.Account}/Messages.json",
        form.Append(("To", "whatsapp:" + Amina)).Append(("From", "whatsapp:" + host.Twilio.Address)).ToDictionary(p => p.Item1, p => p.Item2));

    private static int Code(HttpResponseMessage response) =>
        JsonNode.Parse(new StreamReader(response.Content.ReadAsStream()).ReadToEnd())!["code"]!.GetValue<int>();

    private static async Task<string> Content(SimulatorHost host, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/simulator/twilio/v1/Content") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(host.Twilio.Account + ":twilio-token")));
        return (await SendTests.Json(await host.Http.SendAsync(request)))["sid"]!.GetValue<string>();
    }
}
