using System.Text.Json;
using Relais.Channels;
using Relais.Channels.Twilio;
using Relais.Foundation;
using Relais.Tests.Support;
using Relais.Tests.Templates;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

/// <summary>Templates on the wire of Twilio's Content API.</summary>
public sealed class TwilioTemplatesTests
{
    private static readonly InboxAddress Inbox = new(1, ChannelKind.Twilio, "+33100000002", "AC1", "token-1");

    [Fact]
    public async Task A_list_is_read_page_by_page_on_our_own_address()
    {
        using var twilio = new FakeProvider(n => n == 1
            ? Answer.Json(200, """
                {"meta":{"next_page_url":"https://elsewhere.example/v1/ContentAndApprovals?PageSize=500&Page=1&PageToken=DNHX2"},"contents":[
                 {"sid":"HX1","friendly_name":"My order","language":"fr","variables":{"1":"CMD","2":"10"},
                  "types":{"twilio/quick-reply":{"body":"Commande {{1}} : {{2}} €.","actions":[{"type":"QUICK_REPLY","title":"Oui","id":"oui"}]}},
                  "approval_requests":{"name":"order_confirmation","category":"UTILITY","content_type":"twilio/quick-reply","status":"approved","rejection_reason":""}},
                 {"sid":"HX2","friendly_name":"ad hoc","language":"en","types":{"twilio/list-picker":{"body":"Pick","items":[]}},
                  "approval_requests":{"status":"unsubmitted"}}]}
                """)
            : Answer.Json(200, """
                {"meta":{"next_page_url":null},"contents":[
                 {"sid":"HX3","friendly_name":"card","language":"en-US","types":{"whatsapp/card":{"body":"Hi","header_text":"Top {{1}}","footer":"Foot",
                  "actions":[{"type":"URL","title":"Go","url":"https://x.example/{{2}}"},{"type":"PHONE_NUMBER","title":"Call","phone":"+1555"},{"type":"COPY_CODE","title":"Copy","code":"X"}]}},
                  "approval_requests":{"name":"card","category":"MARKETING","status":"rejected","rejection_reason":"Too loud"}},
                 {"friendly_name":"no sid"}]}
                """));
        using var templates = Templates(twilio.Url);
        var listed = (await templates.List(Inbox, default)).ShouldBeOfType<TemplateOutcome<IReadOnlyList<ListedTemplate>>.Done>().Value;
        twilio.Requests.Select(r => r.Path).ShouldBe(["/v1/ContentAndApprovals?PageSize=500", "/v1/ContentAndApprovals?PageSize=500&Page=1&PageToken=DNHX2"]);
        twilio.Requests.First().Headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String("AC1:token-1"u8));
        listed.Select(t => (t.ProviderId, t.Definition.Name, t.Definition.Language, t.Status, t.Reason)).ShouldBe(
        [
            ("HX1", "order_confirmation", "fr", "approved", null), ("HX2", "ad hoc", "en", "unsubmitted", null), ("HX3", "card", "en_US", "rejected", "Too loud"),
        ]);
        listed[0].Definition.Parts.Examples.ShouldBe(SomeTemplate.Values(("1", "CMD"), ("2", "10")));
        listed[1].Definition.Parts.Unsupported.ShouldBe(["twilio/list-picker"]);
        listed[2].Definition.Parts.ShouldSatisfyAllConditions(
            p => p.Header.ShouldBe(new TemplateHeader("text", "Top {{1}}")), p => p.Footer.ShouldBe("Foot"),
            p => p.Buttons.Select(b => b.Kind).ShouldBe(["url", "phone", "fixed_code"]));
    }

    [Fact]
    public async Task A_creation_makes_the_content_and_asks_for_its_approval()
    {
        using var twilio = new FakeProvider(n => n == 1 ? Answer.Json(201, """{"sid":"HX9","friendly_name":"x"}""")
            : Answer.Json(201, """{"name":"order_confirmation","category":"UTILITY","status":"received"}"""));
        using var templates = Templates(twilio.Url);
        var definition = templates.Adapt(new TemplateDefinition("order_confirmation", "fr", "utility", SomeTemplate.Order with
        {
            Buttons = [new TemplateButtonPart("url", "Suivre") { Url = "https://x.example/t/{{1}}", Example = "https://x.example/t/TRK1" }],
        }));
        (await templates.Create(Inbox, definition, default)).ShouldBe(new TemplateOutcome<CreatedTemplate>.Done(new CreatedTemplate("HX9", "received", "utility")));
        twilio.Requests.Select(r => r.Method + " " + r.Path).ShouldBe(["POST /v1/Content", "POST /v1/Content/HX9/ApprovalRequests/whatsapp"]);
        var content = JsonDocument.Parse(twilio.Requests.First().Body).RootElement;
        content.GetProperty("variables").GetRawText().ShouldBe("""{"1":"CMD-1","2":"64,90 \u20AC","3":"TRK1"}""");
        content.GetProperty("types").GetProperty("twilio/call-to-action").GetProperty("actions")[0].GetProperty("url").GetString().ShouldBe("https://x.example/t/{{3}}");
        JsonDocument.Parse(twilio.Requests.Last().Body).RootElement.GetProperty("category").GetString().ShouldBe("UTILITY");
    }

    [Theory]
    [InlineData(false, false, "", "twilio/text")]
    [InlineData(false, false, "quick_reply", "twilio/quick-reply")]
    [InlineData(false, false, "url", "twilio/call-to-action")]
    [InlineData(false, false, "quick_reply,url", "whatsapp/card")]
    [InlineData(true, false, "", "twilio/media")]
    [InlineData(true, false, "url", "whatsapp/card")]
    [InlineData(false, true, "", "whatsapp/card")]
    public void The_plainest_type_that_carries_it_is_taken(bool withFile, bool withFooter, string buttons, string type)
    {
        var parts = SomeTemplate.Order with
        {
            Header = withFile ? new TemplateHeader("image", Example: "https://x.example/a.png") : null,
            Footer = withFooter ? "Pied" : null,
            Buttons = [.. buttons.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(kind => new TemplateButtonPart(kind, "Ok") { Url = "https://x.example" })],
        };
        TwilioTemplateWriter.Write(new TemplateDefinition("x", "fr", "utility", parts))["types"]!.AsObject().Single().Key.ShouldBe(type);
    }

    [Fact]
    public async Task A_content_whose_approval_is_refused_does_not_stay_behind()
    {
        using var twilio = new FakeProvider(n => n switch
        {
            1 => Answer.Json(201, """{"sid":"HX9"}"""),
            2 => Answer.Json(400, """{"code":20001,"message":"name must be lower case","status":400}"""),
            _ => Answer.Http(204, "text/plain", ""),
        });
        using var templates = Templates(twilio.Url);
        (await templates.Create(Inbox, new TemplateDefinition("x", "fr", "utility", SomeTemplate.Order), default))
            .ShouldBe(new TemplateOutcome<CreatedTemplate>.Refused(20001, "Twilio says: name must be lower case (code 20001)"));
        twilio.Requests.Last().ShouldSatisfyAllConditions(r => r.Method.ShouldBe("DELETE"), r => r.Path.ShouldBe("/v1/Content/HX9"));
    }

    [Fact]
    public async Task What_is_gone_counts_as_deleted()
    {
        using var twilio = new FakeProvider(Answer.Json(404, """{"code":20404,"message":"not found","status":404}"""));
        using var templates = Templates(twilio.Url);
        (await templates.Delete(Inbox, "x", "HX9", default)).ShouldBeOfType<TemplateOutcome<bool>.Done>();
    }

    private static TwilioTemplates Templates(Uri url) => new(TemplateChannels.CreateClient(), new TwilioOptions(url), new Clock());
}
