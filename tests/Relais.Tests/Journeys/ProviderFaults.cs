using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>
/// Everything that can go wrong with one send, each for a customer of its own and all at the same time (reliability table, R6):
/// what surely did not go out goes out later, once; what may have gone out is never repeated.
/// </summary>
public sealed class ProviderFaults
{
    private const string Question = "Où est ma commande TRK123456 ?";

    /// <summary>Refused in a way that allows another try: it arrives, once.</summary>
    private static readonly Fault[] Passing =
    [
        new(FaultKind.TooManyRequests, Times: 2, RetryAfter: 1),
        new(FaultKind.ThroughputReached, Times: 1, RetryAfter: 1),
        new(FaultKind.PairRateReached, Times: 1, RetryAfter: 1),
        new(FaultKind.Unavailable, Times: 2),
        new(FaultKind.Slow, Times: 1, Delay: TimeSpan.FromSeconds(2)),
    ];

    /// <summary>Taken by the provider, without an answer that can be read: a status clears it up.</summary>
    private static readonly Fault[] AcceptedThenLost =
    [
        new(FaultKind.BadGatewayHtml, Times: 1, Accepted: true),
        new(FaultKind.GarbageAnswer, Times: 1),
        new(FaultKind.TruncatedAnswer, Times: 1),
        new(FaultKind.ResetMidBody, Times: 1),
        new(FaultKind.AcceptThenLose, Times: 1),
    ];

    /// <summary>Not taken, and no answer that says so: nobody knows, so a person is asked.</summary>
    private static readonly Fault[] NeverKnown =
    [
        new(FaultKind.BadGatewayHtml, Times: 1),
        new(FaultKind.GarbageAnswer, Times: 1, Accepted: false),
    ];

    [Theory, OnEveryDatabase]
    public async Task What_surely_did_not_go_out_goes_out_later_and_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var customers = await Ask(relais, [.. Passing, new(FaultKind.ServerError, Times: 1, Number: relais.Meta.Address)]);
        foreach (var customer in customers)
        {
            await customer.Hears("TRK123456 est expédiée");
        }

        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task What_may_have_gone_out_is_cleared_up_by_its_status_and_never_repeated(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        foreach (var customer in await Ask(relais, AcceptedThenLost))
        {
            await customer.Hears("TRK123456 est expédiée");
            await customer.HearsNoMore();
            (await customer.Stored())[^1].Status.ShouldBe((long)Relais.Conversations.DeliveryStatus.Delivered);
        }

        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task What_nobody_knows_waits_for_a_person_and_holds_nobody_up(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var faults = new List<Fault>(NeverKnown) { new(FaultKind.ServerError, Times: 1, Number: relais.Twilio.Address) };
        var customers = await Ask(relais, faults);
        await relais.Settled();
        customers.ShouldAllBe(c => c.Answers.Count == 0);
        (await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 2 AND attempts = 1 AND reason <> ''")).ShouldBe(customers.Count);

        // The next answer of the same conversation goes out all the same.
        await customers[0].Asks("Quels sont vos horaires d'ouverture ?", "du lundi au samedi");
        relais.Simulator.AcceptedTotal.ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task A_permanent_refusal_is_tried_once_and_shown_as_a_dead_letter(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var customers = await Ask(relais, [new(FaultKind.Undeliverable)]);
        await relais.Settled();
        foreach (var customer in customers)
        {
            var answer = (await customer.Stored())[^1];
            answer.Status.ShouldBe((long)Relais.Conversations.DeliveryStatus.Failed);
            answer.Code.ShouldBe(customer.Number.Channel == SimulatedChannel.Meta ? 131026 : 63003);
            answer.Error.ShouldNotBeNullOrEmpty();
        }

        (await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 3 AND attempts = 1")).ShouldBe(customers.Count);
        (await relais.Http.GetStringAsync(new Uri("api/health", UriKind.Relative))).ShouldContain($"\"dead_letters\":{customers.Count}");
    }

    /// <summary>One customer a fault and channel, who asks while the fault is set for them.</summary>
    private static async Task<List<ChatScript>> Ask(RelaisHost relais, IReadOnlyList<Fault> faults)
    {
        var customers = new List<ChatScript>();
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            foreach (var fault in faults.Where(f => f.Number is null || f.Number == number.Address))
            {
                var customer = relais.Chat(number, $"+3364000{customers.Count:D4}");
                relais.Simulator.Faults.Add(fault with { Number = number.Address, To = customer.Phone.Number });
                customers.Add(customer);
            }
        }

        await Task.WhenAll(customers.Select(c => c.Says(Question)));
        return customers;
    }
}
