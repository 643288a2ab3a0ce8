using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Relais.Simulator;
using Relais.Simulator.Files;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

public sealed class FileTests
{
    [Fact]
    public async Task What_is_uploaded_at_meta_is_described_and_downloaded_with_the_token_until_it_is_deleted()
    {
        await using var host = await SimulatorHost.Start();
        var (bytes, type, name) = SampleFiles.Of("image")!.Value;
        var uploaded = await Upload(host, bytes, type, name);
        uploaded.StatusCode.ShouldBe(HttpStatusCode.OK);
        var id = (await SendTests.Json(uploaded))["id"]!.GetValue<string>();

        var told = await SendTests.Json(await host.CallMeta(HttpMethod.Get, "v23.0/" + id));
        (told["messaging_product"]!.GetValue<string>(), told["mime_type"]!.GetValue<string>(), told["id"]!.GetValue<string>())
            .ShouldBe(("whatsapp", "image/jpeg", id));
        told["sha256"]!.GetValue<string>().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        told["file_size"]!.GetValue<string>().ShouldBe(bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));

        var url = told["url"]!.GetValue<string>();
        (await host.Http.GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var file = await host.CallMeta(HttpMethod.Get, url);
        (await file.Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
        file.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");

        host.Clock.Advance(TimeSpan.FromMinutes(6));
        (await host.CallMeta(HttpMethod.Get, url)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await SendTests.Json(await host.CallMeta(HttpMethod.Delete, "v23.0/" + id)))["success"]!.GetValue<bool>().ShouldBeTrue();
        SendTests.Code(await SendTests.Json(await host.CallMeta(HttpMethod.Get, "v23.0/" + id))).ShouldBe(100);
    }

    [Fact]
    public async Task Meta_refuses_uploads_of_the_wrong_type_or_size_or_without_the_token()
    {
        await using var host = await SimulatorHost.Start();
        SendTests.Code(await SendTests.Json(await Upload(host, [1], "image/gif", "x.gif"))).ShouldBe(100);
        SendTests.Code(await SendTests.Json(await Upload(host, new byte[(5 * 1024 * 1024) + 1], "image/png", "x.png"))).ShouldBe(100);
        SendTests.Code(await SendTests.Json(await Upload(host, [1], "image/png", "x.png", product: ""))).ShouldBe(100);
        (await Upload(host, [1], "image/png", "x.png", token: "other")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.CallMeta(HttpMethod.Get, "v23.0/123", token: "other")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Upload(host, new byte[1000], "audio/ogg; codecs=opus", "v.ogg")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Twilios_media_redirects_with_307_to_where_no_password_is_wanted()
    {
        await using var host = await SimulatorHost.Start();
        var file = host.Hub.Files.Put(host.Twilio, [1, 2, 3], "audio/ogg");
        var path = $"2010-04-01/Accounts/{host.Twilio.Account}/Messages/MM1/Media/{file.Id}";
        (await host.CallTwilio(HttpMethod.Get, path, token: "other")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var stays = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Base };
        using var asks = new HttpRequestMessage(HttpMethod.Get, "/simulator/twilio/" + path);
        asks.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(host.Twilio.Account + ":twilio-token")));
        var redirect = await stays.SendAsync(asks);
        redirect.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        var there = await stays.GetAsync(redirect.Headers.Location);
        (await there.Content.ReadAsByteArrayAsync()).ShouldBe([1, 2, 3]);
        (await stays.GetAsync(redirect.Headers.Location + "0")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void The_oldest_files_go_when_the_shelf_is_full_and_uploads_last_thirty_days()
    {
        var clock = new Relais.Foundation.Clock();
        var shelf = new FileShelf(clock) { Cap = 25 };
        var number = new SimulatedNumber(SimulatedChannel.Meta, "1", "+33100000001", "2", "s", "t", new Uri("http://127.0.0.1/"), "x");
        var files = Enumerable.Range(0, 3).Select(_ => shelf.Put(number, new byte[10], "text/plain", uploaded: true)).ToList();
        shelf.Size.ShouldBe(20);
        shelf.Find(files[0].Id).ShouldBeNull();
        shelf.Find(files[2].Id).ShouldBe(files[2]);
        clock.Advance(TimeSpan.FromDays(31));
        shelf.Find(files[2].Id).ShouldBeNull();
    }

    [Fact]
    public void The_samples_are_what_they_claim_to_be()
    {
        Start("image", 3).ShouldBe([0xff, 0xd8, 0xff]);
        Start("voice", 4).ShouldBe("OggS"u8.ToArray());
        Start("sticker", 4).ShouldBe("RIFF"u8.ToArray());
        Start("document", 4).ShouldBe("%PDF"u8.ToArray());
        Start("video", 8)[4..].ShouldBe("ftyp"u8.ToArray());

        static byte[] Start(string kind, int count) => SampleFiles.Of(kind)!.Value.Bytes[..count];
    }

    internal static async Task<HttpResponseMessage> Upload(
        SimulatorHost host, byte[] bytes, string type, string name, string product = "whatsapp", string token = "meta-token")
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var form = new MultipartFormDataContent { { new StringContent(product), "messaging_product" }, { file, "file", name } };
        var request = new HttpRequestMessage(HttpMethod.Post, "/simulator/graph/v23.0/106540352242922/media") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await host.Http.SendAsync(request);
    }
}
