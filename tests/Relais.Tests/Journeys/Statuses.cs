using System.Text;
using Relais.Conversations;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Delivery states come late, twice, backwards or before the answer to the send, and only ever move a message forwards.</summary>
public sealed class Statuses
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    [Theory, OnEveryDatabase]
    public async Task However_statuses_come_the_message_ends_as_read(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        foreach (var fault in new FaultKind?[] { null, FaultKind.StatusesOutOfOrder, FaultKind.StatusesDoubled, FaultKind.StatusesBeforeAnswer })
        {
            relais.Simulator.Statuses = new StatusPolicy(StatusReach.Read, Soon, Soon, fault);
            foreach (var number in new[] { relais.Meta, relais.Twilio })
            {
                var customer = relais.Chat(number, $"+336111{(int)(fault ?? FaultKind.Slow)}000");
                await customer.Asks("Bonjour", "Beyond Express");
                await customer.HearsNoMore();
                (await customer.Stored())[^1].Status.ShouldBe((long)DeliveryStatus.Read, $"{fault} on {number.Channel}");
            }
        }

        (await relais.Facts.Count("SELECT count(*) FROM message WHERE author <> 1 AND (sent_at IS NULL OR delivered_at IS NULL OR read_at IS NULL)")).ShouldBe(0);
        (await relais.Facts.Count("SELECT count(*) FROM parked_status")).ShouldBe(0);
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task A_message_that_fails_after_it_was_taken_shows_why(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        relais.Simulator.Statuses = StatusPolicy.Usual with { Fault = FaultKind.StatusFailed };
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            var customer = relais.Chat(number, "+33611110001");
            await customer.Says("Bonjour");
            await relais.Settled();
            await Eventually.Holds(async () => (await customer.Stored())[^1].Status == (long)DeliveryStatus.Failed, "the failure is known");
            (await customer.Stored())[^1].Code.ShouldBe(number.Channel == SimulatedChannel.Meta ? 131026 : 63024);
        }

        relais.Simulator.AcceptedTotal.ShouldBe(2);
    }

    [Theory, OnEveryDatabase]
    public async Task A_status_that_names_only_the_providers_id_and_comes_before_the_answer_is_matched_later(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        relais.Simulator.Statuses = StatusPolicy.None;
        relais.Simulator.Faults.Add(new Fault(FaultKind.Slow, Times: 1, Delay: TimeSpan.FromSeconds(1)));
        var customer = relais.Chat(relais.Meta, "+33611110001");
        await customer.Says("Bonjour");
        var sent = await relais.Simulator.NextSend("+33611110001", TimeSpan.FromSeconds(10));
        foreach (var status in new[] { "sent", "delivered" })
        {
            var body = $$$"""
                {"object":"whatsapp_business_account","entry":[{"id":"waba-test","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
                "metadata":{"display_phone_number":"33100000001","phone_number_id":"100000000000001"},
                "statuses":[{"id":"{{{sent.ProviderId}}}","status":"{{{status}}}","timestamp":"1700000000","recipient_id":"33611110001"}]}}]}]}
                """;
            (await customer.Phone.SendRaw(relais.Meta, Encoding.UTF8.GetBytes(body))).Taken.ShouldBeTrue();
        }

        await Eventually.Holds(async () => (await customer.Stored())[^1].Status == (long)DeliveryStatus.Delivered, "the status finds its message");
        (await relais.Facts.Count("SELECT count(*) FROM parked_status")).ShouldBe(0);
        await relais.IsInOrder();
    }
}
