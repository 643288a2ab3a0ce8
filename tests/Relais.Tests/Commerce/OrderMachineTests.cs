using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Commerce;

/// <summary>Whoever moves an order in whatever order: it stays among its states, and its list of moves says how it came there.</summary>
public sealed class OrderMachineTests
{
    private static Gen<(OrderActor Who, string To)[]> Tries => Gen.ArrayOf(
        from who in Gen.Elements(Enum.GetValues<OrderActor>())
        from to in Gen.Elements(OrderMachine.Statuses.Append("lost").ToArray())
        select (who, to));

    [Fact]
    public void No_sequence_leads_outside_the_states_and_what_is_over_stays_over() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Arb.From(Tries), tries =>
        {
            var (status, hasLeft, wasCancelled) = (OrderMachine.Placed, false, false);
            foreach (var (who, to) in tries)
            {
                if (!OrderMachine.Allows(who, status, to))
                {
                    continue;
                }

                wasCancelled.ShouldBeFalse("nothing leaves cancelled");
                if (who == OrderActor.Customer && to != status)
                {
                    hasLeft.ShouldBeFalse("a customer changes nothing that has left");
                }

                if (who == OrderActor.Courier)
                {
                    OrderMachine.Statuses.ToList().IndexOf(to).ShouldBeGreaterThan(OrderMachine.Statuses.ToList().IndexOf(status), "a courier goes forward only");
                }

                status = to;
                hasLeft = status is OrderMachine.Shipped or OrderMachine.OutForDelivery or OrderMachine.Delivered;
                wasCancelled = status == OrderMachine.Cancelled;
                OrderMachine.IsStatus(status).ShouldBeTrue();
            }
        }));

    [Fact]
    public void What_has_left_is_cancelled_by_nobody_and_delivered_is_mended_by_people_alone()
    {
        foreach (var who in Enum.GetValues<OrderActor>())
        {
            foreach (var to in OrderMachine.Statuses)
            {
                OrderMachine.Allows(who, OrderMachine.Cancelled, to).ShouldBeFalse();
                OrderMachine.Allows(who, OrderMachine.Shipped, OrderMachine.Cancelled).ShouldBeFalse();
                (OrderMachine.Allows(who, OrderMachine.Delivered, to) && who != OrderActor.Person).ShouldBeFalse();
            }
        }
    }

    [Theory, OnEveryDatabase]
    public async Task The_list_of_moves_agrees_with_the_status(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var random = new Random(20_26);
        for (long id = 1; id <= 20; id++)
        {
            await business.Database.Write(Scope.Tenant(Business.Tenant), async tx =>
            {
                await OrderStore.Insert(tx, new Order { TenantId = Business.Tenant, Id = 5_000 + id, TrackingNumber = $"TRK{id}", Status = OrderMachine.Placed, CreatedAt = 1, UpdatedAt = 1 });
                await OrderMoveStore.Add(tx, Business.Tenant, 5_000 + id, null, OrderMachine.Placed, new OrderBy(OrderActor.Person), 1);
            });
            for (var step = 0; step < 8; step++)
            {
                var who = Enum.GetValues<OrderActor>()[random.Next(4)];
                var to = OrderMachine.Statuses[random.Next(OrderMachine.Statuses.Count)];
                var at = step + 2;
                await business.Database.Write(Scope.Tenant(Business.Tenant), async tx =>
                {
                    var before = (await OrderStore.Find(tx, Business.Tenant, 5_000 + id))!.Status;
                    var done = await OrderStore.Change(tx, Business.Tenant, 5_000 + id, 0, OrderMachine.From(who, to), to, null, new OrderBy(who), at);
                    done.ShouldBe(OrderMachine.Allows(who, before, to));
                });
            }

            await business.Database.Read(Scope.Tenant(Business.Tenant), async tx =>
            {
                var order = (await OrderStore.Find(tx, Business.Tenant, 5_000 + id))!;
                var moves = await OrderMoveStore.Of(tx, Business.Tenant, 5_000 + id);
                moves[^1].ToStatus.ShouldBe(order.Status);
                moves.Select(m => m.Seq).ShouldBe(Enumerable.Range(1, moves.Count).Select(n => (long)n));
                moves.Zip(moves.Skip(1)).ShouldAllBe(pair => pair.First.ToStatus == pair.Second.FromStatus && pair.Second.FromStatus != pair.Second.ToStatus);
                (order.ConfirmedAt is not null).ShouldBe(moves.Exists(m => m.ToStatus == OrderMachine.Confirmed));
                return 0;
            });
        }
    }

    [Fact]
    public void A_notice_leaves_out_what_nobody_knows()
    {
        var shipped = OrderNotice.Usual.Single(n => n.Status == OrderMachine.Shipped);
        var today = new DateOnly(2026, 11, 22);
        var order = new Order { TrackingNumber = "TRK1", OrderNumber = "CMD-1", Status = OrderMachine.Shipped };
        shipped.Text("fr", order, null, "Chez Nous", today).ShouldBe("🚚 *Votre colis est en route !*\n\n📦 Commande : CMD-1\n🔢 Suivi : TRK1\n\nMerci ! 🎉");
        var known = new Order { TrackingNumber = "TRK1", Carrier = "DHL", ExpectedOn = "2026-11-23" };
        shipped.Text("fr", known, null, "", today).ShouldContain("📅 Livraison prévue : demain");
        shipped.Text("ar", known, null, "", today).ShouldContain("📅 التسليم المتوقع: غداً");
        shipped.Text("en", known, null, "", today.AddDays(1)).ShouldContain("Expected delivery: today");
        shipped.Text("en", known, null, "", today.AddDays(2)).ShouldNotContain("Expected", Case.Sensitive, "a day that has passed is no promise");
        foreach (var notice in OrderNotice.Usual)
        {
            new[] { "fr", "ar", "en" }.ShouldAllBe(language => notice.Text(language, known, null, "", today).Length > 0);
        }
    }

    [Fact]
    public void Figures_count_days_where_the_business_is()
    {
        const long Second = 1_000_000;
        static long At(int day, int hour) => new DateTimeOffset(2026, 11, day, hour, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;
        CountedOrder[] orders =
        [
            new() { CreatedAt = At(20, 23), Status = OrderMachine.Confirmed, ConfirmationSentAt = At(20, 23), ConfirmedAt = At(20, 23) + (60 * Second) },
            new() { CreatedAt = At(21, 10), Status = OrderMachine.Delivered, ConfirmationSentAt = At(21, 10), ConfirmedAt = At(21, 10) + (100 * Second) },
            new() { CreatedAt = At(21, 11), Status = OrderMachine.Cancelled, ConfirmationSentAt = At(21, 11) },
            new() { CreatedAt = At(22, 9), Status = OrderMachine.Placed },
        ];
        var paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
        var figures = OrderStatisticsStore.Of(orders, [], 1, paris, new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 22));
        (figures.Created, figures.Asked, figures.Confirmed, figures.Cancelled, figures.ConfirmationRate, figures.MedianSecondsToConfirm).ShouldBe((4, 3, 2, 1, 0.6667, 80));
        figures.Days.Select(d => (d.Created, d.Confirmed, d.Cancelled)).ShouldBe([(0, 0, 0), (3, 2, 1), (1, 0, 0)]);
        OrderStatisticsStore.Of([], [], 0, paris, new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 20)).ConfirmationRate.ShouldBeNull();
    }
}
