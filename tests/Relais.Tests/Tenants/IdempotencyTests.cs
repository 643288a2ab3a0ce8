using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

public sealed class IdempotencyOnSqlite(OnSqlite host) : IdempotencyTests(host), IClassFixture<OnSqlite>;

public sealed class IdempotencyOnPostgres(OnPostgres host) : IdempotencyTests(host), IClassFixture<OnPostgres>;

public abstract class IdempotencyTests
{
    private const string Body = """{"question":"Horaires ?","answer":"9 h à 18 h"}""";

    private readonly TenantHost host;

    protected IdempotencyTests(TenantHost host)
    {
        Assert.SkipUnless(host.IsAvailable, "RELAIS_TEST_POSTGRES names no server.");
        this.host = host;
    }

    [Fact]
    public async Task The_same_key_and_body_take_effect_once_and_get_the_same_answer()
    {
        var token = await host.Token();
        var first = (await Post(token, Body, "key-1")).ShouldSay(201);
        var again = (await Post(token, Body, "key-1")).ShouldSay(201);
        again.Text.ShouldBe(first.Text);
        again.Header("Idempotency-Replayed").ShouldBe("true");
        again.Header("Content-Type").ShouldBe(first.Header("Content-Type"));
        first.Header("Idempotency-Replayed").ShouldBeNull();
        (await Count(token)).ShouldBe(1);
    }

    [Fact]
    public async Task Twenty_calls_at_once_take_effect_once()
    {
        var token = await host.Token();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Post(token, Body, "at once")));
        answers.ShouldAllBe(a => a.Status == 400); // a blank is no visible character
        answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Post(token, Body, "at-once")));
        answers.ShouldAllBe(a => a.Status == 201);
        answers.Select(a => a.Text).Distinct().Count().ShouldBe(1);
        (await Count(token)).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var token = await host.Token();
        await Post(token, Body, "key-2");
        (await Post(token, Body.Replace("18", "19", StringComparison.Ordinal), "key-2")).ShouldSay(409, "idempotency_key_reused");
        (await Count(token)).ShouldBe(1);
    }

    [Fact]
    public async Task Keys_of_different_people_and_routes_never_meet()
    {
        var (one, other) = (await host.Token(), await host.Token());
        var made = (await Post(one, Body, "key-3")).ShouldSay(201);
        (await Post(other, Body, "key-3")).ShouldSay(201).Text.ShouldNotBe(made.Text);
        (await host.Send("PATCH", $"/api/faqs/{made.Json["id"]}", """{"answer":"x"}""", one, headers: ("Idempotency-Key", "key-3"))).ShouldSay(200);
    }

    [Fact]
    public async Task A_key_may_be_used_again_after_a_day()
    {
        var token = await host.Token();
        await Post(token, Body, "key-4");
        await host.Database.Write(Scope.Directory, tx => tx.Execute(
            "UPDATE idempotency SET created_at = created_at - @age WHERE idempotency_key = 'key-4'", new { age = Instants.Day + Instants.Minute }));
        (await Post(token, Body.Replace("18", "20", StringComparison.Ordinal), "key-4")).ShouldSay(201);
    }

    [Fact]
    public async Task A_failed_or_refused_try_leaves_nothing_and_may_be_made_again()
    {
        var token = await host.Token();
        var who = (await host.App.Services.GetRequiredService<Sessions>().Find(token, CancellationToken.None))!;
        var idempotency = host.App.Services.GetRequiredService<Idempotency>();
        var http = new DefaultHttpContext { RequestServices = host.App.Services };
        http.Request.Headers["Idempotency-Key"] = "key-5";
        await Should.ThrowAsync<InvalidOperationException>(() => idempotency.Once(http, who, "R", [1], async tx =>
        {
            await Rename(tx, who.Tenant, "failed");
            throw new InvalidOperationException("in the middle");
        }));
        var refused = await idempotency.Once(http, who, "R", [1], async tx =>
        {
            await Rename(tx, who.Tenant, "refused");
            return (404, Problems.NotFound);
        });
        (refused as IStatusCodeHttpResult)!.StatusCode.ShouldBe(404);
        (await Names(who.Tenant)).ShouldNotBe("refused");
        var done = await idempotency.Once(http, who, "R", [2], async tx =>
        {
            await Rename(tx, who.Tenant, "done");
            return (200, null);
        });
        (done as IStatusCodeHttpResult)!.StatusCode.ShouldBe(200);
        (await Names(who.Tenant)).ShouldBe("done");
    }

    [Fact]
    public async Task A_second_call_that_would_wait_too_long_is_told_to_come_back()
    {
        Assert.SkipUnless(host is OnPostgres, "SQLite writes one after the other: nobody waits on a key there.");
        var token = await host.Token();
        var who = (await host.App.Services.GetRequiredService<Sessions>().Find(token, CancellationToken.None))!;
        var idempotency = host.App.Services.GetRequiredService<Idempotency>();
        var started = new TaskCompletionSource();
        var first = idempotency.Once(Call(), who, "R", [1], async tx =>
        {
            started.TrySetResult();
            await tx.Execute("SELECT pg_sleep(4)");
            return (200, null);
        });
        await started.Task;
        var http = Call();
        var second = await idempotency.Once(http, who, "R", [1], _ => throw new InvalidOperationException("must not run"));
        (second as IStatusCodeHttpResult)!.StatusCode.ShouldBe(409);
        http.Response.Headers.RetryAfter.ToString().ShouldBe("1");
        ((await first) as IStatusCodeHttpResult)!.StatusCode.ShouldBe(200);

        DefaultHttpContext Call()
        {
            var call = new DefaultHttpContext { RequestServices = host.App.Services };
            call.Request.Headers["Idempotency-Key"] = "slow";
            return call;
        }
    }

    [Fact]
    public async Task Old_keys_are_swept()
    {
        var token = await host.Token();
        for (var i = 0; i < 3; i++)
        {
            await Post(token, Body, "old-" + i);
        }

        await host.Database.Write(Scope.Directory, tx => tx.Execute(
            "UPDATE idempotency SET created_at = created_at - @age WHERE idempotency_key LIKE 'old-%'", new { age = 2 * Instants.Day }));
        await Post(token, Body, "new");
        (await host.Database.Read(Scope.Directory, tx => tx.QueryFirst<long>(
            "SELECT count(*) FROM idempotency WHERE idempotency_key LIKE 'old-%'"))).ShouldBe(0);
    }

    private static Task Rename(Tx tx, long tenantId, string name) =>
        tx.Execute("UPDATE tenant SET name = @name WHERE tenant_id = @tenantId", new { tenantId, name });

    private async Task<string> Names(long tenantId) =>
        (await host.Database.Read(Scope.Tenant(tenantId), tx => TenantStore.Find(tx, tenantId)))!.Name;

    private Task<Answer> Post(string token, string body, string key) =>
        host.Send("POST", "/api/faqs", body, token, headers: ("Idempotency-Key", key));

    private async Task<int> Count(string token) =>
        (await host.Send("GET", "/api/faqs", bearer: token)).ShouldSay(200).Json["items"]!.AsArray().Count;
}
