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
    public async Task Start_restores_what_stop_ended_and_is_confirmed_once_in_the_language(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var from = 1;
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            foreach (var (stop, silence, start, restored) in new[]
            {
                ("Désabonner", "vous ne recevrez plus", "REPRENDRE", "vous recevrez de nouveau"),
                ("إلغاء الاشتراك", "لن تصلك رسائل", "ابدأ", "ستصلك رسائلنا من جديد"),
            })
            {
                var customer = relais.Chat(number, $"+3362222{from++:D4}");
                await customer.Asks(stop, silence);
                await customer.Says(stop);
                await customer.HearsNoMore();
                var back = await customer.Says(start);
                await customer.Phone.Redeliver(back);
                await customer.Hears(restored);
                await customer.HearsNoMore();
                (await relais.Facts.Query<(long?, long)>("""
                    SELECT k.opted_out_at, (SELECT count(*) FROM consent s WHERE s.contact_id = k.id) FROM contact k WHERE k.phone = @Number
                    """, new { customer.Phone.Number }))[0].ShouldBe((null, 3L));
            }
        }

        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task Start_of_somebody_who_never_opted_out_is_an_ordinary_word(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var customer = relais.Chat(relais.Meta, "+33622220099");
        await customer.Says("START");
        (await customer.Hears()).ShouldNotContain("recevrez de nouveau");
        await customer.HearsNoMore();
        (await relais.Facts.Count("SELECT count(*) FROM consent")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task The_provider_may_know_of_an_opt_out_first_and_promotions_are_not_everything(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var promotions = relais.Chat(relais.Meta, "+33622220101");
        relais.Simulator.Faults.Add(new Fault(FaultKind.Refused, Times: 1, To: promotions.Phone.Number, Code: 131050));
        await promotions.Says("Bonjour");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM consent WHERE purpose = 'marketing' AND source = 'provider'") == 1, "131050 is in the ledger");
        (await relais.Facts.Count("SELECT count(*) FROM contact WHERE marketing_opted_out_at IS NOT NULL AND opted_out_at IS NULL")).ShouldBe(1);
        await promotions.Asks("Quels sont vos horaires d'ouverture ?", "du lundi au samedi");

        var all = relais.Chat(relais.Twilio, "+33622220102");
        relais.Simulator.Faults.Add(new Fault(FaultKind.StatusFailed, Times: 1, To: all.Phone.Number, Code: 21610));
        await all.Says("Bonjour");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM contact WHERE opted_out_at IS NOT NULL") == 1, "21610 of a status counts too");
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
        (await relais.Database.Read(Relais.Storage.Scope.Pipeline, tx => gate.Decide(tx, new Relais.Outbox.SendRequest(1, 1, 1, 1, lastInbound, optedOut, Author.Agent, 1, new Relais.Channels.OutboundContent.Text("Une offre pour vous")))))
            .ShouldBeOfType<SendDecision.Refused>().Code.ShouldBe("opted_out");
    }
}
