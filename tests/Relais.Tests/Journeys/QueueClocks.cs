using Npgsql;
using Relais.Foundation;
using Relais.Simulator;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>The queue waits by the database's clock (docs/reliability.md, R8). When that one is set back by an hour, nobody waits an hour for an answer.</summary>
public sealed class QueueClocks
{
    private const string Question = "Où est ma commande TRK123456 ?";

    [Theory, OnEveryDatabase]
    public async Task What_waits_is_brought_forward_when_the_database_shows_an_earlier_time_than_before(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var customer = await Waiting(relais, "+33640007701");

        // As rows and the latest time look that were written before the clock was set back by an hour.
        await relais.Database.Write(Scope.Pipeline, async tx =>
        {
            var by = new { by = Instants.Hour };
            await tx.Execute("UPDATE outbox SET due_at = due_at + @by", by);
            await tx.Execute("UPDATE lane SET ready_at = ready_at + @by, due_at = due_at + @by", by);
            await tx.Execute("UPDATE queue_clock SET latest = {now} + @by", by);
        });
        await customer.Hears("TRK123456 est expédiée");
        (await relais.Facts.Count("SELECT moves FROM queue_clock")).ShouldBe(1, "one of the workers answered to it, once");
        await customer.HearsNoMore();
        await relais.IsInOrder();
    }

    [OnPostgres]
    public async Task An_answer_that_waits_leaves_in_time_while_the_clock_of_PostgreSQL_is_set_back_by_an_hour()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Postgres);
        await relais.StopServer();
        await using (var postgres = new NpgsqlConnection(relais.SuperuserConnection))
        {
            await postgres.OpenAsync();
            await Run(postgres, """
                CREATE SCHEMA clocks;
                CREATE TABLE clocks.ahead (by INTERVAL NOT NULL);
                INSERT INTO clocks.ahead VALUES ('0');
                CREATE FUNCTION clocks.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql AS 'SELECT pg_catalog.clock_timestamp() + by FROM clocks.ahead';
                GRANT USAGE ON SCHEMA clocks TO PUBLIC;
                GRANT SELECT ON clocks.ahead TO PUBLIC
                """);
            await Run(postgres, $"ALTER DATABASE \"{postgres.Database}\" SET search_path = public, clocks, pg_catalog");
            await relais.StartServer();
            var customer = await Waiting(relais, "+33640007702");
            await Run(postgres, "UPDATE clocks.ahead SET by = '-1 hour'");
            await customer.Hears("TRK123456 est expédiée");
            await Eventually.Holds(() => Task.FromResult((relais.Clock.GetUtcNow() - DateTimeOffset.UtcNow).TotalMinutes < -59), "Relais goes by the database's clock");
            await Run(postgres, "UPDATE clocks.ahead SET by = '0'");
            await Eventually.Holds(() => Task.FromResult((relais.Clock.GetUtcNow() - DateTimeOffset.UtcNow).Duration().TotalMinutes < 1), "and again when it is right");
            await customer.HearsNoMore();
        }

        await relais.IsInOrder();
    }

    /// <summary>A customer whose answer the provider refused, to be tried again in some seconds.</summary>
    private static async Task<ChatScript> Waiting(RelaisHost relais, string number)
    {
        var customer = relais.Chat(relais.Meta, number);
        relais.Simulator.Faults.Add(new Fault(FaultKind.TooManyRequests, Times: 1, RetryAfter: 4) { Number = relais.Meta.Address, To = customer.Phone.Number });
        await customer.Says(Question);
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 0 AND attempts = 1") == 1, "the answer waits");
        return customer;
    }

    private static async Task Run(NpgsqlConnection postgres, string sql)
    {
        await using var command = new NpgsqlCommand(sql, postgres);
        await command.ExecuteNonQueryAsync();
    }
}
