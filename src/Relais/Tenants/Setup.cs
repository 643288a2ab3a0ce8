using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants;

/// <summary>
/// The first person of an installation, let in by the one-time token that its terminal shows. They own the first tenant and
/// look after the platform, since whoever reads that terminal could make themselves both.
/// </summary>
internal sealed class Setup(Database database, Ids ids, Provisioning provisioning, Settings settings)
{
    /// <summary>Null when the token is wrong, was used, or somebody can sign in already.</summary>
    public async Task<(Agent Agent, long TenantId)?> FirstOwner(string token, string address, string password, string? name, CancellationToken cancel)
    {
        var hash = Secrets.HashToken(token);
        var agent = await provisioning.NewAgent(address, password, name, isPlatform: true, cancel);
        var spare = provisioning.NewTenant(await ids.One(cancel), "Relais", settings.Language);
        return await database.Write<(Agent, long)?>(Scope.Directory, async tx =>
        {
            await TenantStore.Alone(tx);
            if (await AgentStore.AnyExists(tx) || !await SetupTokenStore.Use(tx, hash))
            {
                return null;
            }

            await SetupTokenStore.Clear(tx);
            var tenantId = await TenantStore.LowestId(tx);
            if (tenantId == 0)
            {
                await TenantStore.Insert(tx, spare);
                tenantId = spare.TenantId;
            }

            await AgentStore.Insert(tx, agent);
            await AgentStore.Join(tx, provisioning.NewMembership(tenantId, agent, Roles.Owner));
            return (agent, tenantId);
        }, cancel);
    }
}
