using Microsoft.AspNetCore.Http;
using Relais.Channels;
using Relais.Channels.Twilio;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

public sealed class TwilioMediaTests
{
    private const string Path = "/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";
    private static readonly InboxAddress Inbox = new(1, ChannelKind.Twilio, "+33100000002", "AC1", "token-1");

    [Fact]
    public async Task The_account_signs_in_at_the_api_and_not_at_the_cdn_it_leads_to()
    {
        await using var twilio = await FileProvider.Start();
        twilio.Answer = context => context.Request.Path == Path ? Redirect(context, new Uri(twilio.Url, "/cdn?Signature=1")) : FileProvider.Bytes(context, SampleFiles.Voice);
        (await Fetch(twilio, new Uri(twilio.Url, Path))).ShouldBe((new MediaFetch.Fetched(), SampleFiles.Voice.Length));
        twilio.Requests.Select(r => (r.Path, r.Authorization)).ShouldBe(
            [(Path, "Basic " + Convert.ToBase64String("AC1:token-1"u8)), ("/cdn", null)]);
    }

    [Fact]
    public async Task Neither_a_foreign_address_nor_a_redirect_to_one_is_asked()
    {
        await using var evil = await FileProvider.Start(context => FileProvider.Bytes(context, SampleFiles.Voice));
        await using var twilio = await FileProvider.Start(context => Redirect(context, new Uri(evil.Url, "/steal")));
        (await Fetch(twilio, new Uri(evil.Url, Path))).End.ShouldBeOfType<MediaFetch.Refused>();
        (await Fetch(twilio, new Uri(twilio.Url, Path))).End.ShouldBeOfType<MediaFetch.Refused>();
        evil.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_this_accounts_media_is_not_asked_for()
    {
        await using var twilio = await FileProvider.Start(context => FileProvider.Bytes(context, SampleFiles.Voice));
        (await Fetch(twilio, new Uri(twilio.Url, "/2010-04-01/Accounts/AC2/Messages/MM1/Media/ME1"))).End.ShouldBeOfType<MediaFetch.Refused>();
        (await Fetch(twilio, new Uri(twilio.Url, "/v1/Credentials"))).End.ShouldBeOfType<MediaFetch.Refused>();
        twilio.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(404, typeof(MediaFetch.Missing))]
    [InlineData(401, typeof(MediaFetch.RetryLater))]
    [InlineData(503, typeof(MediaFetch.RetryLater))]
    [InlineData(400, typeof(MediaFetch.Refused))]
    public async Task A_refusal_is_worth_another_try_or_not(int status, Type end)
    {
        await using var twilio = await FileProvider.Start(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        (await Fetch(twilio, new Uri(twilio.Url, Path))).End.ShouldBeOfType(end);
    }

    private static async Task<(MediaFetch End, int Length)> Fetch(FileProvider twilio, Uri url)
    {
        using var media = new TwilioMedia(new TwilioOptions(twilio.Url), new Clock());
        using var into = new MemoryStream();
        var end = await media.Fetch(Inbox, new MediaRef(url.ToString(), "audio/ogg", null, null), into, 1_000_000, CancellationToken.None);
        return (end, (int)into.Length);
    }

    private static Task Redirect(HttpContext context, Uri to)
    {
        context.Response.Headers.Location = to.OriginalString;
        context.Response.StatusCode = 307;
        return Task.CompletedTask;
    }
}
