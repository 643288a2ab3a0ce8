using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>The main job: a customer asks where an order is, in three languages, on both channels.</summary>
public sealed class OrderTracking
{
    [Theory, OnEveryDatabase]
    public async Task A_customer_asks_for_an_order_and_is_told_where_it_is(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            await Ask(relais, number, "+33611110001", "Où est ma commande TRK123456 ?", "TRK123456 est expédiée");
            await Ask(relais, number, "+212611110002", "أين طلبي TRK123456؟", "تم شحن طلبك TRK123456");
            await Ask(relais, number, "+447711110003", "Where is my order TRK123456?", "TRK123456");
        }
    }

    private static async Task Ask(RelaisHost relais, SimulatedNumber number, string from, string text, string expected)
    {
        var phone = relais.Simulator.Phone(from);
        (await phone.Say(number, text)).Taken.ShouldBeTrue();
        await Eventually.Holds(() => Task.FromResult(phone.Messages(number).Any(m => !m.FromCustomer)), "an answer arrives");
        phone.Messages(number).Single(m => !m.FromCustomer).Text.ShouldContain(expected);
    }
}
