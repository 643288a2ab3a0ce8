using System.Text.Json;
using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Foundation;
using Relais.Tests.Support;
using Relais.Tests.Templates;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

/// <summary>Templates on Meta's wire.</summary>
public sealed class MetaTemplatesTests
{
    private static readonly InboxAddress Inbox = new(1, ChannelKind.Meta, "770011223344556", "8877", "token-1");

    [Fact]
    public async Task A_list_is_read_page_by_page_by_its_cursor_and_never_by_its_link()
    {
        using var elsewhere = new FakeProvider(Answer.Json(200, """{"data":[]}"""));
        using var meta = new FakeProvider(n => n == 1
            ? Answer.Json(200, """
                {"data":[{"id":"1","name":"order_confirmation","language":"en-US","status":"APPROVED","category":"UTILITY","parameter_format":"POSITIONAL",
                 "quality_score":{"score":"GREEN","date":1},"rejected_reason":"NONE","components":[
                 {"type":"HEADER","format":"TEXT","text":"Hello {{1}}","example":{"header_text":["Pablo"]}},
                 {"type":"BODY","text":"Your order {{1}} costs {{2}}. Thanks!","example":{"body_text":[["A-1","10 €"]]}},
                 {"type":"FOOTER","text":"Lucky"},
                 {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Thanks"},{"type":"URL","text":"Track","url":"https://x.example/{{1}}","example":["https://x.example/1"]},
                 {"type":"PHONE_NUMBER","text":"Call","phone_number":"+15550001111"},{"type":"COPY_CODE","example":["PROMO"]},{"type":"MPM","text":"View"}]}]}],
                 "paging":{"cursors":{"before":"b","after":"QVFI/Uz=="},"next":"ELSEWHERE/v26.0/8877/message_templates?after=x"}}
                """.Replace("ELSEWHERE", elsewhere.Url.ToString().TrimEnd('/'), StringComparison.Ordinal))
            : Answer.Json(200, """
                {"data":[{"id":"2","name":"bare"},{"name":"no id"},7,
                 {"id":"3","name":"promo","language":"fr","status":"REJECTED","category":"MARKETING","parameter_format":"NAMED","rejected_reason":"SCAM",
                  "components":[{"type":"BODY","text":"Salut {{prenom}} !","example":{"body_text_named_params":[{"param_name":"prenom","example":"Amal"}]}},
                  {"type":"CAROUSEL","cards":[]}]}],"paging":{"cursors":{"before":"c","after":"d"}}}
                """));
        using var templates = Templates(meta.Url);
        var listed = (await templates.List(Inbox, default)).ShouldBeOfType<TemplateOutcome<IReadOnlyList<ListedTemplate>>.Done>().Value;
        elsewhere.Requests.ShouldBeEmpty();
        meta.Requests.Select(r => r.Method).ShouldBe(["GET", "GET"]);
        meta.Requests.ShouldAllBe(r => r.Headers["Authorization"] == "Bearer token-1");
        var paths = meta.Requests.Select(r => r.Path).ToList();
        paths[0].ShouldStartWith("/simulator/graph/v26.0/8877/message_templates?fields=id,name,language,status");
        paths[1].ShouldEndWith("&after=QVFI%2FUz%3D%3D");
        listed.Select(t => (t.ProviderId, t.Definition.Name, t.Definition.Language, t.Status)).ShouldBe(
            [("1", "order_confirmation", "en_US", "approved"), ("2", "bare", "", "pending"), ("3", "promo", "fr", "rejected")]);
        var order = listed[0];
        (order.Quality, order.Reason, order.IsNamed, order.Definition.Category).ShouldBe(("green", null, false, "utility"));
        order.Definition.Parts.Header.ShouldBe(new TemplateHeader("text", "Hello {{1}}", "Pablo"));
        order.Definition.Parts.Examples.ShouldBe(SomeTemplate.Values(("1", "A-1"), ("2", "10 €")));
        order.Definition.Parts.Buttons.Select(b => b.Kind).ShouldBe(["quick_reply", "url", "phone", "copy_code", "mpm"]);
        order.Definition.Parts.Unsupported.ShouldBe(["mpm"]);
        (listed[2].IsNamed, listed[2].Reason).ShouldBe((true, "SCAM"));
        listed[2].Definition.Parts.Unsupported.ShouldBe(["carousel"]);
        listed[2].Definition.Parts.Examples.ShouldBe(SomeTemplate.Values(("prenom", "Amal")));
    }

