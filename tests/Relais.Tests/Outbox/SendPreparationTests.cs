using Relais.Channels;
using Relais.Channels.Twilio;
using Relais.Foundation;
using Relais.Media;
using Relais.Outbox;
using Relais.Tests.Channels;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>What has to be at the provider first is made once; where that is refused the message goes out in words.</summary>
public sealed class SendPreparationTests
{
    private static readonly InboxAddress Inbox = new(Business.Inbox, ChannelKind.Twilio, "+33600000199", "ACbeef", "token-1");
    private readonly Clock clock = new();

    [Theory, OnEveryDatabase]
    public async Task A_content_resource_is_made_once_and_used_again(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        using var twilio = new FakeProvider(n => Answer.Json(201, $$"""{"sid":"HX{{n}}"}"""));
        var message = OutboundSamples.All["buttons"];
        (await Prepare(business, twilio, message)).Message.AssetId.ShouldBe("HX1");
        (await Prepare(business, twilio, message with { MessageId = 4712 })).Message.AssetId.ShouldBe("HX1");
        twilio.Requests.Count.ShouldBe(1);
        (await Prepare(business, twilio, OutboundSamples.All["list"])).Message.AssetId.ShouldBe("HX2");
    }

    [Theory, OnEveryDatabase]
    public async Task A_definition_that_is_refused_goes_out_in_words_and_is_not_asked_again_that_day(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        using var twilio = new FakeProvider(n => n is 1 or 3
            ? Answer.Json(400, """{"code":60201,"message":"no","status":400}""") : Answer.Json(201, """{"sid":"SMout"}"""));
        var message = OutboundSamples.All["buttons"];
        var (prepared, failure) = await Prepare(business, twilio, message);
        failure.ShouldBeNull();
        using (var channel = Channel(twilio))
        {
            (await channel.Send(Inbox, prepared, CancellationToken.None)).ShouldBe(new SendOutcome.Accepted("SMout"));
        }

        var body = TwilioForm.Parse(System.Text.Encoding.UTF8.GetBytes(twilio.Requests.Last().Body)).First("Body")!;
        body.ShouldBe("*Commande*\n\nOn continue ?\n\n1. Oui ✅\n2. Non\n\nRépondez par le numéro de votre choix.\n\nMerci");
        (await Prepare(business, twilio, message)).Message.AssetId.ShouldBeNull();
        twilio.Requests.Count.ShouldBe(2);
        clock.Advance(TimeSpan.FromHours(24));
        (await Prepare(business, twilio, message)).Failure.ShouldBeNull();
        twilio.Requests.Count.ShouldBe(3);
    }

    [Theory, OnEveryDatabase]
    public async Task Trouble_on_the_way_is_tried_again_and_a_stopped_account_stops_the_message(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        foreach (var (answer, expected) in ((Answer, Type)[])
        [
            (Answer.Json(429, """{"code":20429,"message":"slow","status":429}"""), typeof(SendOutcome.RetryLater)),
            (Answer.Html(502), typeof(SendOutcome.RetryLater)),
            (Answer.Reset, typeof(SendOutcome.RetryLater)),
            (Answer.Json(401, """{"code":20003,"message":"who","status":401}"""), typeof(SendOutcome.RetryLater)),
        ])
        {
            using var twilio = new FakeProvider(answer);
            (await Prepare(business, twilio, OutboundSamples.All["buttons"])).Failure.ShouldBeOfType(expected);
        }

        (await business.One<long>("SELECT count(*) FROM provider_asset")).ShouldBe(0);
    }

    private async Task<(OutboundMessage Message, SendOutcome? Failure)> Prepare(Business business, FakeProvider twilio, OutboundMessage message)
    {
        using var channel = Channel(twilio);
        var links = new MediaLinks(new PublicAddress(Settings.From([])), new Secrets(new byte[32]), clock);
        return await new SendPreparation(business.Database, new OutboundFiles(new MediaFiles(Path.GetTempPath()), links), clock).Prepare(
            channel, Inbox, Business.Tenant, message with { AssetId = null }, CancellationToken.None);
    }

    private TwilioChannel Channel(FakeProvider twilio) => new(ProviderHttp.CreateClient(), new TwilioOptions(twilio.Url), clock);
}
