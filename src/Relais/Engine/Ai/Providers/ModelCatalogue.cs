namespace Relais.Engine.Ai.Providers;

/// <summary>
/// A model as it is configured, by the operator's environment or by a tenant.
/// </summary>
/// <param name="Provider">A word of <see cref="ModelCatalogue"/>.</param>
/// <param name="Name">The provider's name of the model.</param>
/// <param name="BaseUrl">Where it is.</param>
/// <param name="Key">Opened; null for a server that wants none.</param>
/// <param name="Temperature">Null leaves it to the model, as current ones want it.</param>
/// <param name="PriceIn">Micro-dollars for a million tokens in.</param>
/// <param name="PriceOut">Micro-dollars for a million tokens out.</param>
/// <param name="IsTenants">A tenant entered the address, so it is connected to on the public internet only.</param>
internal sealed record ModelSetup(
    string Provider, string Name, Uri BaseUrl, string? Key, double? Temperature, long PriceIn, long PriceOut, bool IsTenants)
{
    /// <summary>Whether it is shown pictures; one that reads none would refuse the whole request.</summary>
    public bool ReadsImages { get; init; }

    /// <summary>It is told placeholders for addresses and numbers of people (<see cref="Redaction"/>).</summary>
    public bool Redacts { get; init; }

    /// <summary>In micro-dollars, rounded up.</summary>
    public long Cost(long tokensIn, long tokensOut) =>
        (long)Math.Ceiling((((decimal)tokensIn * PriceIn) + ((decimal)tokensOut * PriceOut)) / 1_000_000m);

    /// <summary>The key stays out of logs and test output.</summary>
    public override string ToString() => $"{Provider}/{Name}";
}

/// <summary>The providers, with their default model, its price (micro-dollars a million tokens; both change by the month) and their address.</summary>
internal static class ModelCatalogue
{
    public const string OpenAi = "openai";
    public const string Anthropic = "anthropic";
    public const string Gemini = "gemini";

    /// <summary>Any server that speaks OpenAI's Chat Completions.</summary>
    public const string Compatible = "openai_compatible";

    public static IReadOnlyList<string> Providers { get; } = [OpenAi, Anthropic, Gemini, Compatible];

    /// <summary>Null for a provider without one.</summary>
    public static string? DefaultModel(string provider) => provider switch
    {
        OpenAi => "gpt-6-luna",
        Anthropic => "claude-haiku-5-5",
        Gemini => "gemini-3.5-flash-lite",
        _ => null,
    };

    /// <summary>Of a model whose price is known here; else zero, to be entered by hand.</summary>
    public static (long In, long Out) Price(string model) => model switch
    {
        "gpt-6-luna" or "claude-haiku-5-5" => (100_000, 500_000),
        "gpt-6-sol" or "claude-sonnet-5-5" => (2_000_000, 10_000_000),
        "gpt-6-astra" => (10_000_000, 50_000_000),
        "claude-opus-5-5" => (4_000_000, 20_000_000),
        "gemini-3.5-flash-lite" => (300_000, 2_500_000),
        "gemini-3.8-flash" => (750_000, 3_750_000),
        _ => (0, 0),
    };

    /// <summary>What is known of a model by its name; of a server's own models nothing is, so those are told of by hand (reads_images).</summary>
    public static bool ReadsImages(string model) => Array.Exists(
        (string[])["gpt-6", "gpt-5", "gpt-4o", "gpt-4.1", "claude-", "gemini-"], family => model.StartsWith(family, StringComparison.Ordinal));

    /// <summary>The provider's own; null for a compatible server, which has to be named.</summary>
    public static Uri? Address(string provider) => provider switch
    {
        OpenAi => new Uri("https://api.openai.com/v1/"),
        Anthropic => new Uri("https://api.anthropic.com/"),
        Gemini => new Uri("https://generativelanguage.googleapis.com/v1beta/openai/"),
        _ => null,
    };

    /// <summary>Models of OpenAI that reason by default and take tools in Chat Completions only when they do not; gpt-6-astra knows no "none".</summary>
    public static bool ReasonsUnlessTold(string model) =>
        model.StartsWith("gpt-6", StringComparison.Ordinal) && !model.StartsWith("gpt-6-astra", StringComparison.Ordinal);
}
