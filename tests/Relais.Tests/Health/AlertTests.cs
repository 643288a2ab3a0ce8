using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relais.Foundation;
using Relais.Health.Alerts;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Health;

/// <summary>A critical error reaches the team by mail and by webhook, once an hour.</summary>
public sealed class AlertTests
{
    private const string Question = "Où est ma commande TRK123456 ?";

    [Theory, OnEveryDatabase]
    public async Task An_expired_token_is_mailed_to_owners_and_admins_and_posted_signed_once(DatabaseKind kind)
    {
        using var mail = new MailCatcher();
        using var hook = new FakeProvider(n => n == 1 ? Answer.Json(500, "{}") : Answer.Json(200, "{}"));
        await using var relais = await RelaisHost.Start(
            kind, new() { ["RELAIS_SMTP_URL"] = mail.Url, ["RELAIS_MAIL_FROM"] = "relais@shop.example" },
            services => services.AddSingleton(_ => new SafeHttp(allowsLocal: true)));
        using var owner = await DeskClient.SignIn(relais);
        using var admin = await DeskClient.SignIn(relais, "Nadia", Relais.Tenants.Roles.Admin);
        using var agent = await DeskClient.SignIn(relais, "Amine", Relais.Tenants.Roles.Agent);
        var secret = relais.Services.GetRequiredService<Secrets>().Seal("hook-secret", AlertApi.Place(owner.TenantId));
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => AlertStore.SetUrl(tx, owner.TenantId, hook.Url.ToString(), secret));

        relais.Simulator.Faults.Add(new Fault(FaultKind.TokenExpired));
        await relais.Chat(relais.Meta, "+33654000001").Says(Question);
        await Eventually.Holds(() => Task.FromResult(!mail.Mails.IsEmpty && hook.Requests.Count == 1), "the team is told");
        var told = mail.Mails.ShouldHaveSingleItem();
        told.To.ShouldBe(["camille@desk.example", "nadia@desk.example"], ignoreOrder: true);
        var error = (await ErrorLogTests.Errors(owner, "?critical=true", 1))[0];
        error.Text("code").ShouldBe("190");
        error.Text("error_type").ShouldBe("send_retried");
        (await relais.Facts.Count("SELECT count(*) FROM change WHERE type = 'error.critical'")).ShouldBe(1);

        // The webhook did not take it: it alone is told again.
        relais.Clock.Advance(TimeSpan.FromMinutes(3));
        await Eventually.Holds(() => Task.FromResult(hook.Requests.Count == 2), "the webhook is tried again");
        var post = hook.Requests.Last();
        post.Headers["X-Relais-Signature-256"].ShouldBe(
            "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("hook-secret"u8, Encoding.UTF8.GetBytes(post.Body))));
        var body = JsonDocument.Parse(post.Body).RootElement;
        body.Text("type").ShouldBe("error.critical");
        body.GetProperty("error").Text("code").ShouldBe("190");

        // The number is paused by it, and the health page says why.
        var health = (await owner.Get("/api/inboxes")).Ok().Body.GetProperty("items").EnumerateArray().First(i => i.Text("channel") == "meta");
        health.Text("connection_status").ShouldBe("error");
        health.Text("paused_reason").ShouldContain("token");
        health.Text("messages_waiting").ShouldBe("1");
        mail.Mails.Count.ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task The_address_is_entered_by_an_admin_and_its_secret_is_shown_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Amine", Relais.Tenants.Roles.Agent);
        (await agent.Get("/api/alerts")).Refused(403, "forbidden");
        var before = (await owner.Get("/api/alerts")).Ok();
        before.Text("log_retention_days").ShouldBe("30");
        before.Text("alert_url").ShouldBeEmpty();

        foreach (var wrong in new[] { "http://hooks.example.com", "https://10.0.0.1/", "https://localhost/x" })
        {
            var refused = await Patch(owner, new { alert_url = wrong });
            refused.Refused(400, "invalid");
            refused.Body.GetProperty("errors").TryGetProperty("alert_url", out _).ShouldBeTrue();
        }

        (await Patch(owner, new { log_retention_days = 0 })).Refused(400, "invalid");
        var made = (await Patch(owner, new { alert_url = "https://hooks.example.com/relais", log_retention_days = 7 })).Ok();
        var secret = made.Text("alert_secret");
        secret.ShouldStartWith("alert_");
        made.Text("log_retention_days").ShouldBe("7");
        (await owner.Get("/api/alerts")).Ok().Text("alert_secret").ShouldBeEmpty();
        (await relais.Facts.Query<string>("SELECT alert_secret FROM tenant WHERE alert_secret IS NOT NULL")).ShouldHaveSingleItem().ShouldNotContain(secret);
        (await Patch(owner, new { alert_url = (string?)null })).Ok().Text("alert_url").ShouldBeEmpty();
        (await owner.Get("/api/alerts")).Ok().Text("log_retention_days").ShouldBe("7", "what is left out stays");
    }

    [Theory, OnEveryDatabase]
    public async Task Calls_and_errors_go_when_their_tenant_no_longer_keeps_them(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        relais.Simulator.Faults.Add(new Fault(FaultKind.Undeliverable, Times: 1));
        await relais.Chat(relais.Meta, "+33654000003").Says(Question);
        await ProviderCallTests.Calls(owner, "?direction=outgoing", 1);
        var pruner = relais.Services.GetRequiredService<LogPruner>();
        await pruner.Prune(CancellationToken.None);
        (await relais.Facts.Count("SELECT count(*) FROM provider_call")).ShouldBeGreaterThan(0);
        relais.Clock.Advance(TimeSpan.FromDays(31));
        await pruner.Prune(CancellationToken.None);
        (await relais.Facts.Count("SELECT (SELECT count(*) FROM provider_call) + (SELECT count(*) FROM error_log)")).ShouldBe(0);
    }

    [Theory]
    [InlineData("smtp://user:pass@mail.example.com:587", "relais@example.com", null)]
    [InlineData("smtp://127.0.0.1:25", "relais@example.com", null)]
    [InlineData("smtps://user:pass@mail.example.com", "relais@example.com", "465")]
    [InlineData("smtp://user:pass@mail.example.com:465", "relais@example.com", "465")]
    [InlineData("mail.example.com", "relais@example.com", "RELAIS_SMTP_URL is written like")]
    [InlineData("smtp://mail.example.com", null, "RELAIS_MAIL_FROM")]
    [InlineData("smtp://user:pass@mail.example.com?tls=off", "relais@example.com", "in the clear")]
    public void A_mail_server_that_cannot_be_used_stops_the_start_with_a_sentence(string url, string? from, string? words)
    {
        var settings = Settings.From(new Dictionary<string, string> { ["RELAIS_SMTP_URL"] = url, ["RELAIS_MAIL_FROM"] = from ?? "" });
        if (words is null)
        {
            settings.Problems.ShouldBeEmpty();
            settings.Mail!.IsEncrypted.ShouldBe(!url.Contains("127.0.0.1", StringComparison.Ordinal));
            settings.Mail.ToString().ShouldNotContain("pass");
        }
        else
        {
            settings.Problems.ShouldHaveSingleItem().ShouldContain(words);
            settings.Problems[0].ShouldNotContain("pass@");
        }
    }

    private static Task<ApiAnswer> Patch(DeskClient who, object body) => who.Send(
        HttpMethod.Patch, "/api/alerts", new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
}
