using Microsoft.Extensions.DependencyInjection;
using Relais.Commerce;
using Relais.Storage;
using Relais.Tests.Tenants;
using Shouldly;
using Xunit;

namespace Relais.Tests.Commerce;

public sealed class OrderApiOnSqlite(OnSqlite host) : OrderApiTests(host), IClassFixture<OnSqlite>;

public sealed class OrderApiOnPostgres(OnPostgres host) : OrderApiTests(host), IClassFixture<OnPostgres>;

public abstract class OrderApiTests
{
    private readonly TenantHost host;

    protected OrderApiTests(TenantHost host)
    {
        Assert.SkipUnless(host.IsAvailable, "RELAIS_TEST_POSTGRES names no server.");
        this.host = host;
    }

    [Fact]
    public async Task Orders_are_listed_newest_first_and_found_by_id_in_their_own_tenant_only()
    {
        var (mine, theirs) = (await host.Token(), await host.Token());
        var tenant = (long)(await host.Send("GET", "/api/auth/me", bearer: mine)).Json["tenant"]!["id"]!;
        var first = await Add(tenant, "TRK123456");
        var second = await Add(tenant, "TRK123457");

        var page = (await host.Send("GET", "/api/orders?limit=1", bearer: mine)).ShouldSay(200).Json;
        ((long)page["items"]![0]!["id"]!).ShouldBe(second);
        var next = (await host.Send("GET", $"/api/orders?limit=1&cursor={page["next_cursor"]}", bearer: mine)).ShouldSay(200).Json;
        ((long)next["items"]![0]!["id"]!).ShouldBe(first);
        next["next_cursor"].ShouldBeNull();

        var one = (await host.Send("GET", $"/api/orders/{first}", bearer: mine)).ShouldSay(200).Json;
        ((string)one["tracking_number"]!).ShouldBe("TRK123456");
        ((long)one["total_minor"]!).ShouldBe(4590);
        (await host.Send("GET", $"/api/orders/{first}", bearer: theirs)).ShouldSay(404, "not_found");
        (await host.Send("GET", "/api/orders/99999999999999999999", bearer: mine)).ShouldSay(404, "not_found");
        (await host.Send("GET", "/api/orders", bearer: theirs)).Json["items"]!.AsArray().ShouldBeEmpty();
        (await host.Send("GET", "/api/orders")).ShouldSay(401);
    }

    private async Task<long> Add(long tenant, string number)
    {
        var id = await host.App.Services.GetRequiredService<Ids>().One();
        await host.Database.Write(Scope.Tenant(tenant), tx => OrderStore.Insert(tx, new Order
        {
            TenantId = tenant, Id = id, TrackingNumber = number, Status = "shipped", TotalMinor = 4590, Currency = "EUR",
            CreatedAt = host.Clock.Micros, UpdatedAt = host.Clock.Micros,
        }));
        return id;
    }
}
