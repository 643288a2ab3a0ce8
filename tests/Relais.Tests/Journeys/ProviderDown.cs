using System.Diagnostics;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>The provider is away for a while, with and without a restart of Relais meanwhile.</summary>
public sealed class ProviderDown
{
    [Theory, OnEveryDatabase]
    public async Task After_an_outage_every_answer_arrives_once_and_in_order(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        relais.Simulator.Faults.Add(new Fault(FaultKind.Down));
        var customers = new[] { relais.Chat(relais.Meta, "+33611110001"), relais.Chat(relais.Meta, "+33611110002"), relais.Chat(relais.Twilio, "+33611110003") };
        string[] questions = ["Où est ma commande TRK123456 ?", "Quels sont vos horaires d'ouverture ?", "Combien coûte la livraison ?"];
        for (var i = 0; i < questions.Length; i++)
        {
            await Task.WhenAll(customers.Select(c => c.Says(questions[i])));
            var queued = customers.Length * (i + 1);
            await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM message WHERE author <> 1") == queued, "the answers wait");
            if (i == 1)
            {
                await relais.StopServer();
                await relais.StartServer();
            }
        }

        customers.ShouldAllBe(c => c.Answers.Count == 0);
        relais.Simulator.Faults.Clear();
        foreach (var customer in customers)
        {
            await customer.Hears("TRK123456 est expédiée");
            await customer.Hears("du lundi au samedi");
            await customer.Hears("4,90 €");
        }

        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task Retry_After_is_honoured(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            relais.Simulator.Faults.Add(new Fault(FaultKind.TooManyRequests, Times: 1, RetryAfter: 2, Number: number.Address));
            var customer = relais.Chat(number, "+33611110001");
            var watch = Stopwatch.StartNew();
            await customer.Asks("Bonjour", "Beyond Express");
            watch.Elapsed.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2), "what the provider asked for; without it the next try comes within a second");
        }
    }

    [Theory, OnEveryDatabase]
    public async Task A_send_that_hangs_when_the_server_is_told_to_end_is_unknown_and_not_repeated(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        relais.Simulator.Faults.Add(new Fault(FaultKind.Hang, Times: 1));
        var customer = relais.Chat(relais.Meta, "+33611110001");
        await customer.Says("Bonjour");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 1") == 1, "the answer is on the wire");
        var watch = Stopwatch.StartNew();
        await relais.StopServer();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(11));
        await relais.StartServer();
        await customer.HearsNoMore();
        (await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 2 AND reason <> ''")).ShouldBe(1);
        await customer.Asks("Quels sont vos horaires d'ouverture ?", "du lundi au samedi");
    }
}
