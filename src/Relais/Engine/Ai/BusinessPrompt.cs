namespace Relais.Engine.Ai;

/// <summary>What a business tells its AI agent, in its own words. Every field may be left out.</summary>
/// <param name="Persona">Who the agent is, e.g. "Lina, the shop's assistant"; one line.</param>
/// <param name="Tone">How it speaks; one line.</param>
/// <param name="Instructions">What it should know and do; a page.</param>
/// <param name="ForbiddenTopics">What it politely declines to speak of.</param>
/// <param name="ReservedTopics">Words and phrases that go to a person, whichever model answers; found as whole words, spelling folded.</param>
/// <param name="AllowedLinks">Hosts it may name links of (shop.example) besides those in the business's own answers and tool results.</param>
internal sealed record BusinessPrompt(
    string? Persona = null, string? Tone = null, string? Instructions = null, IReadOnlyList<string>? ForbiddenTopics = null,
    IReadOnlyList<string>? ReservedTopics = null, IReadOnlyList<string>? AllowedLinks = null)
{
    public static BusinessPrompt None { get; } = new();

    public IReadOnlyList<string> ForbiddenTopics { get; init; } = ForbiddenTopics ?? [];

    public IReadOnlyList<string> ReservedTopics { get; init; } = ReservedTopics ?? [];

    public IReadOnlyList<string> AllowedLinks { get; init; } = AllowedLinks ?? [];
}
