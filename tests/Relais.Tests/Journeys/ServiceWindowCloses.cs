using Relais.Conversations;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>An answer that comes too late is refused with a reason that a person understands, and the next message is answered.</summary>
public sealed class ServiceWindowCloses
{
    [Theory, OnEveryDatabase]
    public async Task An_answer_that_waited_for_the_provider_until_the_window_closed_is_refused(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        relais.Simulator.Faults.Add(new Fault(FaultKind.Down));
        var customer = relais.Chat(relais.Meta, "+33611110001");
        await customer.Says("Bonjour");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 0 AND attempts > 0") == 1, "the answer waits");
        relais.Clock.Advance(TimeSpan.FromHours(25));
        relais.Simulator.Faults.Clear();
        await IsRefused(relais, customer);
        (await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 3")).ShouldBe(1);
        await customer.Asks("Bonjour", "Beyond Express");
    }

    [Theory, OnEveryDatabase]
    public async Task An_answer_decided_after_the_window_closed_does_not_even_leave(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal) { ["RELAIS_QUIET_MS"] = "1500" });
        var customer = relais.Chat(relais.Twilio, "+33611110001");
        await customer.Says("Bonjour");
        await Eventually.Holds(async () => (await customer.Stored()).Count == 1, "the message is stored");
        relais.Clock.Advance(TimeSpan.FromHours(25));
        await IsRefused(relais, customer);
        await customer.Asks("Bonjour", "Beyond Express");
    }

    private static async Task IsRefused(RelaisHost relais, ChatScript customer)
    {
        await relais.Settled();
        await customer.HearsNoMore();
        var answer = (await customer.Stored())[^1];
        answer.Status.ShouldBe((long)DeliveryStatus.Failed);
        answer.Error.ShouldNotBeNull().ShouldContain("24 hours");
    }
}
