namespace Relais.Tenants.Audit;

/// <summary>One line of the audit: who did what, when, from where. Written once, never changed.</summary>
internal sealed class AuditEntry
{
    public const long Done = 1;
    public const long Refused = 2;

    /// <summary>0: the installation's own.</summary>
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long At { get; init; }

    /// <summary>Null: nobody who is known.</summary>
    public long? AgentId { get; init; }

    public string AgentName { get; init; } = "";

    /// <summary>The session or API key.</summary>
    public long? SessionId { get; init; }

    /// <summary>console, token, api_key, none.</summary>
    public string Via { get; init; } = "none";

    public string Address { get; init; } = "";

    /// <summary>The endpoint's name in snake_case.</summary>
    public string Action { get; init; } = "";

    public long? ThingId { get; init; }

    /// <summary>A JSON object (<see cref="AuditDetail"/>).</summary>
    public string Detail { get; init; } = "{}";

    public long Outcome { get; init; }

    public long ByPlatform { get; init; }
}
