using Microsoft.Extensions.DependencyInjection;
using Relais.Storage;
using Relais.Tenants;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

/// <summary>How long a session lives. The clock moves here, so this class has a host of its own for each test.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task A_session_ends_after_a_week_without_use()
    {
        await using var host = await Start();
        var token = await host.Token();
        var key = (await host.Provisioning.CreateApiKey("p1@example.com", "scripts"))!;
        host.Clock.Advance(TimeSpan.FromDays(6));
        (await host.Send("GET", "/api/auth/me", bearer: token)).ShouldSay(200);
        host.Clock.Advance(TimeSpan.FromDays(6));
        (await host.Send("GET", "/api/auth/me", bearer: token)).ShouldSay(200);
        host.Clock.Advance(TimeSpan.FromDays(7.1));
        (await host.Send("GET", "/api/auth/me", bearer: token)).ShouldSay(401);
        (await host.Send("GET", "/api/auth/me", bearer: key)).ShouldSay(200);
    }

    [Fact]
    public async Task A_session_ends_after_a_month_however_busy()
    {
        await using var host = await Start();
        var token = await host.Token();
        for (var day = 0; day < 29; day += 5)
        {
            (await host.Send("GET", "/api/auth/me", bearer: token)).ShouldSay(200);
            host.Clock.Advance(TimeSpan.FromDays(5));
        }

        (await host.Send("GET", "/api/auth/me", bearer: token)).ShouldSay(401);
    }

    [Fact]
    public async Task What_another_node_revoked_ends_here_within_half_a_minute()
    {
        await using var host = await Start();
        var token = await host.Token();
        var sessions = host.App.Services.GetRequiredService<Sessions>();
        var who = (await sessions.Find(token, CancellationToken.None))!;
        await host.Database.Write(Scope.Directory, tx => SessionStore.Revoke(tx, who.SessionId, host.Clock.Micros));
        (await sessions.IsLive(who, CancellationToken.None)).ShouldBeFalse();
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        (await host.Send("GET", "/api/auth/me", bearer: token)).ShouldSay(401);
    }

    [Fact]
    public async Task Use_is_noted_at_most_once_a_minute()
    {
        await using var host = await Start();
        var token = await host.Token();
        var first = await LastUsed(host);
        host.Clock.Advance(TimeSpan.FromSeconds(40));
        await host.Send("GET", "/api/auth/me", bearer: token);
        (await LastUsed(host)).ShouldBe(first);
        host.Clock.Advance(TimeSpan.FromSeconds(40));
        await host.Send("GET", "/api/auth/me", bearer: token);
        (await LastUsed(host)).ShouldBeGreaterThan(first);
    }

    private static Task<long> LastUsed(TenantHost host) =>
        host.Database.Read(Scope.Directory, tx => tx.QueryFirst<long>("SELECT last_used_at FROM session"));

    private static async Task<TenantHost> Start()
    {
        var host = new OnSqlite();
        await host.InitializeAsync();
        return host;
    }
}
