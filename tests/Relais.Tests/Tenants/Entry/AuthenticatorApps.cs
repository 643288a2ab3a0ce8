using Microsoft.Extensions.DependencyInjection;
using Relais.Tenants;
using Relais.Tenants.Entry;
using Relais.Tests.Platform;
using Relais.Tests.Support;
using Relais.Tests.Tenants.Audit;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants.Entry;

/// <summary>Signing in with an authenticator app, on the whole server.</summary>
public sealed class AuthenticatorApps
{
    private const string Email = "camille@desk.example";

    [Theory, OnEveryDatabase]
    public async Task An_app_is_set_up_with_a_first_code_and_each_code_serves_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var elsewhere = await DeskClient.SignIn(relais.Url, Email);
        using var nobody = DeskClient.WithoutCookies(relais);
        (await desk.Get("/api/auth/totp")).Ok().Text("enabled").ShouldBe("False");
        (await desk.Post("/api/auth/totp/setup", new { })).Wrong("password");
        (await desk.Post("/api/auth/totp/setup", new { password = "not mine at all" })).Refused(403, "wrong_password");
        (await desk.Post("/api/auth/totp/confirm", new { code = "123456" })).Refused(409, "totp_is_off");

        var setup = (await desk.Post("/api/auth/totp/setup", new { password = DeskClient.Password })).Ok();
        var secret = setup.Text("secret");
        setup.Text("address").ShouldStartWith("otpauth://totp/Relais:camille%40desk.example?secret=" + secret);
        setup.Text("qr_path").ShouldStartWith("M4 4h7v1h-7z");
        (await nobody.Login(Email)).Ok();
        (await desk.Post("/api/auth/totp/confirm", new { code = relais.CodeNow(secret, steps: 7) })).Refused(403, "code_refused");
        var first = relais.CodeNow(secret);
        var codes = (await desk.Post("/api/auth/totp/confirm", new { code = first[..3] + " " + first[3..] })).Ok().Body.GetProperty("recovery_codes");
        codes.GetArrayLength().ShouldBe(10);
        (await desk.Get("/api/auth/me")).Ok();
        (await elsewhere.Get("/api/auth/me")).Refused(401, "unauthorised");
        (await desk.Post("/api/auth/totp/setup", new { password = DeskClient.Password })).Refused(409, "totp_is_on");
        (await relais.Facts.Query<string>("SELECT secret FROM totp")).ShouldAllBe(stored => !stored.Contains(secret));
        (await relais.Facts.Query<string>("SELECT code_hash FROM recovery_code")).ShouldAllBe(hash => hash.Length == 64);

        var ticket = await nobody.TicketFor(Email);
        (await nobody.Code(ticket, first)).Refused(401, "wrong_code");
        relais.NextStep();
        var second = relais.CodeNow(secret);
        using var back = EntryStage.As(relais, (await nobody.Code(ticket, second)).Ok().Text("token"));
        (await back.Get("/api/auth/me")).Ok();
        (await nobody.Code(ticket, relais.CodeNow(secret, steps: 1))).Refused(401, "wrong_ticket");
        (await nobody.Code(await nobody.TicketFor(Email), second)).Refused(401, "wrong_code");

