using System.Text.Json;
using Microsoft.Extensions.AI;
using Relais.Engine.Ai;
using Relais.Engine.OwnTools;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.OwnTools;

public sealed class ToolRequestTests
{
    private const string Schema = """
        {"type":"object","properties":{"order":{"type":"string"},"amount":{"type":"number"},"express":{"type":"boolean"},
        "size":{"type":"string","enum":["S","M"]},"count":{"type":"integer"}},"required":["order"],"additionalProperties":false}
        """;

    private static readonly Dictionary<string, string> Facts = new() { ["contact.phone"] = "+33600000001", ["contact.name"] = "" };

    [Theory]
    [InlineData("TRK1", "https://shop.example/orders/TRK1?p=%2B33600000001")]
    [InlineData("a/b?c#d&e=f", "https://shop.example/orders/a%2Fb%3Fc%23d%26e%3Df?p=%2B33600000001")]
    [InlineData("@evil.example", "https://shop.example/orders/%40evil.example?p=%2B33600000001")]
    [InlineData("طلب", "https://shop.example/orders/%D8%B7%D9%84%D8%A8?p=%2B33600000001")]
    [InlineData("{{contact.id}}", "https://shop.example/orders/%7B%7Bcontact.id%7D%7D?p=%2B33600000001")]
    [InlineData("..", null)]
    [InlineData(".", null)]
    public void An_argument_stays_in_its_place(string order, string? url) =>
        Request("GET", "https://shop.example/orders/{order}?p={{contact.phone}}", null, ("order", order))?.Url.AbsoluteUri.ShouldBe(url);

    [Fact]
    public void Dots_beside_an_argument_fold_nothing_away() =>
        Request("GET", "https://shop.example/a/.{order}/b", null, ("order", ".")).ShouldBeNull();

    [Fact]
    public void What_the_address_does_not_name_goes_into_query_or_body_as_its_kind()
    {
        Request("GET", "https://shop.example/x", null, ("order", "a b"), ("amount", "1.5"))!.Url.AbsoluteUri.ShouldBe("https://shop.example/x?order=a%20b&amount=1.5");
        Request("POST", "https://shop.example/{order}", null, ("order", "A"), ("amount", "1.5"), ("express", "true"))!.Json.ShouldBe("""{"amount":1.5,"express":true}""");
        Request("POST", "https://shop.example/", """{"who":"{{contact.phone}}","order":{"no":"{order}","n":"{count}","note":"pour {order}"},"k":[1,"{express}"]}""",
            ("order", "A\"}"), ("count", "3"))!.Json.ShouldBe("""{"who":"\u002B33600000001","order":{"no":"A\u0022}","n":3,"note":"pour A\u0022}"},"k":[1,null]}""");
    }

    [Theory]
    [InlineData("""{"order":"A"}""", true)]
    [InlineData("""{"order":"A","amount":12.5,"express":false,"size":"M","count":2}""", true)]
    [InlineData("""{"order":"A","amount":"12.5","express":"true","count":"2","size":null}""", true)]
    [InlineData("""{"amount":1}""", false)]
    [InlineData("""{"order":""}""", false)]
    [InlineData("""{"order":"A","amount":"much"}""", false)]
    [InlineData("""{"order":"A","express":1}""", false)]
    [InlineData("""{"order":"A","size":"XL"}""", false)]
    [InlineData("""{"order":"A","count":1.5}""", false)]
    [InlineData("""{"order":{"a":1}}""", false)]
    [InlineData("""{"order":"A","tenant_id":2}""", false)]
    public void A_schema_is_kept_to(string arguments, bool isUsable)
    {
        var definition = new ToolDefinition("x", ToolRisk.Read, "x", ToolSchema.Read(Schema));
        var given = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments)!.ToDictionary(a => a.Key, a => (object?)a.Value);
        (definition.Read(new FunctionCallContent("1", "x", given)) is not null).ShouldBe(isUsable);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","pattern":"x"}}}""")]
    [InlineData("""{"type":"object","properties":{"A":{"type":"string"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number","enum":[1]}}}""")]
    [InlineData("""{"type":"object","properties":{},"required":["a"]}""")]
    [InlineData("""{"type":"object","properties":{},"$ref":"x"}""")]
    [InlineData("""{"type":"array"}""")]
    [InlineData("[]")]
    public void What_a_schema_cannot_say_is_refused(string schema) =>
        ToolSchema.Read(JsonElement.Parse(schema), out _).ShouldNotBeNull();

    [Fact]
    public void A_reply_is_cut_to_what_a_model_takes_in()
    {
        ToolReply.Said("""{"a":"é"}""").ForModel().ShouldBe("""{"result":{"a":"é"}}""");
        ToolReply.Said("{broken").ForModel().ShouldBe("""{"result":"{broken"}""");
        ToolReply.Said("").ForModel().ShouldBe("""{"result":null}""");
        ToolReply.Failed("http_404", "no such").ForModel().ShouldBe("""{"error":"http_404","result":"no such"}""");
        ToolReply.Said(new string('x', 70_000)).ForModel().Length.ShouldBeLessThan(4_100);
        ToolReply.Said("""{"message":" Votre bon est prêt. "}""").Message().ShouldBe("Votre bon est prêt.");
        ToolReply.Said("""{"message":{"a":1}}""").Message().ShouldBeNull();
    }

    private static ToolRequest? Request(string method, string url, string? body, params (string Name, string Value)[] arguments) => ToolRequest.Of(
        new StoredTool { Method = method, Url = url, Body = body }, ToolSchema.Read(Schema), arguments.ToDictionary(a => a.Name, a => a.Value), Facts);
}
