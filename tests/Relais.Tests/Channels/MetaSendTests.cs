using System.Diagnostics;
using System.Text.Json;
using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

public sealed class MetaSendTests
{
    private const string Accepted = """{"messaging_product":"whatsapp","contacts":[{"input":"+33612340001","wa_id":"33612340001"}],"messages":[{"id":"wamid.OUT"}]}""";
    private static readonly InboxAddress Inbox = new(1, ChannelKind.Meta, "770011223344556", "88", "token-1");
    private static readonly SenderIdentity Customer = new("33612340001", "+33612340001", "FR.1");

    [Fact]
    public async Task A_message_goes_out_with_our_id_and_a_plus_before_the_number()
    {
        using var meta = new FakeProvider(Answer.Json(200, Accepted));

        (await Send(meta, text: "Bonjour 🍞 \"ça va\" \ud83d")).ShouldBe(new SendOutcome.Accepted("wamid.OUT"));

        var request = meta.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.Path.ShouldBe("/simulator/graph/v26.0/770011223344556/messages");
        request.Headers["Authorization"].ShouldBe("Bearer token-1");
        request.Headers["Content-Type"].ShouldBe("application/json");
        var body = JsonDocument.Parse(request.Body).RootElement;
        body.GetProperty("messaging_product").GetString().ShouldBe("whatsapp");
        body.GetProperty("recipient_type").GetString().ShouldBe("individual");
        body.GetProperty("to").GetString().ShouldBe("+33612340001");
        body.TryGetProperty("recipient", out _).ShouldBeFalse();
        body.GetProperty("type").GetString().ShouldBe("text");
        body.GetProperty("text").GetProperty("body").GetString().ShouldBe("Bonjour 🍞 \"ça va\" \uFFFD");
        body.GetProperty("text").GetProperty("preview_url").GetBoolean().ShouldBeTrue();
        body.GetProperty("biz_opaque_callback_data").GetString().ShouldBe("4711");
    }

