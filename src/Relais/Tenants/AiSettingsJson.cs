namespace Relais.Tenants;

/// <summary>
/// Whether the AI agent answers by itself (system C's <c>ai_settings.auto_respond</c>): of a tenant, a number or a conversation.
/// Off, what customers write waits for people and nothing is said; in the mode draft people get a suggestion with it.
/// </summary>
/// <param name="AutoRespond">null, for a number or a conversation: as the level above says. True is the mode answer, false quiet.</param>
/// <param name="Mode">answer, draft or quiet: the same said more finely. In a change either is enough; both must agree.</param>
internal sealed record AiSettingsJson(bool? AutoRespond, string? Mode = null)
{
    private static readonly string[] Words = ["quiet", "answer", "draft"];

    public static AiSettingsJson Of(long? stored) => new(
        stored is { } value ? value == (long)AiMode.Answer : null, stored is { } mode ? Words[mode] : null);

    /// <summary>As stored; for what was checked with <see cref="Wrong"/>.</summary>
    public long? Stored() => Mode is { } word ? Array.IndexOf(Words, word)
        : AutoRespond is { } on ? (long)(on ? AiMode.Answer : AiMode.Quiet) : null;

    /// <summary>The field that is wrong and why, or null.</summary>
    public (string Field, string Reason)? Wrong() =>
        Mode is not null && !Words.Contains(Mode) ? ("ai_settings.mode", "ai_settings.mode is answer, draft or quiet.")
        : Mode is not null && AutoRespond is { } on && on != (Mode == "answer")
            ? ("ai_settings.mode", "ai_settings.auto_respond is true for the mode answer and false for draft and quiet: leave one of them out.")
        : null;
}
