using Microsoft.Extensions.DependencyInjection;
using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Channels.Twilio;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

/// <summary>The providers' tables again, by action: a line moved by accident shows here.</summary>
public sealed class ErrorTableTests
{
    [Theory]
    [InlineData(ErrorAction.HoldInbox, "4 80007 130429 2 131016 133004 131057 2494100")]
    [InlineData(ErrorAction.ProbeInbox, "0 190 3 10 200 250 299 131005 131064")]
    [InlineData(ErrorAction.PutOff, "132015 132069")]
    [InlineData(ErrorAction.HoldRecipient, "131056")]
    [InlineData(ErrorAction.Retry, "1 131000 134101")]
    [InlineData(ErrorAction.StopInbox, "33 368 131031 131037 131042 131045 131048 133000 133005 133006 133008 133009 133010 133015 133016 134011")]
    [InlineData(ErrorAction.MarketingOptedOut, "131050")]
    [InlineData(ErrorAction.Reject, "100 130403 130472 130497 131008 131009 131021 131026 131030 131036 131047 131049 131051 131052 131053 131055")]
    [InlineData(ErrorAction.Reject, "131060 131062 131063 132000 132001 132005 132007 132008 132012 132016 132018 132068 134100 134102 135000 137000")]
    internal void A_code_of_Meta_means_the_same_under_any_HTTP_status(ErrorAction action, string codes)
    {
        foreach (var code in codes.Split(' ').Select(int.Parse))
        {
            MetaErrors.For(code, 400).Action.ShouldBe(action, $"{code}");
            MetaErrors.For(code, 500).Action.ShouldBe(action, $"{code}");
            MetaErrors.For(code, 400).Sentence.ShouldEndWith(".");
        }
    }

    [Theory]
    [InlineData(ErrorAction.HoldInbox, "20429 20503 21611 30001 63017")]
    [InlineData(ErrorAction.HoldRecipient, "63018")]
    [InlineData(ErrorAction.ProbeInbox, "20003 63038")]
    [InlineData(ErrorAction.PutOff, "63041")]
    [InlineData(ErrorAction.Retry, "30008 63009 63010 63012 63023 63037")]
    [InlineData(ErrorAction.Unsure, "20500 20504")]
    [InlineData(ErrorAction.StopInbox, "20005 20404 30002 21601 21606 21607 21657 21701 21702 21703 21704 21705 63001 63002 63007 63008 63022 21609 21626 63020 63051")]
    [InlineData(ErrorAction.OptedOut, "21610")]
    [InlineData(ErrorAction.Reject, "20001 20409 21211 21614 21604 21212 21408 21602 21617 21620 21623 21658 21608 21654 21655 21656 92006 92007")]
    [InlineData(ErrorAction.Reject, "30003 30004 30005 30006 30007 30010 30034 30036 30410 63003 63005 63006 63021 63013 63014 63015 63016 63019 63024 63025 63026")]
    [InlineData(ErrorAction.Reject, "63027 63028 63029 63030 63031 63032 63033 63034 11751 63040 63042 63043 63044 63045 63046 63047 63049")]
    internal void A_code_of_Twilio_means_the_same_under_any_HTTP_status(ErrorAction action, string codes)
    {
        foreach (var code in codes.Split(' ').Select(int.Parse))
        {
            TwilioErrors.For(code, 400).Action.ShouldBe(action, $"{code}");
            TwilioErrors.For(code, 500).Action.ShouldBe(action, $"{code}");
            TwilioErrors.For(code, 400).Sentence.ShouldEndWith(".");
        }
    }

    [Fact]
    public void Waits_are_the_ones_the_providers_ask_for()
    {
        foreach (var (code, seconds) in ((int, int)[])[(130429, 2), (131056, 6), (131057, 60), (4, 60), (80007, 60), (2494100, 60), (190, 60), (131064, 3600), (132015, 10800), (132069, 3600)])
        {
            MetaErrors.For(code, 400).Wait.ShouldBe(TimeSpan.FromSeconds(seconds), $"{code}");
        }

        foreach (var (code, seconds) in ((int, int)[])[(20429, 1), (21611, 120), (30001, 120), (63017, 10), (63018, 10), (20003, 60), (63038, 3600), (63041, 10800)])
        {
            TwilioErrors.For(code, 400).Wait.ShouldBe(TimeSpan.FromSeconds(seconds), $"{code}");
        }
    }

    [Fact]
    public void A_code_in_a_status_means_what_it_means_in_an_answer()
    {
        ErrorRules.For(ChannelKind.Meta, 131031).Action.ShouldBe(ErrorAction.StopInbox);
        ErrorRules.For(ChannelKind.Twilio, 21610).Action.ShouldBe(ErrorAction.OptedOut);
        ErrorRules.For(ChannelKind.Twilio, 1).Action.ShouldBe(ErrorAction.Reject);
    }

    [Fact]
    public void An_unlisted_code_is_tried_again_only_when_Meta_itself_failed()
    {
        MetaErrors.For(5, 500).Action.ShouldBe(ErrorAction.Retry);
        MetaErrors.For(5, 400).Action.ShouldBe(ErrorAction.Reject);
        TwilioErrors.For(5, 500).Action.ShouldBe(ErrorAction.Unsure);
        TwilioErrors.For(5, 400).Action.ShouldBe(ErrorAction.Reject);
    }

    [Fact]
    public void Every_action_has_its_outcome_and_long_details_are_cut()
    {
        foreach (var action in Enum.GetValues<ErrorAction>())
        {
            new ErrorRule(action, "Why.", TimeSpan.Zero).ToOutcome(7, new string('x', 5000), null).ToString()!.Length.ShouldBeLessThan(600);
        }
    }

    [Fact]
    public async Task The_room_offers_each_provider_by_its_kind()
    {
        await using var services = new ServiceCollection().AddChannels(null, new Uri("http://127.0.0.1:1/simulator/twilio/")).BuildServiceProvider();
        var channels = services.GetRequiredService<ChannelSet>();
        channels[ChannelKind.Meta].TextLimit.ShouldBe(4096);
        channels[ChannelKind.Twilio].TextLimit.ShouldBe(1600);
        channels.For(WebhookKind.TwilioStatus).Kind.ShouldBe(ChannelKind.Twilio);
        channels.For(WebhookKind.Meta).Kind.ShouldBe(ChannelKind.Meta);
        new TwilioOptions(new Uri("http://127.0.0.1:1/simulator/twilio/")).Messages("AC1").AbsolutePath.ShouldBe("/simulator/twilio/2010-04-01/Accounts/AC1/Messages.json");
    }
}