        var recovery = codes[3].GetString()!;
        (await nobody.Code(await nobody.TicketFor(Email), recovery.ToUpperInvariant())).Ok();
        (await nobody.Code(await nobody.TicketFor(Email), recovery)).Refused(401, "wrong_code");
        (await desk.Get("/api/auth/totp")).Ok().Text("recovery_codes_left").ShouldBe("9");
    }

    [Theory, OnEveryDatabase]
    public async Task One_code_at_two_doors_at_once_opens_one(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var nobody = DeskClient.WithoutCookies(relais);
        var (secret, codes) = await relais.SetUpApp(desk);
        relais.NextStep();
        foreach (var code in new[] { relais.CodeNow(secret), codes[0] })
        {
            string[] tickets = [await nobody.TicketFor(Email), await nobody.TicketFor(Email), await nobody.TicketFor(Email)];
            var answers = await Task.WhenAll(tickets.Select(ticket => nobody.Code(ticket, code)));
            answers.Select(answer => answer.Status).Order().ShouldBe([200, 401, 401]);
        }
    }

    [Theory, OnEveryDatabase]
    public async Task A_ticket_opens_nothing_by_itself_and_ends_soon(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var nobody = DeskClient.WithoutCookies(relais);
        var (secret, _) = await relais.SetUpApp(desk);
        var ticket = await nobody.TicketFor(Email);
        using var byTicket = EntryStage.As(relais, ticket);
        (await byTicket.Get("/api/auth/me")).Refused(401, "unauthorised");
        foreach (var body in new object[] { new { code = "123456" }, new { ticket = "", code = "123456" }, new { ticket = (string?)null, code = "123456" } })
        {
            (await nobody.Post("/api/auth/login/totp", body)).Wrong("ticket");
        }

        (await nobody.Post("/api/auth/login/totp", new { ticket = new[] { ticket }, code = "123456" })).Status.ShouldBe(400);
        (await nobody.Post("/api/auth/login/totp", new { ticket })).Wrong("code");
        (await nobody.Code("st_" + new string('x', 43), "123456")).Refused(401, "wrong_ticket");

        // The hash is kept, not the ticket; and each try counts, also where the throttle of addresses would let it through.
        var hash = Relais.Foundation.Secrets.HashToken(ticket);
        (await relais.Facts.Query<string>("SELECT token_hash FROM sign_in_ticket")).ShouldBe([hash]);
        for (var i = 0; i < TicketStore.MaxTries; i++)
        {
            (await relais.Database.Write(Relais.Storage.Scope.Directory, tx => TicketStore.Try(tx, hash, relais.Clock.Micros))).ShouldBeTrue();
        }

        relais.NextStep();
        (await nobody.Code(ticket, relais.CodeNow(secret))).Refused(401, "wrong_ticket");
        var late = await nobody.TicketFor(Email);
        relais.Clock.Advance(TimeSpan.FromMinutes(5));
        (await nobody.Code(late, relais.CodeNow(secret))).Refused(401, "wrong_ticket");
    }

    [Theory, OnEveryDatabase]
    public async Task Codes_are_not_guessed_but_nobody_is_locked_out(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var nobody = DeskClient.WithoutCookies(relais);
        var (secret, _) = await relais.SetUpApp(desk);
        var ticket = await nobody.TicketFor(Email);
        for (var i = 0; i < SignInThrottle.FailuresPerAccount; i++)
        {
            (await nobody.Code(ticket, relais.CodeNow(secret, steps: 9 + i))).Refused(401, "wrong_code");
        }

        (await AuditTests.Lines(desk, "action=login_totp&outcome=refused")).Select(l => $"{l.Text("agent_name")} {l.GetProperty("detail").Text("reason")}")
            .ShouldBe(Enumerable.Repeat("Camille wrong_code", SignInThrottle.FailuresPerAccount));
        var blocked = await nobody.Code(await nobody.TicketFor(Email), relais.CodeNow(secret, steps: 1));
        blocked.Refused(429, "too_many_tries");
        blocked.Response.Headers.RetryAfter.ShouldNotBeNull();
        (await desk.Get("/api/auth/me")).Ok();
        relais.Clock.Advance(TimeSpan.FromMinutes(16));
        (await nobody.Code(await nobody.TicketFor(Email), relais.CodeNow(secret))).Ok();
    }

    [Theory, OnEveryDatabase]
    public async Task Turning_it_off_or_new_recovery_codes_need_the_password_or_a_code(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var nobody = DeskClient.WithoutCookies(relais);
        var key = (await relais.Services.GetRequiredService<Provisioning>().CreateApiKey(Email, "scripts"))!;
        using var program = EntryStage.As(relais, key);
        var (secret, codes) = await relais.SetUpApp(desk);
        foreach (var act in new[] { "off", "recovery-codes", "setup", "confirm" })
        {
            (await program.Post($"/api/auth/totp/{act}", new { password = DeskClient.Password, code = codes[0] })).Refused(403, "forbidden");
        }

        (await desk.Post("/api/auth/totp/off", new { })).Wrong("password");
        (await desk.Post("/api/auth/totp/off", new { password = "not mine at all" })).Refused(403, "wrong_password");
        (await desk.Post("/api/auth/totp/off", new { code = relais.CodeNow(secret, steps: 8) })).Refused(403, "code_refused");
        var renewed = (await desk.Post("/api/auth/totp/recovery-codes", new { code = codes[1] })).Ok().Body.GetProperty("recovery_codes");
        (await desk.Post("/api/auth/totp/off", new { code = codes[2] })).Refused(403, "code_refused");
        (await desk.Post("/api/auth/totp/off", new { code = renewed[0].GetString() })).Ok();
        (await nobody.Login(Email)).Ok();
        (await desk.Post("/api/auth/totp/off", new { password = DeskClient.Password })).Refused(409, "totp_is_off");
        await relais.SetUpApp(desk);
        (await desk.Post("/api/auth/totp/off", new { password = DeskClient.Password })).Ok();
        (await nobody.Login(Email)).Ok();
    }

    [Theory, OnEveryDatabase]
    public async Task A_business_may_want_it_of_everybody_and_an_owner_resets_a_members(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var admin = await DeskClient.SignIn(relais, "Adele", "admin");
        using var agent = await DeskClient.SignIn(relais, "Karim", "agent");
        using var stranger = await DeskClient.OfAnotherTenant(relais);
        using var program = EntryStage.As(relais, (await relais.Services.GetRequiredService<Provisioning>().CreateApiKey(Email, "scripts"))!);
        await relais.SetUpApp(owner);
        (await admin.Patch("/api/tenant", new { require_totp = true })).Refused(403, "forbidden");
        (await owner.Patch("/api/tenant", new { require_totp = true })).Ok().Text("require_totp").ShouldBe("True");
        relais.Clock.Advance(TimeSpan.FromSeconds(31));

        (await agent.Get("/api/conversations")).Refused(403, "totp_setup_required");
        (await agent.Post("/api/canned-answers", new { })).Refused(403, "totp_setup_required");
        (await agent.Get("/live")).Refused(403, "totp_setup_required");
        (await agent.Get("/api/auth/me")).Ok().Text("totp_setup_required").ShouldBe("True");
        (await owner.Get("/api/conversations")).Ok();
        (await program.Get("/api/conversations")).Ok();
        (await stranger.Get("/api/conversations")).Ok();

        // Who runs the platform comes in by the platform's rules.
        using var platform = await DeskClient.SignIn(relais, "Regie", Roles.Platform);
        using var inside = await platform.Enter(relais, owner.TenantId);
        (await inside.Get("/api/conversations")).Ok();
        await relais.SetUpApp(agent);
        (await agent.Get("/api/conversations")).Ok();
        (await agent.Post("/api/auth/totp/off", new { password = DeskClient.Password })).Refused(409, "totp_demanded");

        await relais.SetUpApp(admin);
        (await admin.Send(HttpMethod.Delete, $"/api/agents/{agent.AgentId}/totp")).Refused(403, "forbidden");
        (await stranger.Send(HttpMethod.Delete, $"/api/agents/{agent.AgentId}/totp")).Refused(404, "not_found");
        (await owner.Send(HttpMethod.Delete, $"/api/agents/{owner.AgentId}/totp")).Refused(403, "forbidden");
        (await owner.Get("/api/agents")).Ok().Body.GetProperty("items").EnumerateArray().ShouldAllBe(one => one.GetProperty("has_totp").GetBoolean());
        (await owner.Send(HttpMethod.Delete, $"/api/agents/{agent.AgentId}/totp")).Ok().Text("has_totp").ShouldBe("False");
        (await owner.Send(HttpMethod.Delete, $"/api/agents/{agent.AgentId}/totp")).Refused(409, "totp_is_off");
        (await agent.Get("/api/auth/me")).Refused(401, "unauthorised");
        using var nobody = DeskClient.WithoutCookies(relais);
        (await nobody.Login("karim@desk.example")).Ok().Text("token").ShouldNotBeEmpty();
    }

    [Theory, OnEveryDatabase]
    public async Task No_other_way_in_goes_around_the_app(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Karim", "agent");
        using var nobody = DeskClient.WithoutCookies(relais);
        var (secret, _) = await relais.SetUpApp(agent);
        var invited = (await owner.Post($"/api/agents/{agent.AgentId}/invitation")).Ok().Text("invitation_url").Split('#')[1];
        var accepted = await nobody.Post("/api/invitations/accept", new { token = invited, password = "trois mots bien à moi" });
        accepted.Refused(401, "totp_required");
        relais.NextStep();
        (await nobody.Code(accepted.Text("ticket"), relais.CodeNow(secret))).Ok();

        // A new password shuts what stood half open for the old one.
        var half = (await nobody.Login("karim@desk.example", "trois mots bien à moi")).Text("ticket");
        var link = (await owner.Post($"/api/agents/{agent.AgentId}/reset-link")).Ok().Text("url").Split('#')[1];
        (await nobody.Post("/api/auth/reset", new { token = link, password = "encore trois mots à moi" })).Ok();
        relais.NextStep();
        (await nobody.Code(half, relais.CodeNow(secret))).Refused(401, "wrong_ticket");
        (await nobody.Login("karim@desk.example", "encore trois mots à moi")).Refused(401, "totp_required");
    }
}
