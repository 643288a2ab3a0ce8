using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Providers deliver more than once and all at once (reliability table, R9).</summary>
public sealed class Duplicates
{
    [Theory, OnEveryDatabase]
    public async Task The_same_webhook_ten_times_at_once_is_one_message_and_one_answer(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            // Recorded while the server is away, so that even the first delivery is one of ten at once.
            await relais.StopServer();
            var customer = relais.Chat(number, "+33611110001");
            var missed = await customer.Phone.Say(number, "Où est ma commande TRK123456 ?");
            missed.Taken.ShouldBeFalse();
            await relais.StartServer();

            var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => customer.Phone.Redeliver(missed))));
            results.ShouldAllBe(r => r.Taken);
            await customer.Hears("TRK123456 est expédiée");
            (await customer.Phone.Redeliver(missed)).Taken.ShouldBeTrue();
            await customer.HearsNoMore();
            (await customer.Stored()).Count.ShouldBe(2);
        }

        (await relais.Facts.Count("SELECT count(*) FROM conversation")).ShouldBe(2);
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task Ten_first_messages_of_a_new_customer_at_once_open_one_conversation(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal) { ["RELAIS_QUIET_MS"] = "400" });
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            var customer = relais.Chat(number, "+33611110001");
            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => customer.Says($"Bonjour {i} TRK123456"))));
            await customer.Hears("TRK123456 est expédiée");
            await customer.HearsNoMore();
            (await customer.Stored()).Select(m => m.Seq).ShouldBe(Enumerable.Range(1, 11).Select(i => (long)i));

            // And ten more, one after the other, stand in the order they came in.
            for (var i = 0; i < 10; i++)
            {
                await customer.Says($"TRK123456 suite {i}");
            }

            await customer.Hears("TRK123456 est expédiée");
            await relais.Settled();
            (await customer.Stored()).Where(m => m.IsInbound).Skip(10).Select(m => m.Content)
                .ShouldBe(Enumerable.Range(0, 10).Select(i => $"TRK123456 suite {i}"));
        }

        (await relais.Facts.Count("SELECT count(*) FROM contact")).ShouldBe(1);
        (await relais.Facts.Count("SELECT count(*) FROM conversation")).ShouldBe(2);
    }
}
