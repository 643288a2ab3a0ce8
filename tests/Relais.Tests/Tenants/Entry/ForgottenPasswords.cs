using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Relais.Foundation;
using Relais.Tenants;
using Relais.Tests.Support;
using Relais.Tests.Tenants.Audit;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants.Entry;

/// <summary>New passwords for those who forgot theirs.</summary>
public sealed class ForgottenPasswords
{
    private const string Email = "camille@desk.example";
    private const string Chosen = "trois mots bien à moi";

    [Theory, OnEveryDatabase]
    public async Task A_link_by_mail_sets_a_password_once_and_ends_every_session(DatabaseKind kind)
    {
        using var mail = new MailCatcher();
        await using var relais = await RelaisHost.Start(kind, WithMail(mail));
        using var desk = await DeskClient.SignIn(relais);
        using var elsewhere = await DeskClient.SignIn(relais.Url, Email);
        using var nobody = DeskClient.WithoutCookies(relais);
        (await nobody.Get("/api/auth/options")).Ok().Text("mail").ShouldBe("True");

        // The link stands under our own address, whatever host the request names.
        using var forged = new HttpRequestMessage(HttpMethod.Post, "/api/auth/reset-request") { Content = JsonContent.Create(new { email = "Camille@desk.example " }) };
        forged.Headers.Host = "evil.example";
        (await nobody.Http.SendAsync(forged)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        await Eventually.Holds(() => Task.FromResult(!mail.Mails.IsEmpty), "the mail comes");
        var sent = mail.Mails.ShouldHaveSingleItem();
        sent.To.ShouldBe([Email]);
        sent.Link().ShouldNotContain("evil");
        var token = sent.Link().Split('#')[1];
        token.Length.ShouldBeGreaterThan(40, "256 bits");
        (await relais.Facts.Query<string>("SELECT token_hash FROM password_reset")).ShouldBe([Secrets.HashToken(token)]);

        (await nobody.Post("/api/auth/reset", new { token, password = "short" })).Wrong("password");
        (await nobody.Post("/api/auth/reset", new { token, password = "password1234" })).Wrong("password");
        (await desk.Get("/api/auth/me")).Ok();
        (await nobody.Post("/api/auth/reset", new { token, password = Chosen })).Ok();
        (await nobody.Post("/api/auth/reset", new { token, password = "noch drei andere worte" })).Refused(401, "wrong_reset_link");
        (await desk.Get("/api/auth/me")).Refused(401, "unauthorised");
        (await elsewhere.Get("/api/auth/me")).Refused(401, "unauthorised");
        (await nobody.Login(Email)).Refused(401, "wrong_credentials");
        (await nobody.Login(Email, Chosen)).Ok();
    }

    [Theory, OnEveryDatabase]
    public async Task Whoever_asks_learns_nothing_and_fills_no_mailbox(DatabaseKind kind)
    {
        using var mail = new MailCatcher();
        await using var relais = await RelaisHost.Start(kind, WithMail(mail));
        using var desk = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Karim", "agent");
        using var nobody = DeskClient.WithoutCookies(relais);
        (await desk.Post("/api/agents", new { email = "invited@desk.example" })).Ok();
        (await desk.Patch($"/api/agents/{agent.AgentId}", new { disabled = true })).Ok();
        var answers = new List<string>();
        foreach (var email in new[] { "unknown@desk.example", "karim@desk.example", "invited@desk.example", Email, Email, Email, Email })
        {
            var answer = await nobody.Post("/api/auth/reset-request", new { email });
            answers.Add($"{answer.Status} {answer.Body} {string.Join(',', answer.Response.Headers.Select(h => h.Key).Order(StringComparer.Ordinal))}");
        }

        answers.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldStartWith("202");
        (await nobody.Post("/api/auth/reset-request", new { email = "nobody" })).Wrong("email");
        (await nobody.Post("/api/auth/reset-request", new { })).Wrong("email");
        (await nobody.Post("/api/auth/reset-request", new { email = new[] { Email } })).Status.ShouldBe(400);

        // The queue is read in order: once the last one is mailed, all of them were looked at.
        await DeskClient.SignIn(relais, "Last", "agent");
        (await nobody.Post("/api/auth/reset-request", new { email = "last@desk.example" })).Status.ShouldBe(202);
        await Eventually.Holds(() => Task.FromResult(mail.Mails.Any(m => m.To.Contains("last@desk.example"))), "the last mail comes");
        mail.Mails.SelectMany(m => m.To).ShouldBe([Email, Email, Email, "last@desk.example"]);

        // The audit tells what the answers do not, and the business sees the lines of its own people.
        (await relais.Facts.Query<string>("SELECT detail FROM audit_entry WHERE action = 'request_reset' AND address <> '' ORDER BY id")).ShouldBe(
            [Why("unknown"), Why("cannot_sign_in"), Why("cannot_sign_in"), "{}", "{}", "{}", Why("too_many"), "{}"]);
        (await AuditTests.Lines(desk, $"action=request_reset&agent_id={desk.AgentId}")).Select(l => l.Text("outcome")).ShouldBe(["refused", "done", "done", "done"]);
        static string Why(string reason) => $$"""{"reason":"{{reason}}"}""";
    }

    [Theory, OnEveryDatabase]
    public async Task A_token_that_is_not_a_live_one_of_ours_is_refused(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var karim = await DeskClient.SignIn(relais, "Karim", "agent");
        using var lina = await DeskClient.SignIn(relais, "Lina", "agent");
        using var nobody = DeskClient.WithoutCookies(relais);
        foreach (var body in new object[] { new { password = Chosen }, new { token = (string?)null, password = Chosen }, new { token = "", password = Chosen }, new { token = new string('x', 101), password = Chosen } })
        {
            (await nobody.Post("/api/auth/reset", body)).Wrong("token");
        }

        var token = (await owner.Post($"/api/agents/{karim.AgentId}/reset-link")).Ok().Text("url").Split('#')[1];
        foreach (var body in new object[] { new { token = new[] { token }, password = Chosen }, new { token = 1, password = Chosen }, new { token = true, password = Chosen }, new { token = new { x = token }, password = Chosen } })
        {
            (await nobody.Post("/api/auth/reset", body)).Status.ShouldBe(400);
        }

        foreach (var wrong in new[] { " ", "null", "%", token[..^1], token.ToUpperInvariant(), Secrets.HashToken(token) })
        {
            (await nobody.Post("/api/auth/reset", new { token = wrong, password = Chosen })).Refused(401, "wrong_reset_link");
            relais.Clock.Advance(TimeSpan.FromMinutes(4));
        }

        // It is for whom it was made, whatever else the body says.
        (await nobody.Post("/api/auth/reset", new { token, password = Chosen, email = "lina@desk.example", agent_id = lina.AgentId })).Ok();
        (await nobody.Login("lina@desk.example")).Ok();
        (await nobody.Login("karim@desk.example", Chosen)).Ok();

        var first = (await owner.Post($"/api/agents/{lina.AgentId}/reset-link")).Ok().Text("url").Split('#')[1];
        var second = (await owner.Post($"/api/agents/{lina.AgentId}/reset-link")).Ok().Text("url").Split('#')[1];
        (await nobody.Post("/api/auth/reset", new { token = first, password = Chosen })).Refused(401, "wrong_reset_link");
        relais.Clock.Advance(TimeSpan.FromDays(1));
        (await nobody.Post("/api/auth/reset", new { token = second, password = Chosen })).Refused(401, "wrong_reset_link");
        var third = (await owner.Post($"/api/agents/{lina.AgentId}/reset-link")).Ok().Text("url").Split('#')[1];
        (await owner.Patch($"/api/agents/{lina.AgentId}", new { disabled = true })).Ok();
        await relais.Services.GetRequiredService<Sessions>().Disable(lina.AgentId, CancellationToken.None);
        (await nobody.Post("/api/auth/reset", new { token = third, password = Chosen })).Refused(401, "wrong_reset_link");
    }

    [Theory, OnEveryDatabase]
    public async Task An_admin_makes_a_link_for_those_below_and_nobody_for_themselves(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var admin = await DeskClient.SignIn(relais, "Adele", "admin");
        using var colleague = await DeskClient.SignIn(relais, "Nadia", "admin");
        using var agent = await DeskClient.SignIn(relais, "Karim", "agent");
        using var stranger = await DeskClient.OfAnotherTenant(relais);
        var invited = (await owner.Post("/api/agents", new { email = "invited@desk.example" })).Ok().Body.GetProperty("agent").GetProperty("id").GetInt64();
        (await agent.Post($"/api/agents/{admin.AgentId}/reset-link")).Refused(403, "forbidden");
        (await admin.Post($"/api/agents/{owner.AgentId}/reset-link")).Refused(403, "forbidden");
        (await admin.Post($"/api/agents/{admin.AgentId}/reset-link")).Refused(403, "forbidden");
        (await admin.Post($"/api/agents/{invited}/reset-link")).Refused(403, "forbidden");
        (await stranger.Post($"/api/agents/{agent.AgentId}/reset-link")).Refused(404, "not_found");
        (await admin.Post($"/api/agents/{colleague.AgentId}/reset-link")).Ok();
        var link = (await admin.Post($"/api/agents/{agent.AgentId}/reset-link", key: "k1")).Ok();
        link.Status.ShouldBe(201);
        (await admin.Post($"/api/agents/{agent.AgentId}/reset-link", key: "k1")).Ok().Body.GetProperty("url").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await relais.Facts.Query<string>("SELECT answer FROM idempotency")).ShouldAllBe(kept => !kept.Contains("pr_"));

        // Somebody who works for another business too: this one's admin opens no doors there.
        await relais.Database.Write(Relais.Storage.Scope.Directory, tx => AgentStore.Join(tx, new Membership
        {
            TenantId = stranger.TenantId, AgentId = agent.AgentId, Role = "agent", Name = "Karim", Email = "karim@desk.example", CreatedAt = relais.Clock.Micros,
        }));
        (await owner.Post($"/api/agents/{agent.AgentId}/reset-link")).Refused(403, "forbidden");
        (await owner.Send(HttpMethod.Delete, $"/api/agents/{agent.AgentId}/totp")).Refused(403, "forbidden");
    }

    [Theory, OnEveryDatabase]
    public async Task The_command_line_lets_somebody_in_again(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var nobody = DeskClient.WithoutCookies(relais);
        await relais.SetUpApp(owner);
        var provisioning = relais.Services.GetRequiredService<Provisioning>();
        (await provisioning.MakeResetLink("nobody@desk.example", withoutTotp: true)).ShouldBeNull();
        var kept = (await provisioning.MakeResetLink(Email, withoutTotp: false))!;
        (await nobody.Post("/api/auth/reset", new { token = kept.Split('#')[1], password = Chosen })).Ok();
        (await nobody.Login(Email, Chosen)).Refused(401, "totp_required");
        (await provisioning.MakeResetLink(Email.ToUpperInvariant(), withoutTotp: true)).ShouldNotBeNull();
        (await nobody.Login(Email, Chosen)).Ok();
    }

    private static Dictionary<string, string> WithMail(MailCatcher mail) => new()
    {
        ["RELAIS_SMTP_URL"] = mail.Url, ["RELAIS_MAIL_FROM"] = "relais@shop.example",
    };
}
