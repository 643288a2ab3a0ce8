using Microsoft.AspNetCore.Http;
using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

public sealed class MetaMediaTests
{
    private static readonly InboxAddress Inbox = new(1, ChannelKind.Meta, "770011223344556", "88", "token-1");

    [Fact]
    public async Task A_file_is_asked_for_by_id_and_fetched_with_the_token()
    {
        await using var meta = await FileProvider.Start();
        meta.Answer = context => context.Request.Path.Value!.EndsWith("/m1", StringComparison.Ordinal)
            ? FileProvider.Described(context, new Uri(meta.Url, "/lookaside?mid=1"), "abc", SampleFiles.Png.Length) : FileProvider.Bytes(context, SampleFiles.Png);
        var (end, bytes) = await Fetch(meta);
        end.ShouldBe(new MediaFetch.Fetched("abc"));
        bytes.ShouldBe(SampleFiles.Png);
        meta.Requests.Select(r => (r.Path + r.Query, r.Authorization)).ShouldBe(
            [("/v26.0/m1?phone_number_id=770011223344556", "Bearer token-1"), ("/lookaside?mid=1", "Bearer token-1")]);
    }

    [Fact]
    public async Task The_token_goes_to_no_other_host_not_even_by_description_or_redirect()
    {
        await using var evil = await FileProvider.Start(context => FileProvider.Bytes(context, SampleFiles.Png));
        await using var meta = await FileProvider.Start();
        meta.Answer = context => FileProvider.Described(context, new Uri(evil.Url, "/steal"));
        (await Fetch(meta)).End.ShouldBeOfType<MediaFetch.Refused>().Reason.ShouldContain("not Meta's");

        meta.Answer = context => context.Request.Path.Value!.EndsWith("/m1", StringComparison.Ordinal)
            ? FileProvider.Described(context, new Uri(meta.Url, "/file")) : Redirect(context, new Uri(evil.Url, "/steal"));
        (await Fetch(meta)).End.ShouldBeOfType<MediaFetch.Refused>();

        // The answer to the first question may redirect too.
        meta.Answer = context => Redirect(context, new Uri(evil.Url, "/steal"));
        (await Fetch(meta)).End.ShouldBeOfType<MediaFetch.Refused>();
        evil.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redirect_among_the_providers_hosts_is_followed_without_the_token()
    {
        await using var meta = await FileProvider.Start();
        meta.Answer = context => context.Request.Path.Value switch
        {
            "/v26.0/m1" => FileProvider.Described(context, new Uri(meta.Url, "/file")),
            "/file" => Redirect(context, new Uri("/cdn", UriKind.Relative)),
            _ => FileProvider.Bytes(context, SampleFiles.Png),
        };
        (await Fetch(meta)).Bytes.ShouldBe(SampleFiles.Png);
        meta.Requests.Select(r => (r.Path, r.Authorization)).ToList()[^1].ShouldBe(("/cdn", null));
    }

    [Fact]
    public async Task An_address_gone_stale_is_asked_for_again_once()
    {
        await using var meta = await FileProvider.Start();
        var asked = 0;
        meta.Answer = context => context.Request.Path.Value == "/v26.0/m1" ? FileProvider.Described(context, new Uri(meta.Url, $"/file{++asked}"))
            : context.Request.Path.Value == "/file2" ? FileProvider.Bytes(context, SampleFiles.Png) : Status(context, 404);
        (await Fetch(meta)).Bytes.ShouldBe(SampleFiles.Png);

        meta.Answer = context => context.Request.Path.Value == "/v26.0/m1" ? FileProvider.Described(context, new Uri(meta.Url, "/gone")) : Status(context, 404);
        (await Fetch(meta)).End.ShouldBeOfType<MediaFetch.Missing>();
    }

    [Fact]
    public async Task What_is_too_large_is_stopped_as_soon_as_that_is_known()
    {
        await using var meta = await FileProvider.Start();
        var sent = 0L;
        meta.Answer = async context =>
        {
            if (context.Request.Path.Value == "/v26.0/m1")
            {
                await FileProvider.Described(context, new Uri(meta.Url, "/endless"));
                return;
            }

            var block = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested && sent < 500_000_000)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
                sent += block.Length;

                // Once the other side is gone Kestrel throws writes away at the speed of memory, until somebody has told it so.
                if (sent % (16 * block.Length) == 0)
                {
                    await Task.Delay(1);
                }
            }
        };
        var (end, bytes) = await Fetch(meta, limit: 100_000);
        end.ShouldBeOfType<MediaFetch.TooLarge>();
        bytes.Length.ShouldBeLessThanOrEqualTo(100_000);
        await Eventually.Holds(() => Task.FromResult(sent < 100_000_000), "the provider was stopped long before the end");

