using Relais.Commands;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Rig;
using Relais.Simulator;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Chaos;

/// <summary>
/// Two tenants: the first has the configured numbers at Meta and Twilio, the second a Meta number of its own. Set up beside the
/// running server, which notices numbers of others within seconds.
/// </summary>
internal static class TwoBusinesses
{
    public const string Password = "correct-horse-battery-9";

    /// <summary>Sign-ins of each business's people.</summary>
    public static string Email(int business, int person) => $"person{person}@business{business}.example";

    /// <summary>Makes people and the second business; returns once the server can take its webhooks after the next load.</summary>
    public static async Task SetUp(string databaseAddress, string keyFile, ProviderHost provider, int people)
    {
        await using var beside = DatabaseAddress.Open(databaseAddress);
        await beside.Open(CancellationToken.None);
        using var ids = new Ids(beside);
        using var passwords = new Passwords();
        var clock = new Clock();
        var provisioning = new Provisioning(beside, ids, passwords, clock, Settings.From([]));
        for (var person = 0; person < people; person++)
        {
            await provisioning.AddAgent(Email(1, person), Password, $"Person {person}", Roles.Owner, "Business 1");
            await provisioning.AddAgent(Email(2, person), Password, $"Person {person}", Roles.Owner, "Business 2");
        }

        var tenants = await beside.Read(Scope.Directory, tx => tx.Query<long>("SELECT tenant_id FROM tenant ORDER BY tenant_id"));
        await new SampleBusiness(beside, ids, clock).Fill(tenants[0]);
        await new SampleBusiness(beside, ids, clock).Fill(tenants[1]);
        var number = new SimulatedNumber(SimulatedChannel.Meta, "100000000000002", "+33100000003", "waba-second", "second-secret", "second-token",
            provider.Meta.WebhookUrl, "Second");
        await new InboxStore(beside, ids, Secrets.FromFile(keyFile), clock).Put(tenants[1], new InboxSetup(
            IsTwilio: false, number.Account, number.Address, "", number.Name, number.Secret, null, number.AccessToken, null, "chaos"), CancellationToken.None);
        provider.Simulator.Connect(number);
    }
}
