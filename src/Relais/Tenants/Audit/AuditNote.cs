namespace Relais.Tenants.Audit;

/// <summary>
/// What is to be said of the request under way, a feature of it. An endpoint adds to it what only it knows; the line is written by
/// <see cref="Idempotency"/> with the effect, or by <see cref="AuditEdge"/> before the answer leaves. Not for two threads.
/// </summary>
internal sealed class AuditNote(string action, string address, long? thingId)
{
    private readonly Dictionary<string, object> details = new(StringComparer.Ordinal);
    private long? about = thingId;
    private long? tenant;
    private (long? AgentId, string Name)? actor;

    /// <summary>Its line is written with the effect, or was when the request was made first: nothing is left to say.</summary>
    public bool IsWritten { get; set; }

    /// <summary>A refusal worth a line, whatever its status.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Somebody did it, or tried to.</summary>
    public bool HasActor => actor is not null;

    /// <summary>For what nobody is signed in to: who it turned out to be, and of which tenant.</summary>
    public void By(long? agentId, string name, long? tenantId)
    {
        actor = (agentId, name);
        tenant = tenantId ?? 0;
    }

    /// <summary>Says what it was done to, where the path does not.</summary>
    public void About(long id) => about = id;

    /// <summary>For the platform: whose tenant it concerns.</summary>
    public void In(long tenantId) => tenant = tenantId;

    /// <param name="key">snake_case.</param>
    /// <param name="value">A number, yes or no, or a word of ours: never what a person wrote.</param>
    public void With(string key, object value) => details[key] = value;

    /// <summary>It is not done, and that somebody tried is worth a line.</summary>
    public void Refused(string reason)
    {
        IsRefused = true;
        details["reason"] = reason;
    }

    public AuditEntry Entry(SignedIn? who, long id, long now, long outcome, ReadOnlyMemory<byte> body, string answer = "", bool byPlatform = false) => new()
    {
        TenantId = tenant ?? (byPlatform ? 0 : who?.TenantId ?? 0),
        Id = id,
        At = now,
        AgentId = who?.AgentId ?? actor?.AgentId,
        AgentName = who?.AgentName ?? actor?.Name ?? "",
        SessionId = who?.SessionId,
        Via = who switch { null => "none", { IsApiKey: true } => "api_key", { ByCookie: true } => "console", _ => "token" },
        Address = address,
        Action = action,
        ThingId = about ?? AuditDetail.IdIn(answer),
        Detail = AuditDetail.Of(body, details),
        Outcome = outcome,
        ByPlatform = byPlatform || who?.TenantId is null && who is not null ? 1 : 0,
    };
}

internal static class AuditNotes
{
    /// <summary>Null where no line is written of the request.</summary>
    public static AuditNote? Audit(this HttpContext http) => http.Features.Get<AuditNote>();
}
