using System.Text;
using Relais.Channels;
using Relais.Channels.Twilio;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

public sealed class TwilioSendTests
{
    private static readonly InboxAddress Inbox = new(
        1, ChannelKind.Twilio, "+33600000199", "ACbeef", "token-1", new Uri("https://bot.example/webhooks/twilio/3/status?t=a#rc=3"));

    [Fact]
    public async Task A_message_goes_out_as_a_form_with_our_id_in_the_callback()
    {
        using var twilio = new FakeProvider(Answer.Json(201, """{"sid":"SMout","status":"queued"}"""));

        (await Send(twilio, Inbox, "Ça coûte 3 € + 1 & 50%")).ShouldBe(new SendOutcome.Accepted("SMout"));

        var request = twilio.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/2010-04-01/Accounts/ACbeef/Messages.json");
        request.Headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String("ACbeef:token-1"u8));
        request.Headers["Content-Type"].ShouldBe("application/x-www-form-urlencoded");
        TwilioForm.Parse(Encoding.UTF8.GetBytes(request.Body)).ShouldBe(
        [
            new("From", "whatsapp:+33600000199"),
            new("To", "whatsapp:+33612340001"),
            new("Body", "Ça coûte 3 € + 1 & 50%"),
            new("StatusCallback", "https://bot.example/webhooks/twilio/3/status?t=a&message=4711#rc=3"),
        ]);
    }

    [Fact]
    public async Task Without_a_public_URL_no_callback_is_asked_for_and_a_user_id_is_an_address_too()
    {
        using var twilio = new FakeProvider(Answer.Json(201, """{"sid":"SMout"}"""));
        await Send(twilio, Inbox with { StatusCallbackUrl = null }, "x", new SenderIdentity(null, null, "FR.1349"));
        twilio.Requests.ShouldHaveSingleItem().Body.ShouldBe("From=whatsapp%3A%2B33600000199&To=whatsapp%3AFR.1349&Body=x");
    }

    [Theory]
    [InlineData(429, 20429, RetryScope.Inbox, 1)]
    [InlineData(401, 20003, RetryScope.Inbox, 60)]
    [InlineData(503, 20503, RetryScope.Inbox, null)]
    [InlineData(429, 99999, RetryScope.Inbox, 1)]
    internal async Task A_request_that_Twilio_surely_did_not_process_is_tried_again(int status, int code, RetryScope scope, int? seconds)
    {
        using var twilio = new FakeProvider(Answer.Json(status, Error(code, status)));
        var outcome = (await Send(twilio, Inbox)).ShouldBeOfType<SendOutcome.RetryLater>();
        (outcome.Scope, outcome.Code).ShouldBe((scope, code));
        outcome.After.ShouldBe(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);
    }

    [Theory]
    [InlineData(400, 21610, false, true)]
    [InlineData(400, 63007, true, false)]
    [InlineData(400, 21211, false, false)]
    [InlineData(404, 99999, false, false)]
    public async Task A_refusal_is_never_tried_again(int status, int code, bool stops, bool optedOut)
    {
        using var twilio = new FakeProvider(Answer.Json(status, Error(code, status)));
        var outcome = (await Send(twilio, Inbox)).ShouldBeOfType<SendOutcome.Rejected>();
        (outcome.Code, outcome.StopsInbox, outcome.OptedOut).ShouldBe((code, stops, optedOut));
    }

    public static TheoryData<string> Unsure() => ["500 own", "500 unlisted", "502 html", "201 garbage", "201 without sid", "reset"];

    [Theory]
    [MemberData(nameof(Unsure))]
    public async Task A_fault_inside_Twilio_may_have_sent_it(string what)
    {
        using var twilio = new FakeProvider(what switch
        {
            "500 own" => Answer.Json(500, Error(20500, 500)),
            "500 unlisted" => Answer.Json(500, Error(99999, 500)),
            "502 html" => Answer.Html(502),
            "201 garbage" => Answer.Json(201, "{\"sid\":\"SM"),
            "201 without sid" => Answer.Json(201, "{}"),
            _ => Answer.Reset,
        });
        (await Send(twilio, Inbox)).ShouldBeOfType<SendOutcome.Unknown>();
        twilio.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_answer_is_unknown_and_no_connection_is_not()
    {
        using var silent = new FakeProvider(Answer.Silence);
        using var slow = Channel(silent.Url, TimeSpan.FromMilliseconds(300));
        (await slow.Send(Inbox, Message("x", null), CancellationToken.None)).ShouldBeOfType<SendOutcome.Unknown>();

        using var nowhere = Channel(FakeProvider.Unused(), TimeSpan.FromSeconds(10));
        (await nowhere.Send(Inbox, Message("x", null), CancellationToken.None)).ShouldBeOfType<SendOutcome.RetryLater>().Code.ShouldBe(0);
    }

    [Fact]
    public async Task Marking_read_is_nothing_Twilio_offers()
    {
        using var twilio = new FakeProvider(Answer.Json(200, "{}"));
        using var channel = Channel(twilio.Url, TimeSpan.FromSeconds(10));
        (await channel.MarkRead(Inbox, "SM1", typing: false, CancellationToken.None)).ShouldBeFalse();
        twilio.Requests.ShouldBeEmpty();
    }

    private static string Error(int code, int status) => $$"""{"code":{{code}},"message":"said why","more_info":"https://www.twilio.com/docs/errors/{{code}}","status":{{status}}}""";

    private static OutboundMessage Message(string text, SenderIdentity? to) =>
        new(4711, to ?? new SenderIdentity("33612340001", "+33612340001", null), new OutboundContent.Text(text));

    private static TwilioChannel Channel(Uri url, TimeSpan timeout) => new(ProviderHttp.CreateClient(timeout), new TwilioOptions(url), new Clock());

    private static async Task<SendOutcome> Send(FakeProvider twilio, InboxAddress from, string text = "Bonjour", SenderIdentity? to = null)
    {
        using var channel = Channel(twilio.Url, TimeSpan.FromSeconds(10));
        return await channel.Send(from, Message(text, to), CancellationToken.None);
    }
}
