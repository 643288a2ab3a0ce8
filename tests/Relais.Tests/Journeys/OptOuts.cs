using Microsoft.Extensions.DependencyInjection;
using Relais.Conversations;
using Relais.Outbox;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>STOP is heard, confirmed once and in the customer's language, and then nobody writes until the customer does.</summary>
public sealed class OptOuts
{
    [Theory, OnEveryDatabase]
    public async Task Stop_is_confirmed_once_and_then_nothing_is_sent_until_the_customer_writes(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var from = 1;
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            foreach (var (word, confirmation) in new[] { ("STOP", "vous ne recevrez plus de messages"), ("توقف", "لن تصلك رسائل"), ("Arrêter.", "vous ne recevrez plus") })
            {
                var customer = relais.Chat(number, $"+3361111{from++:D4}");
                var result = await customer.Says(word);
                await customer.Phone.Redeliver(result);
                await customer.Hears(confirmation);
                await customer.HearsNoMore();
                await IsSilenced(relais, customer);

                await customer.Asks("Bonjour", "Beyond Express");
                await customer.HearsNoMore();
            }
        }

        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task An_answer_that_still_waits_when_stop_comes_is_not_sent(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        relais.Simulator.Faults.Add(new Fault(FaultKind.Down));
        var customer = relais.Chat(relais.Meta, "+33611110001");
        await customer.Says("Quels sont vos horaires d'ouverture ?");
        await Eventually.Holds(async () => (await customer.Stored()).Count == 2, "the answer waits");
        await customer.Says("STOP");
        await Eventually.Holds(async () => (await customer.Stored()).Count == 4, "the confirmation waits");

        // What had left already when STOP came is not taken back.
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 1") == 0, "nothing is on the wire");
        relais.Simulator.Faults.Clear();
        await customer.Hears("vous ne recevrez plus de messages");
        await customer.HearsNoMore();
    }

    /// <summary>The gate refuses what anybody would say to this customer now.</summary>
    private static async Task IsSilenced(RelaisHost relais, ChatScript customer)
    {
        var gate = relais.Services.GetRequiredService<SendGate>();
        var (optedOut, lastInbound) = (await relais.Facts.Query<(long, long)>("""
            SELECT k.opted_out_at, max(c.last_inbound_at) FROM contact k JOIN conversation c ON c.tenant_id = k.tenant_id AND c.contact_id = k.id
            WHERE k.phone = @Number GROUP BY k.id, k.opted_out_at
            """, new { customer.Phone.Number }))[0];
        gate.Decide(new Relais.Outbox.SendRequest(1, 1, 1, 1, lastInbound, optedOut, Author.Agent, 1, new Relais.Channels.OutboundContent.Text("Une offre pour vous")))
            .ShouldBeOfType<SendDecision.Refused>().Code.ShouldBe("opted_out");
    }
}