    [Fact]
    public async Task A_creation_has_Metas_shape()
    {
        using var meta = new FakeProvider(Answer.Json(200, """{"id":"99","status":"PENDING","category":"MARKETING"}"""));
        using var templates = Templates(meta.Url);
        var definition = new TemplateDefinition("order_confirmation", "fr", "utility", SomeTemplate.Order with
        {
            Header = new TemplateHeader("text", "Bonjour {{1}}", "Amal"),
            Footer = "Beyond",
            Buttons =
            [
                new TemplateButtonPart("quick_reply", "Merci"),
                new TemplateButtonPart("url", "Suivre") { Url = "https://x.example/{{1}}", Example = "https://x.example/1" },
                new TemplateButtonPart("phone", "Appeler") { Phone = "+33100000000" },
                new TemplateButtonPart("copy_code", "") { Example = "PROMO" },
            ],
        });
        (await templates.Create(Inbox, definition, default)).ShouldBe(new TemplateOutcome<CreatedTemplate>.Done(new CreatedTemplate("99", "pending", "marketing")));
        var request = meta.Requests.ShouldHaveSingleItem();
        (request.Method, request.Path).ShouldBe(("POST", "/simulator/graph/v26.0/8877/message_templates"));
        var body = JsonDocument.Parse(request.Body).RootElement;
        body.GetProperty("category").GetString().ShouldBe("UTILITY");
        body.GetProperty("parameter_format").GetString().ShouldBe("POSITIONAL");
        var components = body.GetProperty("components");
        components.EnumerateArray().Select(c => c.GetProperty("type").GetString()).ShouldBe(["HEADER", "BODY", "FOOTER", "BUTTONS"]);
        components[0].GetProperty("example").GetRawText().ShouldBe("""{"header_text":["Amal"]}""");
        components[1].GetProperty("example").GetRawText().ShouldBe("""{"body_text":[["CMD-1","64,90 €"]]}""");
        components[3].GetProperty("buttons").EnumerateArray().Select(b => b.GetProperty("type").GetString())
            .ShouldBe(["QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE"]);
        components[3].GetProperty("buttons")[1].GetProperty("example")[0].GetString().ShouldBe("https://x.example/1");
    }

    [Fact]
    public async Task Named_variables_are_created_with_named_examples()
    {
        using var meta = new FakeProvider(Answer.Json(200, """{"id":"99"}"""));
        using var templates = Templates(meta.Url);
        var parts = new TemplateParts("Bonjour {{prenom}}, merci.") { Examples = SomeTemplate.Values(("prenom", "Amal")) };
        (await templates.Create(Inbox, new TemplateDefinition("hi", "fr", "utility", parts), default))
            .ShouldBe(new TemplateOutcome<CreatedTemplate>.Done(new CreatedTemplate("99", "pending", "utility")));
        var body = JsonDocument.Parse(meta.Requests.Single().Body).RootElement;
        body.GetProperty("parameter_format").GetString().ShouldBe("NAMED");
        body.GetProperty("components")[0].GetProperty("example").GetRawText().ShouldBe("""{"body_text_named_params":[{"param_name":"prenom","example":"Amal"}]}""");
    }

