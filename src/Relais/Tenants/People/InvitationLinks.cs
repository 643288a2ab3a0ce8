using Relais.Foundation;

namespace Relais.Tenants.People;

/// <summary>
/// Links with which somebody chooses a password. The token stands after the #, which browsers keep to themselves: no server and
/// no proxy writes it to a log.
/// </summary>
internal sealed class InvitationLinks(PublicAddress address, Clock clock)
{
    public const long Lasts = 7 * Instants.Day;

    /// <param name="http">Names the address when no public one is set.</param>
    /// <param name="who">Who invites.</param>
    /// <param name="id">Reserved.</param>
    /// <param name="agentId">For whom.</param>
    public (string Link, Invitation Invitation) Make(HttpContext http, SignedIn who, long id, long agentId) => Make(http, who, who.Tenant, id, agentId);

    /// <param name="http">Names the address when no public one is set.</param>
    /// <param name="who">Who invites.</param>
    /// <param name="tenantId">Into which tenant.</param>
    /// <param name="id">Reserved.</param>
    /// <param name="agentId">For whom.</param>
    public (string Link, Invitation Invitation) Make(HttpContext http, SignedIn who, long tenantId, long id, long agentId)
    {
        var token = Secrets.NewToken("inv_");
        var at = address.Url?.ToString().TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}";
        var now = clock.Micros;
        return ($"{at}/invitation#{token}", new Invitation(tenantId, id, agentId, Secrets.HashToken(token), who.AgentId, now, now + Lasts));
    }
}
