using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Relais.Simulator;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

public sealed class TemplateTests
{
    private const string Templates = "v23.0/102290129340398/message_templates";

    [Fact]
    public async Task A_new_template_is_pending_then_approved_and_the_webhook_says_so()
    {
        await using var host = await SimulatorHost.Start();
        host.Hub.TemplateReviewTakes = TimeSpan.FromMilliseconds(10);
        var made = await SendTests.Json(await Create(host, "order_confirmation", "en_US"));
        made["status"]!.GetValue<string>().ShouldBe("PENDING");
        made["category"]!.GetValue<string>().ShouldBe("UTILITY");

        await host.Hub.Quiet();
        var change = JsonNode.Parse(host.Webhooks.ShouldHaveSingleItem().Body)!["entry"]![0]!;
        change["time"]!.GetValue<long>().ShouldBeGreaterThan(0);
        change["changes"]![0]!["field"]!.GetValue<string>().ShouldBe("message_template_status_update");
        var value = change["changes"]![0]!["value"]!;
        value["event"]!.GetValue<string>().ShouldBe("APPROVED");
        value["message_template_language"]!.GetValue<string>().ShouldBe("en-US");
        value["message_template_id"]!.GetValue<long>().ToString(System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(made["id"]!.GetValue<string>());
        (await SendTests.Json(await host.CallMeta(HttpMethod.Get, "v23.0/" + made["id"]!.GetValue<string>() + "?fields=status")))["status"]!
            .GetValue<string>().ShouldBe("APPROVED");
    }

    [Fact]
    public async Task The_list_comes_in_pages_and_a_name_goes_with_all_its_languages()
    {
        await using var host = await SimulatorHost.Start();
        host.Hub.TemplateReviewTakes = TimeSpan.Zero;
        foreach (var language in (string[])["fr", "en_US", "ar"])
        {
            (await Create(host, "welcome", language)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var first = await SendTests.Json(await host.CallMeta(HttpMethod.Get, Templates + "?limit=2&fields=name,language,status"));
        first["data"]!.AsArray().Select(t => t!["language"]!.GetValue<string>()).ShouldBe(["fr", "en_US"]);
        first["data"]![0]!.AsObject().ContainsKey("components").ShouldBeFalse();
        var next = await SendTests.Json(await host.CallMeta(HttpMethod.Get, first["paging"]!["next"]!.GetValue<string>()));
        next["data"]!.AsArray().ShouldHaveSingleItem()!["language"]!.GetValue<string>().ShouldBe("ar");
        next["paging"]!.AsObject().ContainsKey("next").ShouldBeFalse();
        SendTests.Code(await SendTests.Json(await host.CallMeta(HttpMethod.Get, Templates + "?after=bad"))).ShouldBe(131059);

        await host.Hub.Quiet();
        (await host.CallMeta(HttpMethod.Delete, Templates + "?name=welcome")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendTests.Json(await host.CallMeta(HttpMethod.Get, Templates)))["data"]!.AsArray().ShouldBeEmpty();
        (await Subcode(await Create(host, "welcome", "fr"))).ShouldBe(2388023);
        (await Subcode(await host.CallMeta(HttpMethod.Delete, Templates + "?name=welcome"))).ShouldBe(2593002);
    }

    [Theory]
    [InlineData("{{1}} is here, and that is all there is to say.", 2388299)]
    [InlineData("Your order {{1}}{{2}} is on its way to you now.", 2388072)]
    [InlineData("Your order {{2}} is on its way to you now.", 2388072)]
    [InlineData("Hi {{1}}", 2388299)]
    [InlineData("Hi {{1}}!", 2388293)]
    [InlineData("a{{1}}b {{2}} c", 2388293)]
    [InlineData("", 2388043)]
    public async Task A_body_that_meta_would_not_take_is_refused_with_its_subcode(string body, int subcode)
    {
        await using var host = await SimulatorHost.Start();
        (await Subcode(await Create(host, "x", "fr", body))).ShouldBe(subcode);
    }

    [Fact]
    public async Task A_name_exists_once_a_language_and_its_letters_are_small()
    {
        await using var host = await SimulatorHost.Start();
        (await Create(host, "x", "fr")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Subcode(await Create(host, "x", "fr"))).ShouldBe(2388024);
        SendTests.Code(await SendTests.Json(await Create(host, "Big Name", "fr"))).ShouldBe(100);
    }

    [Fact]
    public async Task Twilios_content_is_created_submitted_approved_listed_and_deleted()
    {
        await using var host = await SimulatorHost.Start();
        host.Hub.TemplateReviewTakes = TimeSpan.FromMilliseconds(10);
        var created = await Twilio(host, HttpMethod.Post, "v1/Content", """
            {"friendly_name":"hello","language":"fr","variables":{"1":"Amina"},
             "types":{"twilio/quick-reply":{"body":"Bonjour {{1}}","actions":[{"type":"QUICK_REPLY","title":"Oui","id":"yes"}]}}}
            """);
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var sid = (await SendTests.Json(created))["sid"]!.GetValue<string>();
        sid.ShouldStartWith("HX");
        sid.Length.ShouldBe(34);
        Status(await SendTests.Json(await Twilio(host, HttpMethod.Get, $"v1/Content/{sid}/ApprovalRequests"))).ShouldBe("unsubmitted");
        var asked = await Twilio(host, HttpMethod.Post, $"v1/Content/{sid}/ApprovalRequests/whatsapp", """{"name":"hello","category":"UTILITY"}""");
        (await SendTests.Json(asked))["status"]!.GetValue<string>().ShouldBe("received");
        await host.Hub.Quiet();
        Status(await SendTests.Json(await Twilio(host, HttpMethod.Get, $"v1/Content/{sid}/ApprovalRequests"))).ShouldBe("approved");

        var list = await SendTests.Json(await Twilio(host, HttpMethod.Get, "v1/ContentAndApprovals?PageSize=1"));
        list["contents"]![0]!["approval_requests"]!["status"]!.GetValue<string>().ShouldBe("approved");
        list["meta"]!["next_page_url"].ShouldBeNull();
        (await Twilio(host, HttpMethod.Delete, "v1/Content/" + sid)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Twilio(host, HttpMethod.Get, "v1/Content/" + sid)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Twilio(host, HttpMethod.Post, "v1/Content", """{"language":"fr","types":{"twilio/list-picker":{"body":"x","button":"y","items":[]}}}"""))
            .StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        static string Status(JsonNode answer) => answer["whatsapp"]!["status"]!.GetValue<string>();
    }

    internal static Task<HttpResponseMessage> Create(
        SimulatorHost host, string name, string language, string body = "Hi {{1}}! Your order number is {{2}}. Thank you.")
    {
        var variables = Relais.Simulator.Templates.Placeholders.In(body).Select(v => (JsonNode)v).ToArray();
        var component = new JsonObject { ["type"] = "body", ["text"] = body };
        if (variables.Length > 0)
        {
            component["example"] = new JsonObject { ["body_text"] = new JsonArray(new JsonArray(variables)) };
        }

        return host.CallMeta(HttpMethod.Post, Templates, new JsonObject
        {
            ["name"] = name, ["language"] = language, ["category"] = "utility", ["components"] = new JsonArray(component),
        });
    }

    private static Task<HttpResponseMessage> Twilio(SimulatorHost host, HttpMethod method, string path, string? json = null)
    {
        var request = new HttpRequestMessage(method, "/simulator/twilio/" + path)
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(host.Twilio.Account + ":twilio-token")));
        return host.Http.SendAsync(request);
    }

    private static async Task<int> Subcode(HttpResponseMessage response) =>
        (await SendTests.Json(response))["error"]!["error_subcode"]!.GetValue<int>();
}
