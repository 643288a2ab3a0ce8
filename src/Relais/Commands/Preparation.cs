using Relais.Foundation;
using Relais.Inboxes;
using Relais.Inboxes.Installation;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Commands;

/// <summary>What has to be true before any work is done: the schema, the clock, this node's old leases, the first tenant and its numbers.</summary>
internal sealed class Preparation(
    Database database, Migrator migrator, WorkQueue queue, Clock clock, InboxDirectory inboxes, EnvironmentInboxes configured, Provisioning provisioning,
    Demo demo, PublicAddressBook publicAddress, OutboundHold hold, Settings settings, ILogger<Preparation> log)
{
    /// <exception cref="StorageUnavailableException">The database is away; try again.</exception>
    /// <exception cref="NotSupportedException">It never will work like this; the message says what to change.</exception>
    public async Task Run(bool isDemo, CancellationToken cancel)
    {
        if (RuntimePatch.IsOld(RuntimePatch.Running))
        {
            log.LogWarning("This is .NET {Running}, and Relais was built with {Built}: security fixes are missing. Update the ASP.NET Core runtime", RuntimePatch.Running, RuntimePatch.Built);
        }

        await database.Open(cancel);
        foreach (var name in await migrator.Run(cancel))
        {
            log.LogInformation("Schema {Migration} applied", name);
        }

        await hold.Load(cancel);
        if (hold.IsHeld)
        {
            log.LogWarning("This installation was restored from a backup: NOTHING IS SENT until it is released, by relais release or in the console");
        }

        clock.Follow(Instants.FromMicros(await database.Read(Scope.Directory, tx => tx.QueryFirst<long>("SELECT {now}"), cancel)), log);
        await database.Write(Scope.Directory, queue.FreeOwn, cancel);
        if (isDemo)
        {
            await demo.Seed(cancel);
        }
        else
        {
            await configured.Put(await provisioning.EnsureFirstTenant("Relais", settings.Language, cancel), cancel);
            if (await provisioning.MakeSetupToken(cancel) is { } token)
            {
                Banner.PrintSetup(settings, token);
            }
        }

        await publicAddress.Load(cancel);
        await inboxes.Load(cancel);
    }
}
