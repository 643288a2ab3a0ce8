using System.Diagnostics;
using System.Text;
using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Channels.Twilio;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

public sealed class HostileBodiesTests
{
    private const string Good = """{"from":"33612340001","id":"good","type":"text","text":{"body":"still here"}}""";

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("{\"entry\":{}}")]
    [InlineData("{\"entry\":[1,null,[],{\"changes\":7},{\"changes\":[null,\"x\",{\"field\":\"messages\",\"value\":[]}]}]}")]
    [InlineData("{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"messages\":{},\"statuses\":\"x\"}}]}]}")]
    [InlineData("{\"entry\":[")]
    [InlineData("<html>")]
    public void A_body_of_another_shape_is_a_problem_and_never_an_exception(string body) =>
        MetaReader.Read(Encoding.UTF8.GetBytes(body)).Problem.ShouldNotBeNullOrEmpty();

    [Fact]
    public void A_hundred_thousand_levels_are_a_problem() =>
        MetaReader.Read(Encoding.ASCII.GetBytes(new string('[', 100_000))).Problem.ShouldNotBeNullOrEmpty();

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"x\",\"type\":\"text\",\"text\":{\"body\":\"from nobody\"}}")]
    public void A_broken_message_does_not_hide_its_neighbour(string broken)
    {
        var reading = Read($"{broken},{Good}");
        reading.Problem.ShouldNotBeNullOrEmpty();
        reading.Events.ShouldHaveSingleItem().ShouldBeOfType<ChannelEvent.MessageReceived>().Message.Text.ShouldBe("still here");
    }

    [Theory]
    [InlineData("""{"from":"33612340001","id":"a","type":"text","text":{"body":"a\ud83d"}}""", "a\uFFFD")]
    [InlineData("""{"from":"33612340001","id":"a","type":"text","text":{"body":"\udE00\ud83d\ude00\n\"\\\/"}}""", "\uFFFD😀\n\"\\/")]
    [InlineData("""{"from":"33612340001","id":"a","type":"text","text":{"body":"a\u0000b"}}""", "ab")]
    [InlineData("""{"from":"33612340001","id":"a","type":"text","text":{"body":"first"},"text":{"body":"last"}}""", "last")]
    [InlineData("""{"\ud800":1,"from\ud800":2,"from":"33612340001","id":"a","type":"text","text\udc00":{},"text":{"body":"odd names"}}""", "odd names")]
    [InlineData("""{"from":33612340001,"id":17,"type":"text","timestamp":1e999999,"text":{"body":12345678901234567890123}}""", "12345678901234567890123")]
    public void Odd_text_is_made_storable(string message, string text)
    {
        var reading = Read(message);
        reading.Problem.ShouldBeNull();
        var read = reading.Events.ShouldHaveSingleItem().ShouldBeOfType<ChannelEvent.MessageReceived>().Message;
        read.Text.ShouldBe(text);
        read.SentAt.ShouldBeNull();
        read.Sender.WaId.ShouldBe("33612340001");
    }

    [Fact]
    public void Bad_UTF8_becomes_a_replacement_sign()
    {
        var body = Encoding.UTF8.GetBytes(Wrapped(Good.Replace("still here", "caf#")));
        body[Array.IndexOf(body, (byte)'#')] = 0xE9;
        var read = MetaReader.Read(body).Events.ShouldHaveSingleItem().ShouldBeOfType<ChannelEvent.MessageReceived>();
        read.Message.Text.ShouldBe("caf\uFFFD");
    }

    [Theory]
    [InlineData("\"-5\"")]
    [InlineData("\"tomorrow\"")]
    [InlineData("99999999999999")]
    [InlineData("1.5")]
    [InlineData("[1]")]
    public void A_nonsense_time_is_no_time(string timestamp)
    {
        var reading = Read(Good.Replace("\"type\"", $"\"timestamp\":{timestamp},\"type\"", StringComparison.Ordinal));
        reading.Events.ShouldHaveSingleItem().ShouldBeOfType<ChannelEvent.MessageReceived>().Message.SentAt.ShouldBeNull();
    }

    [Fact]
    public void Any_value_of_any_wrong_type_anywhere_reads_without_an_exception()
    {
        string[] values = ["null", "7", "-1e400", "true", "\"\"", "\"\\ud800\"", "[]", "{}", "[[{}]]", "{\"\\ud800\":1}"];
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Payloads", "meta"))
            .Where(f => !f.EndsWith(".reading.json", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file);
            for (var colon = text.IndexOf(": ", StringComparison.Ordinal); colon >= 0; colon = text.IndexOf(": ", colon + 1, StringComparison.Ordinal))
            {
                var end = ValueEnd(text, colon + 2);
                foreach (var value in end < 0 ? [] : values)
                {
                    var mutated = string.Concat(text.AsSpan(0, colon + 2), value, text.AsSpan(end));
                    var reading = MetaReader.Read(Encoding.UTF8.GetBytes(mutated));
                    (value == "[]" || reading.Events.Count > 0 || reading.Problem is not null).ShouldBeTrue($"{file}: {value} at {colon}");
                }
            }
        }
    }

    [Fact]
    public void Random_damage_reads_without_an_exception()
    {
        var random = new Random(20261121);
        string[] names = ["batch", "order", "contacts", "status-failed", "edit", "no-phone"];
        for (var round = 0; round < 20_000; round++)
        {
            var body = Payload.Meta(names[round % names.Length]);
            for (var hits = random.Next(1, 4); hits > 0; hits--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            MetaReader.Read(body).ShouldNotBeNull();
            TwilioReader.Read(new VerifiedWebhook(WebhookKind.TwilioMessage, body, round % 2 == 0 ? "application/json" : "", "?x=%")).ShouldNotBeNull();
        }
    }

    [Fact]
    public void A_thousand_messages_of_a_thousand_customers_read_quickly()
    {
        var contacts = string.Join(',', Enumerable.Range(0, 20_000).Select(n => $$$"""{"wa_id":"3361{{{n:D7}}}","profile":{"name":"N{{{n}}}"}}"""));
        var messages = string.Join(',', Enumerable.Range(0, 20_000).Select(n => $$$"""{"from":"3361{{{n:D7}}}","id":"m{{{n}}}","type":"text","text":{"body":"x"}}"""));
        var body = Encoding.UTF8.GetBytes($$$"""{"entry":[{"changes":[{"field":"messages","value":{"contacts":[{{{contacts}}}],"messages":[{{{messages}}}]}}]}]}""");
        var watch = Stopwatch.StartNew();
        var reading = MetaReader.Read(body);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        reading.Events.Count.ShouldBe(20_000);
        ((ChannelEvent.MessageReceived)reading.Events[^1]).Message.ProfileName.ShouldBe("N19999");
    }

    private static int ValueEnd(string text, int start) => text[start] switch
    {
        '{' or '[' => Closing(text, start),
        '"' => text.IndexOf('"', start + 1) + 1,
        _ => text.IndexOfAny([',', '\n'], start),
    };

    private static int Closing(string text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            depth += text[i] is '{' or '[' ? 1 : text[i] is '}' or ']' ? -1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return -1;
    }

    private static string Wrapped(string messages) => $$$"""{"entry":[{"changes":[{"field":"messages","value":{"messages":[{{{messages}}}]}}]}]}""";

    private static WebhookReading Read(string messages) => MetaReader.Read(Encoding.UTF8.GetBytes(Wrapped(messages)));
}
