using Relais.Foundation;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Crashes;

/// <summary>What was said and why are kept together: a process that dies around the commit leaves one of each.</summary>
public sealed class OneTraceForOneMessage
{
    [Theory, OnEveryDatabase]
    public Task Decided_and_not_committed(DatabaseKind kind) => Dies(kind, CrashPoint.TurnDecided);

    [Theory, OnEveryDatabase]
    public Task In_the_commit(DatabaseKind kind) => Dies(kind, CrashPoint.TurnCommitting);

    [Theory, OnEveryDatabase]
    public Task Committed_and_not_sent(DatabaseKind kind) => Dies(kind, CrashPoint.TurnCommitted);

    private static async Task Dies(DatabaseKind kind, string point)
    {
        await using var relais = await RelaisProcess.Create(kind);
        var (simulator, meta) = (relais.Provider.Simulator, relais.Provider.Meta);
        simulator.Redelivery = new RedeliveryPolicy(10, TimeSpan.FromMilliseconds(200));
        await relais.Start($"{point}:1");
        var phone = simulator.Phone("+33610000001");
        var asking = phone.Say(meta, "Où est ma commande TRK123456 ?");
        await relais.Died(TimeSpan.FromSeconds(15));
        await relais.Start();
        await asking;

        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM message WHERE author = 2") == 1, "it is answered");
        (await relais.Facts.Count("""
            SELECT count(*) FROM turn_trace t JOIN message m ON m.tenant_id = t.tenant_id AND m.answers = t.message_id AND m.author = 2 WHERE t.kind = 1
            """)).ShouldBe(1);
        (await relais.Facts.Count("SELECT count(*) FROM turn_trace")).ShouldBe(1);
    }
}
