using System.Net;
using Relais.Foundation;
using Relais.Tenants;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

public sealed class ThrottleTests
{
    private static readonly IPAddress Here = IPAddress.Parse("203.0.113.1");

    [Fact]
    public void Five_failures_close_an_account_from_an_address_for_a_quarter_of_an_hour()
    {
        var clock = new Clock();
        var throttle = new SignInThrottle(clock);
        for (var i = 0; i < 5; i++)
        {
            throttle.Begin("a@b.c", Here).ShouldBeNull();
        }

        throttle.Begin("a@b.c", Here)!.Value.ShouldBeInRange(TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        throttle.Begin("other@b.c", Here).ShouldBeNull();
        throttle.Begin("a@b.c", IPAddress.Parse("203.0.113.2")).ShouldBeNull();
        clock.Advance(TimeSpan.FromMinutes(16));
        throttle.Begin("a@b.c", Here).ShouldBeNull();
    }

    [Fact]
    public void Fifty_failures_an_hour_close_an_address_whatever_the_accounts()
    {
        var clock = new Clock();
        var throttle = new SignInThrottle(clock);
        for (var i = 0; i < 50; i++)
        {
            throttle.Begin($"p{i}@b.c", Here).ShouldBeNull();
        }

        throttle.Begin("p99@b.c", Here).ShouldNotBeNull();
        clock.Advance(TimeSpan.FromMinutes(61));
        throttle.Begin("p99@b.c", Here).ShouldBeNull();
    }

    [Fact]
    public void Signing_in_with_ones_own_account_in_between_gives_an_address_no_more_guesses()
    {
        var throttle = new SignInThrottle(new Clock());
        var guesses = 0;
        for (var i = 0; i < 200; i++)
        {
            if (throttle.Begin("mine@b.c", Here) is null)
            {
                throttle.Succeeded("mine@b.c", Here);
            }

            guesses += throttle.Begin($"p{i}@b.c", Here) is null ? 1 : 0;
        }

        guesses.ShouldBe(50);
    }

    [Fact]
    public void A_network_of_IPv6_addresses_counts_as_one()
    {
        var throttle = new SignInThrottle(new Clock());
        for (var i = 0; i < 5; i++)
        {
            throttle.Begin("a@b.c", IPAddress.Parse($"2001:db8:1:2::{i}")).ShouldBeNull();
        }

        throttle.Begin("a@b.c", IPAddress.Parse("2001:db8:1:2:ffff::1")).ShouldNotBeNull();
        throttle.Begin("a@b.c", IPAddress.Parse("2001:db8:1:3::1")).ShouldBeNull();
        throttle.Begin("a@b.c", IPAddress.Parse("::ffff:203.0.113.1")).ShouldBeNull();
    }

    [Fact]
    public void A_flood_of_accounts_and_addresses_takes_bounded_memory()
    {
        var throttle = new SignInThrottle(new Clock());
        for (var i = 0; i < 60_000; i++)
        {
            throttle.Begin($"p{i}@b.c", new IPAddress(0x0a000000L + i));
        }

        throttle.Remembered.ShouldBeLessThanOrEqualTo(40_000);
    }
}
