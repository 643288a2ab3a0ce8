using Relais.Channels;
using Relais.Channels.Twilio;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

public sealed class TwilioAccountTests
{
    private const string Active = """{"sid":"ACtest","status":"active","type":"Full","friendly_name":"Shop"}""";
    private static readonly Uri Public = new("https://desk.relais-test.com");
    private static readonly InboxAddress Inbox = new(1, ChannelKind.Twilio, "+33100000002", "ACtest", "token-1");

    [Fact]
    public async Task A_sender_that_is_online_and_calls_here_is_right()
    {
        using var twilio = Answers(Answer.Json(200, Active), Answer.Json(200, Senders("https://desk.relais-test.com/api/whatsapp/webhook/incoming")));
        var report = await Examine(twilio);
        report.Checks.ShouldAllBe(c => c.Ok == true);
        report.DisplayName.ShouldBe("Shop on WhatsApp");
        report.Quality.ShouldBe("HIGH");
        report.Tier.ShouldBe("1K Customers/24hr");
        twilio.Requests.Select(r => $"{r.Method} {r.Path}").ShouldBe(
            ["GET /simulator/2010-04-01/Accounts/ACtest.json", "GET /simulator/v2/Channels/Senders?Channel=whatsapp&PageSize=100"]);
        twilio.Requests.ShouldAllBe(r => r.Headers["Authorization"].StartsWith("Basic ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(401, """{"code":20003,"message":"Authenticate","status":401}""", "access_token")]
    [InlineData(404, """{"code":20404,"message":"Not found","status":404}""", "account")]
    [InlineData(200, """{"sid":"ACtest","status":"suspended"}""", "account")]
    public async Task What_is_wrong_with_the_account_is_one_finding(int status, string body, string check)
    {
        using var twilio = Answers(Answer.Json(status, body), Answer.Json(200, Senders("https://desk.relais-test.com/x")));
        Wrong(await Examine(twilio)).ShouldBe([check]);
    }

    [Fact]
    public async Task A_webhook_that_goes_elsewhere_and_a_number_that_is_no_sender_are_found()
    {
        using var elsewhere = Answers(Answer.Json(200, Active), Answer.Json(200, Senders("https://old.example.com/api/whatsapp/webhook/incoming")));
        var report = await Examine(elsewhere);
        Wrong(report).ShouldBe(["subscription"]);
        report.Checks.Single(c => c.Ok == false).Fix!.ShouldContain("https://desk.relais-test.com/api/whatsapp/webhook/incoming");

        using var unknown = Answers(Answer.Json(200, Active), Answer.Json(200, """{"senders":[]}"""));
        Wrong(await Examine(unknown)).ShouldBe(["number"]);
    }

    [Fact]
    public async Task The_sandbox_explains_itself_and_a_provider_that_is_away_is_no_finding()
    {
        using var sandbox = Answers(Answer.Json(200, Active));
        var report = await Examine(sandbox, Inbox with { Address = "+14155238886" });
        Wrong(report).ShouldBeEmpty();
        var words = report.Checks.Single(c => c.Check == "sandbox").Detail;
        words.ShouldContain("join");
        words.ShouldContain("three days");
        words.ShouldContain("63015");
        sandbox.Requests.Count.ShouldBe(1);

        using var away = Answers(Answer.Html(502), Answer.Html(502));
        Wrong(await Examine(away)).ShouldBeEmpty();
        (await Block()).ShouldBeOfType<BlockOutcome.NotOffered>().Reason.ShouldContain("no block list");
    }

    private static string Senders(string webhook) => $$$"""
        {"senders":[{"sid":"XE1","status":"ONLINE","sender_id":"whatsapp:+33100000002","profile":{"name":"Shop on WhatsApp"},
        "webhook":{"callback_url":"{{{webhook}}}"},"properties":{"quality_rating":"HIGH","messaging_limit":"1K Customers/24hr"}}]}
        """;

    private static FakeProvider Answers(params Answer[] answers) => new(n => answers[Math.Min(n, answers.Length) - 1]);

    private static List<string> Wrong(AccountReport report) => [.. report.Checks.Where(c => c.Ok == false).Select(c => c.Check)];

    private static async Task<AccountReport> Examine(FakeProvider twilio, InboxAddress? inbox = null)
    {
        using var account = new TwilioAccount(ProviderHttp.CreateClient(), new TwilioOptions(new Uri(twilio.Url, "simulator")), new Clock());
        return await account.Examine(inbox ?? Inbox, Public, CancellationToken.None);
    }

    private static async Task<BlockOutcome> Block()
    {
        using var account = new TwilioAccount(ProviderHttp.CreateClient(), new TwilioOptions(TwilioOptions.Api), new Clock());
        return await account.Block(Inbox, new SenderIdentity("331", "+331", null), blocks: true, CancellationToken.None);
    }
}
