using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

public sealed class MetaReaderTests
{
    private const string Address = "770011223344556";
    private const long SentAt = 1_790_000_000_000_000;

    [Theory]
    [InlineData("text", "text", "Bonjour, avez-vous du pain de seigle ?", true, null, null)]
    [InlineData("text-reply", "text", "Yes, that one", true, null, "wamid.RELAIS.OURS")]
    [InlineData("text-from-ad", "text", "I saw your bread", true, null, null)]
    [InlineData("group-text", "text", "who comes?", true, null, null)]
    [InlineData("image-caption", "image", "Is this the right loaf?", true, null, null)]
    [InlineData("image-bare", "image", "", false, null, null)]
    [InlineData("video", "video", "", false, null, null)]
    [InlineData("voice", "audio", "", false, null, null)]
    [InlineData("document", "document", "", false, null, null)]
    [InlineData("sticker", "sticker", "", false, null, null)]
    [InlineData("location", "location", "Boulangerie, 1 rue du Four", false, null, null)]
    [InlineData("contacts", "contacts", "Léa Petit, Noé Blanc", false, null, null)]
    [InlineData("reaction", "reaction", "👍", false, null, "wamid.RELAIS.OURS")]
    [InlineData("reaction-removed", "reaction", "", false, null, "wamid.RELAIS.OURS")]
    [InlineData("button-reply", "interactive", "My orders", true, "menu.orders", "wamid.RELAIS.MENU")]
    [InlineData("list-reply", "interactive", "9 o'clock", true, "slot.9", null)]
    [InlineData("form-reply", "interactive", "Sent", false, "flow", null)]
    [InlineData("interactive-without-payload", "interactive", "", false, null, null)]
    [InlineData("template-button", "button", "Confirm", true, "CONFIRM-17", null)]
    [InlineData("order", "order", "2 × rye-800, 1 × bun", false, null, null)]
    [InlineData("system-number-changed", "system", "Inès Roux changed numbers", false, null, null)]
    [InlineData("unsupported", "unsupported", "", false, null, null)]
    [InlineData("edit", "edit", "two loaves, sorry", true, null, "wamid.RELAIS.T1")]
    [InlineData("revoke", "revoke", "", false, null, "wamid.RELAIS.T1")]
    [InlineData("unknown-type", "hologram", "wave", false, null, null)]
    public void Every_type_becomes_a_message(string payload, string type, string text, bool readable, string? choice, string? repliesTo)
    {
        var (address, message) = Sole(payload);

        address.ShouldBe(Address);
        message.Type.ShouldBe(type);
        message.Text.ShouldBe(text);
        message.IsReadable.ShouldBe(readable);
        message.ChoiceId.ShouldBe(choice);
        message.RepliesTo.ShouldBe(repliesTo);
        message.SentAt.ShouldBe(SentAt);
        message.Sender.ShouldBe(new SenderIdentity("33612340001", "+33612340001", null));
        message.ProviderId.ShouldStartWith("wamid.RELAIS.");
        if (payload is "text" or "text-reply")
        {
            message.Raw.ShouldBeNull();
        }
        else
        {
            message.Raw.ShouldNotBeNull().ShouldContain(message.ProviderId);
        }
    }

    [Fact]
    public void The_shown_name_comes_from_the_contact() => Sole("text").Message.ProfileName.ShouldBe("Inès Roux");

    [Theory]
    [InlineData("no-phone")]
    [InlineData("no-phone-empty-strings")]
    public void A_customer_without_a_number_is_known_by_the_user_id(string payload)
    {
        var message = Sole(payload).Message;
        message.Sender.ShouldBe(new SenderIdentity(null, null, "FR.1349"));
        message.ProfileName.ShouldBe("Zoé");
        message.Text.ShouldBe("no number here");
    }

    [Fact]
    public void A_changed_user_id_belongs_to_the_conversation_of_the_former_one() =>
        Sole("system-user-id-changed").Message.Sender.ShouldBe(new SenderIdentity(null, null, "FR.100"));

    [Fact]
    public void A_number_that_differs_by_Brazils_nine_takes_its_WhatsApp_id()
    {
        var reading = MetaReader.Read(Payload.Meta("brazil-nine"));
        reading.Events.Count.ShouldBe(2);
        reading.Events.ShouldAllBe(found => ((ChannelEvent.MessageReceived)found).Message.Sender.WaId == "551198765432");
    }

