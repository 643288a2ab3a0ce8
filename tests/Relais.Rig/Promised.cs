namespace Relais.Rig;

/// <summary>What the server has acknowledged, as somebody outside it wrote down.</summary>
internal sealed class Promised
{
    /// <summary>Messages (wamid or MessageSid) whose webhook was answered 200 at least once.</summary>
    public HashSet<string> ProviderIds { get; init; } = new(StringComparer.Ordinal);

    /// <summary>SHA-256 (hex) of every webhook body answered 200, statuses included.</summary>
    public HashSet<string> Bodies { get; init; } = new(StringComparer.Ordinal);

    /// <summary>SHA-256 (hex) of bodies whose signature is wrong: none may be acknowledged or stored.</summary>
    public HashSet<string> Forged { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Everything persons tried to say, each text once.</summary>
    public HashSet<string> PersonTexts { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Ids of messages whose send by a person was answered 2xx.</summary>
    public HashSet<long> PersonMessages { get; init; } = [];
}
