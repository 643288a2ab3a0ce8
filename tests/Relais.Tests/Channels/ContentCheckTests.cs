using System.Text.Json;
using Relais.Channels;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

/// <summary>A content that a provider would refuse is refused here first, with the path of the field that is wrong.</summary>
public sealed class ContentCheckTests
{
    private static readonly string Long = new('x', 5000);

    [Theory]
    [InlineData("text", """{"body":""}""", "body")]
    [InlineData("text", """{"body":"a\u0007b"}""", "body")]
    [InlineData("image", """{}""", "media_id")]
    [InlineData("image", """{"media_id":1,"link":"https://a.example/x"}""", "media_id")]
    [InlineData("image", """{"link":"http://a.example/x"}""", "link")]
    [InlineData("image", """{"link":"https://a:b@a.example/x"}""", "link")]
    [InlineData("audio", """{"media_id":1,"caption":"x"}""", "caption")]
    [InlineData("sticker", """{"media_id":1,"caption":"x"}""", "caption")]
    [InlineData("document", """{"media_id":1,"filename":"a\nb"}""", "filename")]
    [InlineData("location", """{"latitude":90.1,"longitude":0}""", "latitude")]
    [InlineData("location", """{"latitude":0,"longitude":-181}""", "longitude")]
    [InlineData("contacts", """{"items":[]}""", "items")]
    [InlineData("contacts", """{"items":[{"name":"A"},{"name":" "}]}""", "items[1].name")]
    [InlineData("contacts", """{"items":[{"name":"A","phones":[{"phone":""}]}]}""", "items[0].phones[0].phone")]
    [InlineData("reaction", """{"emoji":"ok"}""", "emoji")]
    [InlineData("reaction", """{"emoji":"👍👍"}""", "emoji")]
    [InlineData("reaction", """{"emoji":"a"}""", "emoji")]
    [InlineData("choices", """{"body":"x","items":[]}""", "items")]
    [InlineData("choices", """{"body":"x","items":[{"id":"a","title":"A"},{"id":"a","title":"B"}]}""", "items[1].id")]
    [InlineData("choices", """{"body":"x","items":[{"id":"a","title":""}]}""", "items[0].title")]
    [InlineData("choices", """{"body":"","items":[{"id":"a","title":"A"}]}""", "body")]
    [InlineData("buttons", """{"body":"x"}""", "items")]
    [InlineData("buttons", """{"body":"x","items":[{"id":"1","title":"A"},{"id":"2","title":"B"},{"id":"3","title":"C"},{"id":"4","title":"D"}]}""", "items")]
    [InlineData("buttons", """{"body":"x","items":[{"id":"1","title":"A"},{"id":"2","title":"ABCDEFGHIJKLMNOPQRSTU"}]}""", "items[1].title")]
    [InlineData("buttons", """{"body":"x","items":[{"id":"1","title":"A"},{"id":"2","title":"A"}]}""", "items[1].title")]
    [InlineData("buttons", """{"body":"x","items":[{"id":"1","title":"A","description":"d"}]}""", "items[0].description")]
    [InlineData("buttons", """{"body":"x","items":[null]}""", "items[0]")]
    [InlineData("buttons", """{"body":"x","header":"h","header_media":{"type":"image","media_id":1},"items":[{"id":"1","title":"A"}]}""", "header")]
    [InlineData("buttons", """{"body":"x","header_media":{"type":"audio","media_id":1},"items":[{"id":"1","title":"A"}]}""", "header_media.type")]
    [InlineData("buttons", """{"body":"x","header_media":{"type":"image"},"items":[{"id":"1","title":"A"}]}""", "header_media.media_id")]
    [InlineData("list", """{"body":"x","button":"","sections":[{"rows":[{"id":"a","title":"A"}]}]}""", "button")]
    [InlineData("list", """{"body":"x","button":"b","sections":[{"rows":[{"id":"a","title":"A"}]},{"rows":[{"id":"b","title":"B"}],"title":"T"}]}""", "sections[0].title")]
    [InlineData("list", """{"body":"x","button":"b","sections":[{"rows":[]}]}""", "sections[0].rows")]
    [InlineData("list", """{"body":"x","button":"b","sections":[{"rows":[{"id":"a","title":"A"}],"title":"1"},{"rows":[{"id":"a","title":"B"}],"title":"2"}]}""", "sections[1].rows[0].id")]
    [InlineData("url_button", """{"body":"x","label":"ABCDEFGHIJKLMNOPQRSTU","url":"https://a.example"}""", "label")]
    [InlineData("url_button", """{"body":"x","label":"Go","url":"ftp://a.example"}""", "url")]
    [InlineData("location_request", """{}""", "body")]
    [InlineData("template", """{"name":"","language":"fr"}""", "name")]
    [InlineData("template", """{"name":"n","language":"fr","body":{"1":""}}""", "body.1")]
    [InlineData("template", """{"name":"n","language":"fr","body":{"1":"a\nb"}}""", "body.1")]
    [InlineData("template", """{"name":"n","language":"fr","body":{"1":"a     b"}}""", "body.1")]
    [InlineData("template", """{"name":"n","language":"fr","header":{"1":"a"},"header_media":{"type":"image","media_id":1}}""", "header_media")]
    [InlineData("template", """{"name":"n","language":"fr","buttons":[{"index":0,"kind":"phone","value":"x"}]}""", "buttons[0].kind")]
    public void On_Meta(string type, string rest, string field) => Problems(ContentLimits.Meta, type, rest).ShouldContain(field);