    [Fact]
    public void The_smallest_test_webhook_has_no_address_and_no_time()
    {
        var (address, message) = Sole("minimal");
        address.ShouldBeNull();
        message.SentAt.ShouldBeNull();
        message.Sender.ShouldBe(new SenderIdentity("33612340001", "+33612340001", null));
        message.ProviderId.ShouldBe("test-1");
        message.Text.ShouldBe("Bonjour");
    }

    [Fact]
    public void A_message_without_an_id_gets_the_same_one_from_the_same_bytes()
    {
        var message = Sole("without-id").Message;
        message.ProviderId.ShouldMatch("^sha256:[0-9a-f]{64}$");
        message.SentAt.ShouldBe(SentAt);
        Sole("without-id").Message.ProviderId.ShouldBe(message.ProviderId);
    }

    [Theory]
    [InlineData("status-sent", DeliveryStatus.Sent)]
    [InlineData("status-delivered", DeliveryStatus.Delivered)]
    [InlineData("status-read", DeliveryStatus.Read)]
    [InlineData("status-played", DeliveryStatus.Read)]
    internal void A_status_brings_our_own_id_back(string payload, DeliveryStatus status)
    {
        var reported = MetaReader.Read(Payload.Meta(payload)).Events.ShouldHaveSingleItem().ShouldBeOfType<ChannelEvent.StatusReported>();
        reported.Address.ShouldBe(Address);
        reported.Status.ShouldBe(new StatusReport("wamid.RELAIS.OURS", 4711, status, 1_790_000_100_000_000));
    }

    [Fact]
    public void A_failure_says_why()
    {
        var reported = MetaReader.Read(Payload.Meta("status-failed")).Events.ShouldHaveSingleItem().ShouldBeOfType<ChannelEvent.StatusReported>();
        reported.Status.ErrorCode.ShouldBe(131026);
        reported.Status.ErrorText.ShouldBe("The recipient is not on WhatsApp.");
        reported.Status.MessageId.ShouldBeNull();
    }

    [Theory]
    [InlineData("status-unknown", "status:teleported")]
    [InlineData("echo-revoke", "message_echoes")]
    [InlineData("calls", "calls")]
    [InlineData("history", "history")]
    [InlineData("user-actions", "user_actions")]
    public void What_this_version_has_no_use_for_keeps_its_word(string payload, string topic)
    {
        var reading = MetaReader.Read(Payload.Meta(payload));
        reading.Problem.ShouldBeNull();
        reading.Events.ShouldHaveSingleItem().ShouldBeOfType<ChannelEvent.Other>().Topic.ShouldBe(topic);
    }

    [Fact]
    public void What_the_business_wrote_on_its_own_phone_names_the_customer_it_went_to()
    {
        var wrote = MetaReader.Read(Payload.Meta("echo")).Events.ShouldHaveSingleItem().ShouldBeOfType<ChannelEvent.BusinessWrote>();
        wrote.Message.Type.ShouldBe("text");
        wrote.Message.Text.ShouldNotBeEmpty();
        wrote.Message.Sender.Phone.ShouldNotBeNull().ShouldStartWith("+");
    }

    [Fact]
    public void A_batch_of_everything_comes_out_whole_and_in_order()
    {
        var reading = MetaReader.Read(Payload.Meta("batch"));
        reading.Problem.ShouldBeNull();
        reading.Events.Select(Word).ShouldBe(
        [
            "wamid.RELAIS.M1 33612340001", "wamid.RELAIS.M2 33612340003", "wamid.RELAIS.M1 33612340001",
            "wamid.RELAIS.P1 Delivered", "wamid.RELAIS.P2 Read", "field_of_tomorrow", "wamid.RELAIS.P3 Sent", "wamid.RELAIS.M3 33612340003",
        ]);
    }

    private static string Word(ChannelEvent found) => found switch
    {
        ChannelEvent.MessageReceived received => $"{received.Message.ProviderId} {received.Message.Sender.WaId}",
        ChannelEvent.StatusReported reported => $"{reported.Status.ProviderId} {reported.Status.Status}",
        ChannelEvent.Other other => other.Topic,
        _ => "",
    };

    private static (string? Address, InboundMessage Message) Sole(string payload)
    {
        var reading = MetaReader.Read(Payload.Meta(payload));
        reading.Problem.ShouldBeNull();
        var received = reading.Events.ShouldHaveSingleItem().ShouldBeOfType<ChannelEvent.MessageReceived>();
        return (received.Address, received.Message);
    }
}