    [Fact]
    public async Task A_customer_without_a_number_is_addressed_as_recipient()
    {
        using var meta = new FakeProvider(Answer.Json(200, Accepted));
        await Send(meta, to: new SenderIdentity(null, null, "FR.1349"));
        var body = JsonDocument.Parse(meta.Requests.ShouldHaveSingleItem().Body).RootElement;
        body.GetProperty("recipient").GetString().ShouldBe("FR.1349");
        body.TryGetProperty("to", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_WhatsApp_id_alone_gets_its_plus_too()
    {
        using var meta = new FakeProvider(Answer.Json(200, Accepted));
        await Send(meta, to: new SenderIdentity("33612340001", null, null));
        JsonDocument.Parse(meta.Requests.ShouldHaveSingleItem().Body).RootElement.GetProperty("to").GetString().ShouldBe("+33612340001");
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_token_in_hand()
    {
        using var elsewhere = new FakeProvider(Answer.Json(200, Accepted));
        using var meta = new FakeProvider(Answer.Http(307, "text/plain", "", $"Location: {elsewhere.Url}\r\n"));
        (await Send(meta)).ShouldBeOfType<SendOutcome.Unknown>();
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Our_trace_ids_stay_with_us()
    {
        using var activity = new Activity("turn").Start();
        using var meta = new FakeProvider(Answer.Json(200, Accepted));
        await Send(meta);
        meta.Requests.ShouldHaveSingleItem().Headers.Keys.ShouldNotContain("traceparent");
    }

    [Fact]
    public async Task A_customer_without_any_address_is_refused_without_a_call()
    {
        using var meta = new FakeProvider(Answer.Json(200, Accepted));
        (await Send(meta, to: new SenderIdentity(null, null, null))).ShouldBeOfType<SendOutcome.Rejected>();
        meta.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(400, 130429, RetryScope.Inbox, 2)]
    [InlineData(400, 131056, RetryScope.Recipient, 6)]
    [InlineData(401, 190, RetryScope.Inbox, 60)]
    [InlineData(503, 2, RetryScope.Inbox, null)]
    [InlineData(500, 131000, RetryScope.Message, null)]
    [InlineData(500, 987654, RetryScope.Message, null)]
    internal async Task A_readable_error_that_passes_is_tried_again_later(int status, int code, RetryScope scope, int? seconds)
    {
        using var meta = new FakeProvider(Answer.Json(status, Error(code)));
        var outcome = (await Send(meta)).ShouldBeOfType<SendOutcome.RetryLater>();
        outcome.Scope.ShouldBe(scope);
        outcome.Code.ShouldBe(code);
        outcome.After.ShouldBe(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);
        outcome.Reason.Contains("said why", StringComparison.Ordinal).ShouldBe(code is not (0 or 190), "about a token Meta's words may quote it");
    }

    [Theory]
    [InlineData(400, 131047, false, false)]
    [InlineData(400, 131048, true, false)]
    [InlineData(500, 131045, true, false)]
    [InlineData(400, 131050, false, true)]
    [InlineData(400, 987654, false, false)]
    public async Task A_readable_error_for_good_is_never_tried_again(int status, int code, bool stops, bool optedOut)
    {
        using var meta = new FakeProvider(Answer.Json(status, Error(code)));
        var outcome = (await Send(meta)).ShouldBeOfType<SendOutcome.Rejected>();
        (outcome.Code, outcome.StopsInbox, outcome.OptedOut).ShouldBe((code, stops, optedOut));
    }

    [Fact]
    public async Task Metas_own_wait_goes_before_ours()
    {
        using var seconds = new FakeProvider(Answer.Json(400, Error(130429), "Retry-After: 17\r\n"));
        (await Send(seconds)).ShouldBeOfType<SendOutcome.RetryLater>().After.ShouldBe(TimeSpan.FromSeconds(17));

        using var past = new FakeProvider(Answer.Json(400, Error(130429), "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n"));
        (await Send(past)).ShouldBeOfType<SendOutcome.RetryLater>().After.ShouldBe(TimeSpan.Zero);

        var soon = TimeProvider.System.GetUtcNow().AddMinutes(2).ToString("R");
        using var date = new FakeProvider(Answer.Json(400, Error(130429), $"Retry-After: {soon}\r\n"));
        (await Send(date)).ShouldBeOfType<SendOutcome.RetryLater>().After!.Value.TotalSeconds.ShouldBeInRange(90, 121);

        using var nonsense = new FakeProvider(Answer.Json(400, Error(130429), "Retry-After: soon\r\n"));
        (await Send(nonsense)).ShouldBeOfType<SendOutcome.RetryLater>().After.ShouldBe(TimeSpan.FromSeconds(2));
    }

    public static TheoryData<string> Unreadable() =>
        ["502 html", "504 html", "429 html", "302", "200 garbage", "200 truncated", "200 short", "200 empty", "200 no id", "200 huge", "503 other json", "reset", "closed"];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Without_a_readable_answer_nobody_knows_whether_it_went_out(string what)
    {
        using var meta = new FakeProvider(what switch
        {
            "502 html" => Answer.Html(502),
            "504 html" => Answer.Html(504),
            "429 html" => Answer.Html(429),
            "302" => Answer.Http(302, "text/plain", "", "Location: http://127.0.0.1:1/\r\n"),
            "200 garbage" => Answer.Json(200, "\u0001\u0002 no json"),
            "200 truncated" => Answer.Json(200, Accepted[..^9]),
            "200 short" => Answer.Http(200, "application/json", Accepted, missing: 20),
            "200 empty" => Answer.Json(200, ""),
            "200 no id" => Answer.Json(200, """{"messages":[{"id":""},{}]}"""),
            "200 huge" => Answer.Json(200, Accepted + new string(' ', ProviderHttp.LargestAnswer)),
            "503 other json" => Answer.Json(503, """{"status":"down"}"""),
            "reset" => Answer.Reset,
            _ => new Answer(AnswerKind.Bytes, ""),
        });

        (await Send(meta)).ShouldBeOfType<SendOutcome.Unknown>().Reason.ShouldNotBeNullOrEmpty();
        meta.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_dies_on_its_second_use_is_not_quietly_used_again()
    {
        using var meta = new FakeProvider(n => n == 1 ? Answer.Http(200, "application/json", Accepted, keepAlive: true) : new Answer(AnswerKind.Bytes, ""));
        using var channel = Channel(meta.Url, TimeSpan.FromSeconds(10));
        (await channel.Send(Inbox, Message(), CancellationToken.None)).ShouldBeOfType<SendOutcome.Accepted>();
        (await channel.Send(Inbox, Message(), CancellationToken.None)).ShouldBeOfType<SendOutcome.Unknown>();
        (meta.Requests.Count, meta.Connections).ShouldBe((2, 1));
    }

    [Fact]
    public async Task No_answer_in_time_leaves_it_unknown()
    {
        using var meta = new FakeProvider(Answer.Silence);
        (await Send(meta, timeout: TimeSpan.FromMilliseconds(300))).ShouldBeOfType<SendOutcome.Unknown>();
    }

    [Fact]
    public async Task A_refused_connection_surely_sent_nothing()
    {
        using var channel = Channel(FakeProvider.Unused(), TimeSpan.FromSeconds(10));
        var outcome = (await channel.Send(Inbox, Message(), CancellationToken.None)).ShouldBeOfType<SendOutcome.RetryLater>();
        (outcome.Code, outcome.Scope, outcome.After).ShouldBe((0, RetryScope.Inbox, null));
    }

    [Fact]
    public async Task A_name_nobody_knows_surely_sent_nothing()
    {
        using var channel = Channel(new Uri("https://nowhere.invalid"), TimeSpan.FromSeconds(10));
        (await channel.Send(Inbox, Message(), CancellationToken.None)).ShouldBeOfType<SendOutcome.RetryLater>();
    }

    [Fact]
    public async Task A_TLS_handshake_that_never_ends_surely_sent_nothing()
    {
        using var silent = new FakeProvider(Answer.Silence);
        using var channel = Channel(new UriBuilder(silent.Url) { Scheme = "https" }.Uri, TimeSpan.FromMilliseconds(300));
        (await channel.Send(Inbox, Message(), CancellationToken.None)).ShouldBeOfType<SendOutcome.RetryLater>();
    }

    [Fact]
    public async Task Cancelling_before_the_call_throws_and_during_the_call_leaves_it_unknown()
    {
        using var meta = new FakeProvider(Answer.Silence);
        using var channel = Channel(meta.Url, TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<OperationCanceledException>(() => channel.Send(Inbox, Message(), new CancellationToken(canceled: true)));

        using var stop = new CancellationTokenSource();
        var sending = channel.Send(Inbox, Message(), stop.Token);
        while (meta.Requests.IsEmpty)
        {
            await Task.Delay(5);
        }

        await stop.CancelAsync();
        (await sending).ShouldBeOfType<SendOutcome.Unknown>();
    }

    [Fact]
    public async Task Marking_read_says_whether_Meta_took_it()
    {
        using var good = new FakeProvider(Answer.Json(200, """{"success":true}"""));
        using var channel = Channel(good.Url, TimeSpan.FromSeconds(10));
        (await channel.MarkRead(Inbox, "wamid.IN", typing: false, CancellationToken.None)).ShouldBeTrue();
        good.Requests.ShouldHaveSingleItem().Body.ShouldBe("""{"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN"}""");

        using var bad = new FakeProvider(Answer.Json(400, Error(100)));
        using var other = Channel(bad.Url, TimeSpan.FromSeconds(10));
        (await other.MarkRead(Inbox, "wamid.IN", typing: false, CancellationToken.None)).ShouldBeFalse();
    }

    private static string Error(int code) =>
        $$$"""{"error":{"message":"(#{{{code}}}) Oops","type":"OAuthException","code":{{{code}}},"error_data":{"messaging_product":"whatsapp","details":"said why"},"fbtrace_id":"A"}}""";

    private static OutboundMessage Message(SenderIdentity? to = null, string text = "Bonjour") =>
        new(4711, to ?? Customer, new OutboundContent.Text(text));

    private static MetaChannel Channel(Uri url, TimeSpan timeout) =>
        new(ProviderHttp.CreateClient(timeout), new MetaOptions(new Uri(url, "simulator/graph")), new Clock());

    private static async Task<SendOutcome> Send(FakeProvider meta, SenderIdentity? to = null, string text = "Bonjour", TimeSpan? timeout = null)
    {
        using var channel = Channel(meta.Url, timeout ?? TimeSpan.FromSeconds(10));
        return await channel.Send(Inbox, Message(to, text), CancellationToken.None);
    }
}
