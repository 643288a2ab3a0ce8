using Relais.Tenants.Rights;

namespace Relais.Tenants.People;

/// <summary>Somebody's place in a tenant, with whether they can use it.</summary>
internal sealed class Person
{
    public long TenantId { get; init; }

    public long AgentId { get; init; }

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public string Role { get; init; } = "";

    /// <summary>Null once they have chosen a password.</summary>
    public long? InvitedUntil { get; init; }

    public long? DisabledAt { get; init; }

    /// <summary>Words; null: what the role includes.</summary>
    public string? OwnRights { get; init; }

    public string? OwnSees { get; init; }

    public RightSet Rights => SignedIn.RightsOf(Role, OwnRights);

    public Sees Sees => Role == Roles.Owner ? Sees.All : SeesWords.Stored(OwnSees);

    public long HasTotp { get; init; }

    public string State => DisabledAt is not null ? "disabled" : InvitedUntil is not null ? "invited" : "active";
}
