using System.Text;
using System.Text.Json;
using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Channels.Twilio;
using Relais.Foundation;
using Relais.Tests.Architecture;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

/// <summary>
/// Every outbound content through both channels, as it leaves: held against the schemas of <c>Payloads/schemas</c> and against
/// the approved bodies of <c>Payloads/out</c>.
/// </summary>
public sealed class EveryContentTests
{
    private const string Accepted = """{"messaging_product":"whatsapp","messages":[{"id":"wamid.OUT"}]}""";
    private const string Hx = "HX00000000000000000000000000000000";
    private static readonly InboxAddress Meta = new(1, ChannelKind.Meta, "770011223344556", "88", "token-1");
    private static readonly InboxAddress Twilio = new(1, ChannelKind.Twilio, "+33600000199", "ACbeef", "token-1", new Uri("https://bot.example/webhooks/twilio/3/status"));

    public static TheoryData<string> Names() => [.. OutboundSamples.All.Keys];

    [Fact]
    public void Every_kind_of_content_has_a_sample() =>
        OutboundSamples.All.Values.Select(m => m.Content.Type).Distinct().ShouldBe(OutboundContent.Types, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_Meta_gets_fits_its_schema_and_is_the_approved_body(string name)
    {
        using var provider = new FakeProvider(Answer.Json(200, Accepted));
        using var channel = new MetaChannel(ProviderHttp.CreateClient(), new MetaOptions(provider.Url), new Clock());
        (await channel.Send(Meta, OutboundSamples.All[name], CancellationToken.None)).ShouldBe(new SendOutcome.Accepted("wamid.OUT"));

        var body = JsonElement.Parse(provider.Requests.ShouldHaveSingleItem().Body);
        JsonSchema.Load("meta-message.json").Problems(body).ShouldBeEmpty();
        Approve($"out/meta/{name}.json", Pretty(body));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_Twilio_gets_fits_its_schemas_and_is_the_approved_form(string name)
    {
        using var provider = new FakeProvider(_ => Answer.Json(201, $$"""{"sid":"{{Hx}}"}"""));
        using var channel = new TwilioChannel(ProviderHttp.CreateClient(), new TwilioOptions(provider.Url), new Clock());
        var message = OutboundSamples.All[name] with { AssetId = null };
        if (OutboundSamples.NotOnTwilio.Contains(name))
        {
            channel.Check(message.Content).ShouldHaveSingleItem().Field.ShouldBe("type");
            (await channel.Send(Twilio, message, CancellationToken.None)).ShouldBeOfType<SendOutcome.Rejected>();
            provider.Requests.ShouldBeEmpty();
            return;
        }

        var approved = new StringBuilder();
        if (channel.Needs(message) is { } need)
        {
            var made = (await channel.Make(Twilio, need, CancellationToken.None)).ShouldBeOfType<AssetOutcome.Made>();
            provider.Requests.TryDequeue(out var definition).ShouldBeTrue();
            definition!.Path.ShouldBe("/v1/Content");
            definition.Headers["Content-Type"].ShouldBe("application/json");
            JsonSchema.Load("twilio-content.json").Problems(JsonElement.Parse(definition.Body)).ShouldBeEmpty();
            approved.Append("POST /v1/Content\n").Append(Pretty(JsonElement.Parse(definition.Body))).Append("\n\n");
            message = message with { AssetId = made.ProviderId };
        }

        (await channel.Send(Twilio, message, CancellationToken.None)).ShouldBe(new SendOutcome.Accepted(Hx));
        var form = TwilioForm.Parse(Encoding.UTF8.GetBytes(provider.Requests.ShouldHaveSingleItem().Body));
        var asJson = JsonSerializer.SerializeToElement(form.ToDictionary(p => p.Key, p => p.Value));
        JsonSchema.Load("twilio-message.json").Problems(asJson).ShouldBeEmpty();
        approved.Append("POST /2010-04-01/Accounts/ACbeef/Messages.json\n").AppendJoin('\n', form.Select(p => $"{p.Key}={p.Value}"));
        Approve($"out/twilio/{name}.txt", approved.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stored_and_read_again_a_content_is_the_same(string name)
    {
        var content = OutboundSamples.All[name].Content;
        var payload = ContentJson.Write(content);
        (payload is null).ShouldBe(content is OutboundContent.Text { PreviewUrl: true });
        ContentJson.Write(ContentJson.Read(content.Readable, payload)).ShouldBe(payload);
    }

    [Theory]
    [InlineData("{\"oneOf\":[]}", "{}")]
    public void The_schema_checker_finds_faults(string schema, string value)
    {
        schema.ShouldNotBeEmpty();
        var faults = JsonSchema.Load("meta-message.json").Problems(JsonElement.Parse(value));
        faults.ShouldNotBeEmpty("or the tests above prove nothing");
        var tooMany = """{"messaging_product":"whatsapp","recipient_type":"individual","to":"+33612340001","type":"text","text":{"body":"x","shout":true}}""";
        JsonSchema.Load("meta-message.json").Problems(JsonElement.Parse(tooMany)).ShouldNotBeEmpty();
    }

    private static string Pretty(JsonElement json) =>
        JsonSerializer.Serialize(json, new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static void Approve(string file, string actual) =>
        Approved.MatchesFile(Path.Combine("tests", "Relais.Tests", "Payloads", file), actual);
}
