using System.Text;
using System.Text.Json;
using Relais.Channels;
using Relais.Channels.Twilio;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

public sealed class TwilioReaderTests
{
    [Theory]
    [InlineData("text", "SMt1", "text", "Bonjour à tous", true, null, null, false)]
    [InlineData("text-from-ad", "SMt2", "text", "Hi", true, null, null, true)]
    [InlineData("text-reply", "SMt3", "text", "That one", true, null, "SMours", false)]
    [InlineData("image-bare", "MMi1", "image", "", false, null, null, true)]
    [InlineData("image-caption", "MMi2", "image", "Is this it?", true, null, null, true)]
    [InlineData("voice-without-body", "MMv1", "audio", "", false, null, null, true)]
    [InlineData("contact-card", "MMc1", "contacts", "", false, null, null, true)]
    [InlineData("location", "SMl1", "location", "Fournil, 1 rue du Four", false, null, null, true)]
    [InlineData("button", "SMb1", "button", "Confirm", true, "CONFIRM-17", null, true)]
    [InlineData("list", "SMb2", "interactive", "9 o'clock", true, "slot.9", null, true)]
    [InlineData("unknown-type", "SMx1", "hologram", "wave", true, null, null, true)]
    [InlineData("null-byte", "SMz1", "text", "ab", true, null, null, false)]
    public void Every_type_becomes_a_message(
        string payload, string sid, string type, string text, bool readable, string? choice, string? repliesTo, bool hasRaw)
    {
        var received = Sole(payload);
        received.Address.ShouldBe("+33600000199");
        var message = received.Message;
        message.ProviderId.ShouldBe(sid);
        message.Type.ShouldBe(type);
        message.Text.ShouldBe(text);
        message.IsReadable.ShouldBe(readable);
        message.ChoiceId.ShouldBe(choice);
        message.RepliesTo.ShouldBe(repliesTo);
        message.SentAt.ShouldBeNull();
        message.Sender.ShouldBe(new SenderIdentity("33612340001", "+33612340001", null));
        (message.Raw is not null).ShouldBe(hasRaw);
        if (message.Raw is { } raw)
        {
            using var json = JsonDocument.Parse(raw);
            json.RootElement.GetProperty("From").GetString().ShouldBe("whatsapp:+33612340001");
        }
    }

    [Fact]
    public void A_customer_without_a_number_is_known_by_the_user_id()
    {
        var message = Sole("no-phone").Message;
        message.Sender.ShouldBe(new SenderIdentity(null, null, "FR.1349"));
        message.ProfileName.ShouldBe("Zoé");
    }

    [Fact]
    public void Number_and_user_id_are_kept_together_when_both_are_known() =>
        Sole("no-phone-bare-id").Message.Sender.ShouldBe(new SenderIdentity("33612340001", "+33612340001", "FR.1349"));

    [Fact]
    public void A_message_without_a_sid_gets_the_same_id_from_the_same_bytes() =>
        Sole("without-sid").Message.ProviderId.ShouldMatch("^sha256:[0-9a-f]{64}$");

    [Fact]
    public void A_Studio_flow_may_send_JSON()
    {
        var reading = TwilioReader.Read(new VerifiedWebhook(WebhookKind.TwilioMessage, Payload.Twilio("studio.json"), "application/json; charset=utf-8", ""));
        var received = reading.Events.ShouldHaveSingleItem().ShouldBeOfType<ChannelEvent.MessageReceived>();
        received.Address.ShouldBeNull();
        received.Message.ShouldBe(new InboundMessage(
            "SMs1", new SenderIdentity("33612340001", "+33612340001", null), "Inès", null, "text", "Je veux un rendez-vous"));
    }

    [Theory]
    [InlineData("status-sent", DeliveryStatus.Sent)]
    [InlineData("status-delivered", DeliveryStatus.Delivered)]
    [InlineData("status-read", DeliveryStatus.Read)]
    internal void A_status_brings_our_own_id_back_from_the_URL(string payload, DeliveryStatus status)
    {
        var reported = Status(payload, "?token=x&message=4711").ShouldBeOfType<ChannelEvent.StatusReported>();
        reported.Address.ShouldBe("+33600000199");
        reported.Status.ShouldBe(new StatusReport("SMo1", 4711, status, null));
    }

    [Theory]
    [InlineData("status-failed", 63024, "Invalid message recipient")]
    [InlineData("status-undelivered", 63016, null)]
    public void A_failure_says_why(string payload, int code, string? words)
    {
        var reported = Status(payload, "?message=abc").ShouldBeOfType<ChannelEvent.StatusReported>();
        reported.Status.ShouldBe(new StatusReport("SMo1", null, DeliveryStatus.Failed, null, code, words));
    }

    [Theory]
    [InlineData("queued")]
    [InlineData("sending")]
    [InlineData("accepted")]
    [InlineData("scheduled")]
    public void A_step_inside_Twilio_changes_nothing(string word) =>
        Status($"status-{word}", "").ShouldBeOfType<ChannelEvent.Other>().Topic.ShouldBe($"status:{word}");

    [Fact]
    public void A_message_on_the_status_URL_and_a_status_on_the_message_URL_are_told_apart()
    {
        TwilioReader.Read(new VerifiedWebhook(WebhookKind.TwilioStatus, Payload.Twilio("text"), "", "")).Events[0].ShouldBeOfType<ChannelEvent.MessageReceived>();
        TwilioReader.Read(new VerifiedWebhook(WebhookKind.TwilioMessage, Payload.Twilio("status-read"), "", "")).Events[0].ShouldBeOfType<ChannelEvent.StatusReported>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Body=hello&MessageSid=SM1")]
    public void A_message_from_nobody_is_a_problem(string form)
    {
        var reading = TwilioReader.Read(new VerifiedWebhook(WebhookKind.TwilioMessage, Encoding.UTF8.GetBytes(form), "", ""));
        reading.Events.ShouldBeEmpty();
        reading.Problem.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("whatsapp:+33612340001", "+33612340001")]
    [InlineData("whatsapp: 33612340001", "+33612340001")]
    [InlineData("+33 (6) 12-34.00 01", "+33612340001")]
    [InlineData("0033612340001", "+33612340001")]
    [InlineData("33612340001", "+33612340001")]
    [InlineData("0612340001", null)]
    [InlineData("123456", null)]
    [InlineData("1234567890123456", null)]
    [InlineData("3361+2340001", null)]
    [InlineData("whatsapp:FR.1349", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_number_is_brought_to_one_form(string? raw, string? number) => PhoneNumbers.ToE164(raw).ShouldBe(number);

    private static ChannelEvent.MessageReceived Sole(string payload)
    {
        var reading = TwilioReader.Read(new VerifiedWebhook(WebhookKind.TwilioMessage, Payload.Twilio(payload), "application/x-www-form-urlencoded", ""));
        reading.Problem.ShouldBeNull();
        return reading.Events.ShouldHaveSingleItem().ShouldBeOfType<ChannelEvent.MessageReceived>();
    }

    private static ChannelEvent Status(string payload, string query) =>
        TwilioReader.Read(new VerifiedWebhook(WebhookKind.TwilioStatus, Payload.Twilio(payload), "application/x-www-form-urlencoded", query))
            .Events.ShouldHaveSingleItem();
}
