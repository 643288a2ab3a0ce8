using Microsoft.Data.Sqlite;
using Npgsql;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>
/// The database cannot store anything for six seconds. Twilio does not repeat a webhook, so it goes into the spool and is
/// answered 200; Meta repeats, so it gets 503 or waits. Nothing is lost either way.
/// </summary>
public sealed class DatabaseAway
{
    [Theory, OnEveryDatabase]
    public async Task A_twilio_message_survives_a_database_that_does_not_store(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var phone = relais.Simulator.Phone("+33611119901");
        await using (await Block(relais, kind))
        {
            var result = await phone.Say(relais.Twilio, "Où est ma commande TRK123456 ?");
            result.Taken.ShouldBeTrue($"{result.StatusCode} {result.Failure}");

            // What comes while the spool is not empty stays behind it.
            (await phone.Say(relais.Twilio, "Combien coûte la livraison ?")).Taken.ShouldBeTrue();
        }

        await Eventually.Holds(() => Task.FromResult(phone.Messages(relais.Twilio).Any(m => !m.FromCustomer)), "an answer arrives");
        await Eventually.Holds(async () => await Count(relais) == 2, "both messages are stored once");
        var stored = await relais.Database.Read(Scope.Pipeline, tx => tx.Query<string>("SELECT content FROM message WHERE author = 1 ORDER BY seq"));
        stored.ShouldBe(["Où est ma commande TRK123456 ?", "Combien coûte la livraison ?"]);
    }

    private static Task<long> Count(RelaisHost relais) =>
        relais.Database.Read(Scope.Pipeline, tx => tx.QueryFirst<long>("SELECT count(*) FROM message WHERE author = 1"));

    /// <summary>Keeps every write waiting until it is disposed.</summary>
    private static async Task<IAsyncDisposable> Block(RelaisHost relais, DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            var lite = new SqliteConnection($"Data Source={((SqliteDatabase)relais.Database).FilePath};Pooling=False");
            await lite.OpenAsync();
            await using var begin = lite.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync();
            return lite;
        }

        var postgres = new NpgsqlConnection(relais.SuperuserConnection);
        await postgres.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE received_webhook IN ACCESS EXCLUSIVE MODE", postgres);
        await command.ExecuteNonQueryAsync();
        return postgres;
    }
}