    [Fact]
    public async Task A_refusal_keeps_Metas_sentence_and_its_telling_code()
    {
        using var meta = new FakeProvider(Answer.Json(400, """
            {"error":{"message":"Invalid parameter","type":"OAuthException","code":100,"error_subcode":2388299,"is_transient":false,
             "error_user_title":"Variable at an end","error_user_msg":"Variables can't be at the end.","fbtrace_id":"A"}}
            """));
        using var templates = Templates(meta.Url);
        var refused = (await templates.Create(Inbox, new TemplateDefinition("hi", "fr", "utility", SomeTemplate.Order), default))
            .ShouldBeOfType<TemplateOutcome<CreatedTemplate>.Refused>();
        refused.Code.ShouldBe(2388299);
        refused.Reason.ShouldBe("Meta says: Variable at an end: Variables can't be at the end. (code 2388299)");
    }

    [Theory]
    [InlineData(401, 190, true, "token")]
    [InlineData(403, 200, true, "whatsapp_business_management")]
    [InlineData(400, 80007, false, "used up")]
    [InlineData(503, 2, false, "down")]
    public async Task Token_and_rate_are_told_apart(int status, int code, bool isRefused, string words)
    {
        using var meta = new FakeProvider(Answer.Json(status, $$$"""{"error":{"message":"(#{{{code}}}) Oops","code":{{{code}}}}}"""));
        using var templates = Templates(meta.Url);
        var outcome = await templates.List(Inbox, default);
        (outcome switch
        {
            TemplateOutcome<IReadOnlyList<ListedTemplate>>.Refused refused when isRefused => refused.Reason,
            TemplateOutcome<IReadOnlyList<ListedTemplate>>.Failed failed when !isRefused => failed.Reason,
            _ => "",
        }).ShouldContain(words);
    }

    [Fact]
    public async Task A_deletion_names_id_and_name_and_what_is_gone_counts_as_deleted()
    {
        using var meta = new FakeProvider(n => n == 1 ? Answer.Json(200, """{"success":true}""")
            : Answer.Json(400, """{"error":{"message":"Invalid parameter","code":100,"error_subcode":2593002,"error_user_msg":"It does not exist."}}"""));
        using var templates = Templates(meta.Url);
        (await templates.Delete(Inbox, "hi", "99", default)).ShouldBeOfType<TemplateOutcome<bool>.Done>();
        (await templates.Delete(Inbox, "hi", "99", default)).ShouldBeOfType<TemplateOutcome<bool>.Done>();
        meta.Requests.First().ShouldSatisfyAllConditions(
            r => r.Method.ShouldBe("DELETE"), r => r.Path.ShouldBe("/simulator/graph/v26.0/8877/message_templates?hsm_id=99&name=hi"));
    }

    [Fact]
    public async Task Without_an_account_Meta_is_not_asked()
    {
        using var meta = new FakeProvider(Answer.Json(200, "{}"));
        using var templates = Templates(meta.Url);
        (await templates.List(Inbox with { Account = "meta" }, default)).ShouldBeOfType<TemplateOutcome<IReadOnlyList<ListedTemplate>>.Refused>()
            .Reason.ShouldContain("WHATSAPP_BUSINESS_ACCOUNT_ID");
        meta.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_answer_to_a_creation_may_have_created_it()
    {
        using var meta = new FakeProvider(Answer.Reset);
        using var templates = Templates(meta.Url);
        (await templates.Create(Inbox, new TemplateDefinition("hi", "fr", "utility", SomeTemplate.Order), default))
            .ShouldBeOfType<TemplateOutcome<CreatedTemplate>.Failed>().MayHaveHappened.ShouldBeTrue();
        using var nobody = Templates(FakeProvider.Unused());
        (await nobody.Create(Inbox, new TemplateDefinition("hi", "fr", "utility", SomeTemplate.Order), default))
            .ShouldBeOfType<TemplateOutcome<CreatedTemplate>.Failed>().MayHaveHappened.ShouldBeFalse();
    }

    private static MetaTemplates Templates(Uri url) => new(TemplateChannels.CreateClient(), new MetaOptions(new Uri(url, "simulator/graph")), new Clock());
}
