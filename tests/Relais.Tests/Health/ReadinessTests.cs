using System.Net;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Health;

public sealed class ReadinessTests
{
    [Theory, OnEveryDatabase]
    public async Task Readiness_turns_red_while_acknowledged_work_waits_for_more_than_a_minute(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        (await relais.Http.GetAsync("health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);

        // A lane of a kind that no worker serves: work that nobody does.
        await relais.Database.Write(Scope.Directory, tx => tx.Execute("""
            INSERT INTO lane (kind, lane_key, tenant_id, due_at, ready_at, lease_token, leased, failures)
            VALUES (99, 1, 0, {now} - 61000000, {now} - 61000000, 0, 0, 0)
            """));
        (await relais.Http.GetAsync("health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await relais.Http.GetStringAsync("health/live")).ShouldBe("ok");

        await relais.Database.Write(Scope.Directory, tx => tx.Execute("DELETE FROM lane WHERE kind = 99"));
        (await relais.Http.GetAsync("health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
