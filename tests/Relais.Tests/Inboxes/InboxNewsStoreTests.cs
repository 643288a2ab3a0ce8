using Relais.Changes;
using Relais.Channels;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Inboxes;

/// <summary>What a provider tells of numbers and accounts, and what of it stops and starts them.</summary>
public sealed class InboxNewsStoreTests : IDisposable
{
    private readonly Signals signals = new();

    [Theory, OnEveryDatabase]
    public async Task News_reach_the_numbers_of_the_connection_and_no_others(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await Execute(business, "UPDATE inbox SET connection_id = 2 WHERE id = 11");
        await Execute(business, "UPDATE inbox SET display_number = '+33 1 00 00 00 01' WHERE id = 10");
        var directory = await Apply(business, new AccountNews("phone_number_quality_update:flagged", "33100000001", "yellow", "TIER_2K"));
        directory.Find(10)!.ShouldSatisfyAllConditions(i => i.Quality.ShouldBe("yellow"), i => i.Tier.ShouldBe("TIER_2K"), i => i.Pause.ShouldBeNull());
        directory.Find(11)!.Quality.ShouldBeNull("another connection");
        directory.Find(20)!.Quality.ShouldBeNull("another number");
        directory = await Apply(business, new AccountNews("phone_number_quality_update:throughput_upgrade", "33100000001"));
        (directory.Find(10)!.Rate, directory.Find(10)!.Quality).ShouldBe((1000d, "yellow"));
        (await business.Query<string>("SELECT type || ' ' || inbox_id FROM change")).Distinct().ShouldBe(["inbox.updated 10"]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_ban_pauses_every_number_of_the_account_and_its_end_resumes_them(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var directory = await Apply(business, new AccountNews("account_update:disabled_update", null, Stops: true, Reason: "Meta disabled the account."));
        directory.Inboxes.ShouldAllBe(i => i.Pause != null && i.Pause.Reason == "Meta disabled the account." && i.Pause.Probes == null);
        directory = await Apply(business, new AccountNews("account_update:reinstated", null, Stops: false));
        directory.Inboxes.ShouldAllBe(i => i.Pause == null);
    }

    [Theory, OnEveryDatabase]
    public async Task The_first_reason_stays_unless_a_graver_one_comes(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var token = new PausedInbox(Business.Tenant, Business.Inbox, 190, "The token has expired.", TimeSpan.FromMinutes(1));
        (await Pause(business, token)).ShouldBe([Business.Inbox]);
        (await Pause(business, token with { Code = 0 })).ShouldBeEmpty();
        (await Pause(business, token with { Code = 131031, Reason = "Locked.", Probes = null })).ShouldBe([Business.Inbox]);
        (await Pause(business, token)).ShouldBeEmpty();
        (await business.One<string>("SELECT pause_code || ' ' || pause_reason || ' ' || pause_probes FROM inbox WHERE id = 10")).ShouldBe("131031 Locked. 0");
    }

    public void Dispose() => signals.Dispose();

    private InboxPauses Pauses() => new(new ChangeLog(signals), new WorkQueue(signals, new NodeName("test")), signals);

    private async Task<InboxDirectory> Apply(Business business, AccountNews news)
    {
        var directory = new InboxDirectory(business.Database, new Secrets(new byte[32]), Settings.From([]));
        await directory.Load(CancellationToken.None);
        var ids = await business.Ids.Take(10);
        await business.Database.Write(Scope.Pipeline, async tx =>
        {
            ids.Rewind();
            await new InboxNewsStore(directory, Pauses()).Apply(tx, 1, "102290129340398", [news], ids, 5);
        });
        await directory.Load(CancellationToken.None);
        return directory;
    }

    private async Task<HashSet<long>> Pause(Business business, PausedInbox inbox)
    {
        var ids = await business.Ids.Take(2);
        return await business.Database.Write(Scope.Pipeline, tx =>
        {
            ids.Rewind();
            return Pauses().Pause(tx, [inbox], ids, 5);
        });
    }

    private static Task Execute(Business business, string sql) => business.Database.Write(Scope.Pipeline, tx => tx.Execute(sql));
}
