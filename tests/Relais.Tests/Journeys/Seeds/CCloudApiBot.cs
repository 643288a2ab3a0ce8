using System.Net;
using System.Text;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys.Seeds;

/// <summary>C-cloud-api-bot.md: verification, signatures, and its test 'should handle incoming text message'.</summary>
public sealed class CCloudApiBot
{
    /// <summary>The test's own webhook: no metadata, no timestamp, a plus before the number.</summary>
    private const string Webhook = """
        {"object":"whatsapp_business_account","entry":[{"id":"test","changes":[{"value":{
          "messages":[{"id":"msg_123","from":"+33123456789","type":"text","text":{"body":"Bonjour"}}],
          "contacts":[{"wa_id":"+33123456789","profile":{"name":"Test User"}}]},"field":"messages"}]}]}
        """;

    [Theory, OnEveryDatabase]
    public async Task Should_handle_incoming_text_message(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var client = relais.Chat(relais.Meta, "+33123456789");
        (await client.Phone.SendRaw(relais.Meta, Encoding.UTF8.GetBytes(Webhook))).StatusCode.ShouldBe(200);
        await relais.Settled();
        var stored = await client.Stored();
        stored[0].Content.ShouldBe("Bonjour");
        stored[0].ProviderId.ShouldBe("msg_123");
        stored[1].Content.ShouldContain("Beyond Express");
        (await relais.Facts.Query<string>("SELECT name FROM contact WHERE phone = '+33123456789'")).ShouldBe(["Test User"]);

        // The customer never wrote at this provider, so only the send itself is looked at; a second webhook changes nothing.
        (await client.Phone.SendRaw(relais.Meta, Encoding.UTF8.GetBytes(Webhook))).StatusCode.ShouldBe(200);
        await relais.Settled();
        (await client.Stored()).Count.ShouldBe(2);
    }

    [Theory, OnEveryDatabase]
    public async Task Verification_answers_the_challenge_to_whoever_knows_the_token(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        const string path = "api/whatsapp/webhook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
        var answer = await relais.Http.GetAsync(new Uri(path + "verify-token", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("1158201444");
        foreach (var wrong in new[] { "", "wrong", "verify-token%20", "VERIFY-TOKEN" })
        {
            (await relais.Http.GetAsync(new Uri(path + wrong, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        var unsubscribe = new Uri("api/whatsapp/webhook?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify-token", UriKind.Relative);
        (await relais.Http.GetAsync(unsubscribe)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, OnEveryDatabase]
    public async Task A_webhook_is_taken_with_the_right_signature_and_no_other(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var phone = relais.Simulator.Phone("+33123456789");
        var body = Encoding.UTF8.GetBytes(Webhook);
        var right = phone.SendRaw(relais.Meta, body);
        (await right).StatusCode.ShouldBe(200);
        var signature = (await right).Webhook.Signature;
        (await phone.SendRaw(relais.Meta, [.. body, (byte)' '], signature)).StatusCode.ShouldBe(401);
        (await phone.SendRaw(relais.Meta, body, signature["sha256=".Length..])).StatusCode.ShouldBe(401);
        (await phone.SendRaw(relais.Meta with { Secret = "another" }, body)).StatusCode.ShouldBe(401);
    }
}
