using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Rights;

namespace Relais.Tenants;

/// <summary>What is shown once and kept as a hash: API keys and the set-up token.</summary>
internal sealed partial class Provisioning
{
    /// <summary>
    /// The plain key, shown this once; null when nobody of that e-mail address, or no owner of a tenant of that name, exists.
    /// It may do what that person may, as far as its scopes reach, until it ends or is revoked.
    /// </summary>
    /// <param name="emailOrTenant">Whose.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="scopes">null: all that the person has, now and later.</param>
    /// <param name="expiresAt">Microseconds UTC; null: no end.</param>
    /// <param name="cancel">Stops it before it is written.</param>
    public async Task<string?> CreateApiKey(
        string emailOrTenant, string name, RightSet? scopes = null, long? expiresAt = null, CancellationToken cancel = default)
    {
        var token = Secrets.NewToken(ApiKeyStore.TokenPrefix);
        var id = await ids.One(cancel);
        var now = clock.Micros;
        var email = EmailAddress.Parse(emailOrTenant);
        return await database.Write(Scope.Directory, async tx =>
        {
            long? tenantId;
            long agentId;
            if (email is not null)
            {
                if (await AgentStore.FindByEmail(tx, email) is not { DisabledAt: null } agent)
                {
                    return null;
                }

                agentId = agent.Id;
                tenantId = await AgentStore.FirstTenant(tx, agentId);
                if (tenantId is null && agent.IsPlatform == 0)
                {
                    return null;
                }
            }
            else
            {
                tenantId = await TenantStore.IdByName(tx, TenantNames.Clean(emailOrTenant) ?? "");
                if (await AgentStore.FirstOwner(tx, tenantId.Value) is not { } owner)
                {
                    return null;
                }

                agentId = owner.AgentId;
            }

            await SessionStore.Insert(tx, new NewSession(id, Secrets.HashToken(token), agentId, tenantId, SessionStore.ApiKey, name, now, expiresAt));
            await ApiKeyStore.Describe(tx, tenantId, id, token, scopes?.ToString(), contacts: null);
            return token;
        }, cancel);
    }

    /// <summary>
    /// A new one-time set-up token while nobody can sign in, in place of the one of an earlier start; null otherwise. Print it
    /// on the server's own terminal, nowhere else.
    /// </summary>
    public async Task<string?> MakeSetupToken(CancellationToken cancel = default)
    {
        var token = Secrets.NewToken("setup_");
        var now = clock.Micros;
        return await database.Write(Scope.Directory, async tx =>
        {
            if (await AgentStore.AnyExists(tx))
            {
                await SetupTokenStore.Clear(tx);
                return null;
            }

            await SetupTokenStore.Replace(tx, Secrets.HashToken(token), now);
            return token;
        }, cancel);
    }
}