        meta.Answer = context => FileProvider.Described(context, new Uri(meta.Url, "/endless"), size: 100_001);
        var before = meta.Requests.Count;
        (await Fetch(meta, limit: 100_000)).End.ShouldBeOfType<MediaFetch.TooLarge>();
        meta.Requests.Count.ShouldBe(before + 1, "the size told was enough");
    }

    [Theory]
    [InlineData(401, """{"error":{"code":190,"message":"expired"}}""", "retry")]
    [InlineData(400, """{"error":{"code":130429,"message":"slow down"}}""", "retry")]
    [InlineData(400, """{"error":{"code":100,"error_subcode":33,"message":"does not exist"}}""", "missing")]
    [InlineData(404, "nothing", "missing")]
    [InlineData(503, "<html>", "retry")]
    [InlineData(429, "", "retry")]
    [InlineData(400, "", "refused")]
    [InlineData(200, "not json", "retry")]
    public async Task What_the_provider_says_is_worth_another_try_or_not(int status, string body, string end)
    {
        await using var meta = await FileProvider.Start(async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
        (await Fetch(meta)).End.ShouldBeOfType(end switch
        {
            "retry" => typeof(MediaFetch.RetryLater),
            "missing" => typeof(MediaFetch.Missing),
            _ => typeof(MediaFetch.Refused),
        });
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again_later()
    {
        using var dead = new FakeProvider(Answer.Reset);
        using var media = new MetaMedia(new MetaOptions(dead.Url), new Clock());
        (await media.Fetch(Inbox, new MediaRef("m1", null, null, null), Stream.Null, 1000, CancellationToken.None)).ShouldBeOfType<MediaFetch.RetryLater>();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task A_provider_that_stands_still_is_left_and_asked_again_later(bool isDescribed, bool hasBegun)
    {
        await using var meta = await FileProvider.Start();
        meta.Answer = async context =>
        {
            if (isDescribed && context.Request.Path.Value == "/v26.0/m1")
            {
                await FileProvider.Described(context, new Uri(meta.Url, "/file"));
                return;
            }

            if (hasBegun)
            {
                await context.Response.Body.WriteAsync(SampleFiles.Png, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted));
        };
        (await Fetch(meta, silence: TimeSpan.FromMilliseconds(300))).End.ShouldBeOfType<MediaFetch.RetryLater>().Reason.ShouldContain("did not deliver in time");
    }

    [Fact]
    public async Task A_slow_file_is_taken_while_it_goes_on()
    {
        await using var meta = await FileProvider.Start();
        meta.Answer = async context =>
        {
            if (context.Request.Path.Value == "/v26.0/m1")
            {
                await FileProvider.Described(context, new Uri(meta.Url, "/file"));
                return;
            }

            foreach (var piece in SampleFiles.Png.Chunk(1 + (SampleFiles.Png.Length / 6)))
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(500, context.RequestAborted);
            }
        };
        (await Fetch(meta, silence: TimeSpan.FromSeconds(2))).Bytes.ShouldBe(SampleFiles.Png);
    }

    [Fact]
    public void No_file_holds_its_place_longer_than_the_largest_of_its_kind_takes()
    {
        Math.Round(MediaDownload.Longest(MediaLimits.Of("image")).TotalSeconds).ShouldBe(45);
        Math.Round(MediaDownload.Longest(MediaLimits.Of("audio")).TotalSeconds).ShouldBe(77);
        Math.Round(MediaDownload.Longest(MediaLimits.Of("document")).TotalSeconds).ShouldBe(323);
    }

    private static async Task<(MediaFetch End, byte[] Bytes)> Fetch(FileProvider meta, long limit = 1_000_000, TimeSpan? silence = null)
    {
        using var media = new MetaMedia(new MetaOptions(meta.Url), new Clock(), silence);
        using var into = new MemoryStream();
        var end = await media.Fetch(Inbox, new MediaRef("m1", "image/png", null, null), into, limit, CancellationToken.None);
        return (end, into.ToArray());
    }

    private static Task Redirect(HttpContext context, Uri to)
    {
        context.Response.Headers.Location = to.OriginalString;
        return Status(context, 302);
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