    [Theory]
    [InlineData("product", """{"catalog_id":"","product_id":"a"}""", "catalog_id")]
    [InlineData("product_list", """{"catalog_id":"c","header":"","body":"b","sections":[{"title":"t","product_ids":["a"]}]}""", "header")]
    [InlineData("product_list", """{"catalog_id":"c","header":"h","body":"b","sections":[{"title":"t","product_ids":[]}]}""", "sections[0].product_ids")]
    [InlineData("catalog", """{}""", "body")]
    public void Products(string type, string rest, string field)
    {
        Problems(ContentLimits.Meta, type, rest).ShouldBe([field]);
        Problems(ContentLimits.Twilio, type, rest).ShouldBe(["type"]);
    }

    [Theory]
    [InlineData("image", "caption", 1024, 1600, "{\"media_id\":1,\"caption\":\"#\"}")]
    [InlineData("buttons", "body", 1024, 1024, "{\"body\":\"#\",\"items\":[{\"id\":\"1\",\"title\":\"A\"}]}")]
    [InlineData("buttons", "header", 60, 60, "{\"body\":\"x\",\"header\":\"#\",\"items\":[{\"id\":\"1\",\"title\":\"A\"}]}")]
    [InlineData("buttons", "footer", 60, 60, "{\"body\":\"x\",\"footer\":\"#\",\"items\":[{\"id\":\"1\",\"title\":\"A\"}]}")]
    [InlineData("buttons", "items[0].title", 20, 20, "{\"body\":\"x\",\"items\":[{\"id\":\"1\",\"title\":\"#\"}]}")]
    [InlineData("buttons", "items[0].id", 256, 200, "{\"body\":\"x\",\"items\":[{\"id\":\"#\",\"title\":\"A\"}]}")]
    [InlineData("list", "body", 4096, 1024, "{\"body\":\"#\",\"button\":\"b\",\"sections\":[{\"rows\":[{\"id\":\"a\",\"title\":\"A\"}]}]}")]
    [InlineData("list", "button", 20, 20, "{\"body\":\"x\",\"button\":\"#\",\"sections\":[{\"rows\":[{\"id\":\"a\",\"title\":\"A\"}]}]}")]
    [InlineData("list", "sections[0].title", 24, 24, "{\"body\":\"x\",\"button\":\"b\",\"sections\":[{\"title\":\"#\",\"rows\":[{\"id\":\"a\",\"title\":\"A\"}]}]}")]
    [InlineData("list", "sections[0].rows[0].id", 200, 200, "{\"body\":\"x\",\"button\":\"b\",\"sections\":[{\"rows\":[{\"id\":\"#\",\"title\":\"A\"}]}]}")]
    [InlineData("list", "sections[0].rows[0].title", 24, 24, "{\"body\":\"x\",\"button\":\"b\",\"sections\":[{\"rows\":[{\"id\":\"a\",\"title\":\"#\"}]}]}")]
    [InlineData("list", "sections[0].rows[0].description", 72, 72, "{\"body\":\"x\",\"button\":\"b\",\"sections\":[{\"rows\":[{\"id\":\"a\",\"title\":\"A\",\"description\":\"#\"}]}]}")]
    [InlineData("url_button", "label", 20, 20, "{\"body\":\"x\",\"label\":\"#\",\"url\":\"https://a.example\"}")]
    [InlineData("location_request", "body", 1024, 1024, "{\"body\":\"#\"}")]
    public void Limits_are_exact(string type, string field, int meta, int twilio, string rest)
    {
        foreach (var (limits, most) in ((ContentLimits, int)[])[(ContentLimits.Meta, meta), (ContentLimits.Twilio, twilio)])
        {
            Problems(limits, type, rest.Replace("#", Long[..most], StringComparison.Ordinal)).ShouldBeEmpty();
            Problems(limits, type, rest.Replace("#", Long[..(most + 1)], StringComparison.Ordinal)).ShouldBe([field]);
        }
    }

    [Fact]
    public void A_list_has_ten_rows_in_all()
    {
        Problems(ContentLimits.Meta, "list", Rows(5, 5)).ShouldBeEmpty();
        Problems(ContentLimits.Meta, "list", Rows(5, 6)).ShouldBe(["sections"]);
        Problems(ContentLimits.Meta, "list", Rows(11)).ShouldBe(["sections[0].rows"]);
    }

    [Theory]
    [InlineData("👍")]
    [InlineData("❤️")]
    [InlineData("👍🏽")]
    [InlineData("🇲🇦")]
    [InlineData("👨‍👩‍👧")]
    [InlineData("1️⃣")]
    [InlineData("")]
    public void An_emoji_is_a_reaction(string emoji) =>
        ContentCheck.Of(new OutboundContent.Reaction(emoji), ContentLimits.Meta).ShouldBeEmpty();

    private static string Rows(params int[] sections)
    {
        var id = 0;
        return JsonSerializer.Serialize(new
        {
            body = "x",
            button = "b",
            sections = sections.Select((n, i) => new { title = $"S{i}", rows = Enumerable.Range(0, n).Select(_ => new { id = $"r{++id}", title = "T" }) }),
        });
    }

    private static IReadOnlyList<string> Problems(ContentLimits limits, string type, string rest) =>
    [
        .. ContentCheck.Of(
            JsonSerializer.Deserialize<OutboundContent>($$"""{"type":"{{type}}",{{rest[1..]}}""".Replace(",}", "}", StringComparison.Ordinal), ContentJson.Options)!, limits)
            .Select(p => p.Field),
    ];
}
