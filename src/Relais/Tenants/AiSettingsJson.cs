namespace Relais.Tenants;

/// <summary>
/// Whether the AI agent answers by itself (system C's <c>ai_settings.auto_respond</c>): of a tenant, a number or a conversation.
/// Off, what customers write waits for people and nothing is said.
/// </summary>
/// <param name="AutoRespond">null, for a number or a conversation: as the level above says.</param>
internal sealed record AiSettingsJson(bool? AutoRespond)
{
    public static AiSettingsJson Of(long? stored) => new(stored is { } value ? value != 0 : null);

    /// <summary>As stored.</summary>
    public long? Stored => AutoRespond is { } on ? (on ? 1 : 0) : null;
}

/// <summary>The same of a tenant, with what is set for the whole of it.</summary>
/// <param name="AutoRespond">null, in a change: stays.</param>
/// <param name="BlockOnRegression">Whether a change of prompt or FAQs that makes a simulation fail is refused; null, in a change: stays.</param>
internal sealed record TenantAiSettingsJson(bool? AutoRespond, bool? BlockOnRegression = null);
