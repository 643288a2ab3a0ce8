namespace Relais.Tenants;

/// <summary>What became of somebody to be added.</summary>
internal abstract record AddedAgent
{
    private AddedAgent()
    {
    }

    /// <param name="AgentId">Who.</param>
    /// <param name="TenantId">Null for a platform administrator without a tenant.</param>
    internal sealed record Added(long AgentId, long? TenantId) : AddedAgent;

    internal sealed record EmailTaken : AddedAgent;

    /// <param name="Field">email, password, name or role.</param>
    /// <param name="Sentence">What to change, for a person.</param>
    internal sealed record Unusable(string Field, string Sentence) : AddedAgent;
}
