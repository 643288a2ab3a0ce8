using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Fuzz;

/// <summary>Bodies that are small to send and large to read (reliability table, R13). All signed, so that they get as far as they can.</summary>
[Collection(nameof(Alone))]
public sealed class Bombs(ITestOutputHelper log)
{
    private const int MegaByte = 1024 * 1024;

    [Theory, OnEveryDatabase]
    public async Task A_signed_bomb_costs_little_and_delays_nobody(DatabaseKind kind)
    {
        var troubles = new LogKeeper();
        await using var relais = await FuzzHost.Start(kind, troubles);
        using var storm = new FuzzStorm(relais);
        await relais.Chat(relais.Meta, "+33699990001").Asks("Bonjour", "Beyond Express");
        var before = FuzzHost.Memory();
        await DropAll(relais, storm);

        // The framework's pools of buffers keep what a bomb filled them with for half a minute.
        await Eventually.Holds(async () =>
        {
            var more = FuzzHost.Memory() - before;
            log.WriteLine($"memory {more / MegaByte} MB more than before");
            await Task.Delay(more < 64 * MegaByte ? 0 : 2000);
            return more < 64 * MegaByte;
        }, "memory is back where it was", TimeSpan.FromSeconds(90));
        (await relais.Facts.Count("SELECT count(*) FROM received_webhook WHERE state = 2")).ShouldBe(Unreadable().Count * 2);
        await relais.Chat(relais.Twilio, "+33699990002").Asks("Bonjour", "Beyond Express");
        troubles.Troubles.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_too_large_packed_or_too_long_a_header_is_refused_and_leaves_no_row()
    {
        var troubles = new LogKeeper();
        await using var relais = await FuzzHost.Start(DatabaseKind.Sqlite, troubles);
        using var storm = new FuzzStorm(relais);
        foreach (var path in (string[])["api/whatsapp/webhook", "webhook/whatsapp"])
        {
            var isTwilio = path == "webhook/whatsapp";
            (await storm.Post(storm.Sign(new FuzzBody(isTwilio, path, "application/json", new byte[(4 * MegaByte) + 1])), TestContext.Current.CancellationToken)).ShouldBe(413);

            var bomb = new MemoryStream();
            await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                await gzip.WriteAsync(new byte[64 * MegaByte], TestContext.Current.CancellationToken);
            }

            (await Post(relais, storm.Sign(new FuzzBody(isTwilio, path, "application/json", bomb.ToArray())), "Content-Encoding", "gzip")).ShouldBe(415);
            (await Post(relais, storm.Sign(new FuzzBody(isTwilio, path, "application/json", "{}"u8.ToArray())), "X-Long", new string('x', 64 * 1024))).ShouldBe(431);
        }

        var fields = Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 10_000).Select(n => $"f{n}={n}")));
        (await storm.Post(storm.Sign(new FuzzBody(true, "webhook/whatsapp", "application/x-www-form-urlencoded", fields)), TestContext.Current.CancellationToken)).ShouldBe(403);
        (await relais.Facts.Count("SELECT count(*) FROM received_webhook")).ShouldBe(0);
        await relais.Chat(relais.Meta, "+33699990001").Asks("Bonjour", "Beyond Express");
        troubles.Troubles.ShouldBeEmpty();
    }

    private async Task DropAll(RelaisHost relais, FuzzStorm storm)
    {
        foreach (var (name, make) in Unreadable())
        {
            var body = make();
            var watch = Stopwatch.StartNew();
            (await storm.Post(storm.Sign(new FuzzBody(false, "api/whatsapp/webhook", "application/json", body)), TestContext.Current.CancellationToken)).ShouldBe(200, name);
            (await storm.Post(storm.Sign(new FuzzBody(true, "webhook/whatsapp", "application/json", body)), TestContext.Current.CancellationToken)).ShouldBe(200, name);
            await relais.Settled();
            log.WriteLine($"{name}, {body.Length / 1024} KB, twice: {watch.ElapsedMilliseconds} ms until nothing was left to do");
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), name);
        }
    }

    private static List<(string Name, Func<byte[]> Make)> Unreadable() =>
    [
        ("100,000 levels of lists", () => Encoding.ASCII.GetBytes(new string('[', 100_000) + new string(']', 100_000))),
        ("100,000 levels of objects", () => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)))),
        ("300,000 names", () => Encoding.ASCII.GetBytes('{' + string.Join(',', Enumerable.Range(0, 300_000).Select(n => $"\"{n:x}\":0")) + '}')),
        ("1,000,000 times one name", () => Encoding.ASCII.GetBytes('{' + string.Join(',', Enumerable.Repeat("\"\":", 1_000_000).Select(n => n + "0"))[..(4 * MegaByte - 8)].TrimEnd('"', ':', ',') + '}')),
        ("a number of 4,000,000 digits", () => Encoding.ASCII.GetBytes("{\"entry\":" + new string('9', 4_000_000) + '}')),
        ("1,300,000 escapes", () => Encoding.ASCII.GetBytes("{\"entry\":\"" + string.Concat(Enumerable.Repeat("\\ud800", 650_000)) + "\"}")),
        ("entries that are nothing", () => Encoding.ASCII.GetBytes("{\"entry\":[" + string.Join(',', Enumerable.Repeat("1", 1_900_000)) + "]}")),
    ];

    private static async Task<int> Post(RelaisHost relais, SignedFuzz signed, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, relais.Url + signed.Path) { Content = new ByteArrayContent(signed.Bytes) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", signed.ContentType);
        request.Headers.TryAddWithoutValidation(signed.Header, signed.Signatures[0]);
        if (!request.Headers.TryAddWithoutValidation(header, value))
        {
            request.Content.Headers.TryAddWithoutValidation(header, value);
        }

        using var answer = await relais.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }
}
