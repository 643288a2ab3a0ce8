using System.Net;
using System.Text;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What strangers and ailing providers post: refused without a trace, or kept where a person finds it.</summary>
public sealed class WebhookEdges
{
    [Theory, OnEveryDatabase]
    public async Task What_is_not_signed_is_refused_and_leaves_nothing_behind(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var phone = relais.Simulator.Phone("+33611110001");
        var body = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}"u8.ToArray();
        foreach (var signature in new[] { "", "sha256=", "sha256=" + new string('0', 64), "sha1=abc", "null" })
        {
            (await phone.SendRaw(relais.Meta, body, signature)).StatusCode.ShouldBe(401, signature);
            (await phone.SendRaw(relais.Twilio, "MessageSid=SM1&From=whatsapp%3A%2B33611110001"u8.ToArray(), signature)).StatusCode.ShouldBe(403, signature);
        }

        (await relais.Http.PostAsync(new Uri("api/whatsapp/webhook", UriKind.Relative), new ByteArrayContent(body))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await relais.Http.PostAsync(new Uri("webhook/whatsapp", UriKind.Relative), new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await relais.Facts.Count("SELECT count(*) FROM received_webhook")).ShouldBe(0);
        (await relais.Facts.Count("SELECT count(*) FROM message")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task What_is_signed_and_cannot_be_read_is_acknowledged_and_kept_aside(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var phone = relais.Simulator.Phone("+33611110001");
        byte[][] unreadable = ["not json"u8.ToArray(), "{\"object\":"u8.ToArray(), [0xff, 0xfe, 0x00, 0x80], "[1,2,3]"u8.ToArray()];
        foreach (var body in unreadable)
        {
            (await phone.SendRaw(relais.Meta, body)).Taken.ShouldBeTrue();
        }

        await relais.Settled();
        var kept = await relais.Facts.Query<byte[]>("SELECT body FROM received_webhook WHERE state = 2 AND problem <> '' ORDER BY id");
        kept.Select(Convert.ToHexString).ShouldBe(unreadable.Select(Convert.ToHexString));
        await relais.Chat(relais.Meta, "+33611110001").Asks("Bonjour", "Beyond Express");
    }

    [Theory, OnEveryDatabase]
    public async Task A_body_over_four_megabytes_is_refused(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var phone = relais.Simulator.Phone("+33611110001");
        (await phone.SendRaw(relais.Meta, new byte[(4 * 1024 * 1024) + 1])).StatusCode.ShouldBe(413);
        (await phone.SendRaw(relais.Twilio, new byte[(4 * 1024 * 1024) + 1])).StatusCode.ShouldBe(413);

        // The same without saying so beforehand.
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/whatsapp/webhook", UriKind.Relative));
        request.Content = new StreamContent(new MemoryStream(new byte[5 * 1024 * 1024]));
        request.Headers.TransferEncodingChunked = true;
        (await relais.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        var filler = Encoding.ASCII.GetBytes($$"""{"object":"whatsapp_business_account","entry":[],"filler":"{{new string('x', 3 * 1024 * 1024)}}"}""");
        (await phone.SendRaw(relais.Meta, filler)).Taken.ShouldBeTrue();
        (await relais.Facts.Count("SELECT count(*) FROM received_webhook")).ShouldBe(1);
    }
}
