using System.Net;
using System.Text;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What a provider's address gives away, and for whom a signed body speaks.</summary>
public sealed class WebhookBorders
{
    [Fact]
    public async Task Meta_is_answered_its_challenge_as_plain_text_and_nobody_else_anything()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        var page = Uri.EscapeDataString("<script>alert(1)</script>");
        using var right = await Verify(relais, $"hub.mode=subscribe&hub.challenge={page}&hub.verify_token=verify-token");
        right.StatusCode.ShouldBe(HttpStatusCode.OK);
        right.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        right.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await right.Content.ReadAsStringAsync()).ShouldBe("<script>alert(1)</script>", "as it came, and as text");
        foreach (var wrong in (string[])
        [
            "hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify-toke", "hub.mode=subscribe&hub.challenge=1&hub.verify_token=", "hub.mode=subscribe&hub.challenge=1",
            "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify-token", "hub.challenge=1&hub.verify_token=verify-token", "hub.mode=subscribe&hub.verify_token=verify-token",
            "hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify-token&hub.verify_token=verify-token",
            $"hub.mode=subscribe&hub.verify_token=verify-token&hub.challenge={new string('1', 1025)}", "",
        ])
        {
            using var answer = await Verify(relais, wrong);
            ((int)answer.StatusCode, wrong).ShouldBe((403, wrong));
        }
    }

    [Theory, OnEveryDatabase]
    public async Task A_body_speaks_for_the_numbers_of_its_own_connection_alone(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var other = await DeskClient.OfAnotherTenant(relais);
        var own = (await other.Post("/api/inboxes", new
        {
            channel = "meta", name = "Other", phone_number_id = "777000111", business_account_id = "888000222", access_token = "EAAother", app_secret = "0123456789abcdef",
        })).Ok();
        var id = own.Body.GetProperty("id").GetInt64();
        var sample = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "guides", "samples", "meta-text.json"));
        var foreign = Encoding.UTF8.GetBytes(sample.Replace("YOUR_PHONE_NUMBER_ID", relais.Meta.Address, StringComparison.Ordinal));
        foreach (var path in (string[])["api/whatsapp/webhook", $"webhooks/meta/{id}"])
        {
            (await Post(relais, path, foreign, "0123456789abcdef")).ShouldBe(200, "it is signed: Meta is not to send it again");
        }

        // Signed by the one, posted to the other's address: nobody signed it there.
        var first = await relais.Facts.Count("SELECT min(id) FROM inbox WHERE channel = 1");
        (await Post(relais, $"webhooks/meta/{first}", foreign, "0123456789abcdef")).ShouldBe(401);
        (await Post(relais, "webhooks/meta/999999", foreign, "0123456789abcdef")).ShouldBeOneOf(401, 404);
        await relais.Chat(relais.Meta, "+33611110092").Asks("Bonjour", "Beyond Express");
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE provider_id = 'wamid.TEST-1'")).ShouldBe(0);

        var right = Encoding.UTF8.GetBytes(sample.Replace("YOUR_PHONE_NUMBER_ID", "777000111", StringComparison.Ordinal));
        (await Post(relais, "api/whatsapp/webhook", right, "0123456789abcdef")).ShouldBe(200);
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM message WHERE provider_id = 'wamid.TEST-1'") == 1, "its own number's message is there");
    }

    private static async Task<HttpResponseMessage> Verify(RelaisHost relais, string query) =>
        await relais.Http.GetAsync(new Uri($"api/whatsapp/webhook?{query}", UriKind.Relative));

    private static async Task<int> Post(RelaisHost relais, string path, byte[] body, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation(MetaSignature.Header, MetaSignature.Of(secret, body));
        using var answer = await relais.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
