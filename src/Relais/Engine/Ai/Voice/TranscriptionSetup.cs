using Relais.Engine.Ai.Providers;
using Relais.Foundation;

namespace Relais.Engine.Ai.Voice;

/// <summary>A model that writes voice notes down, over OpenAI's <c>/v1/audio/transcriptions</c>.</summary>
/// <param name="Model">The provider's name of it.</param>
/// <param name="BaseUrl">Where it is, ends with a slash.</param>
/// <param name="Key">Opened; null for a server that wants none.</param>
/// <param name="PriceMinute">Micro-dollars for a minute of sound.</param>
/// <param name="IsTenants">A tenant entered the address, so it is connected to on the public internet only.</param>
internal sealed record TranscriptionSetup(string Model, Uri BaseUrl, string? Key, long PriceMinute, bool IsTenants)
{
    /// <summary>OpenAI's cheapest that understands Arabic dialects.</summary>
    public const string DefaultModel = "gpt-4o-mini-transcribe";

    /// <summary>In micro-dollars, rounded up.</summary>
    public long Cost(TimeSpan sound) => (long)Math.Ceiling(PriceMinute * (decimal)sound.TotalMinutes);

    /// <summary>Micro-dollars a minute of models known here (OpenAI's price list); else zero, to be entered by hand.</summary>
    public static long Price(string model) => model switch
    {
        "gpt-4o-mini-transcribe" => 3_000,
        "gpt-4o-transcribe" or "whisper-1" => 6_000,
        _ => 0,
    };

    /// <summary>The installation's, or null. A model's name switches it on: a key for answering customers is no order to write down what they say.</summary>
    public static TranscriptionSetup? Of(Settings settings)
    {
        var (key, address, model) = settings.Transcription;
        return model is null ? null : new TranscriptionSetup(model, Address(settings), key ?? (address is null ? settings.Vendor("openai").Key : null), Price(model), IsTenants: false);
    }

    /// <summary>Where the operator has transcription, else OpenAI as it is configured here.</summary>
    public static Uri Address(Settings settings) => settings.Transcription.BaseUrl is { } set
        ? new Uri(set.AbsoluteUri.TrimEnd('/') + "/") : EnvironmentModels.Addresses(settings)[ModelCatalogue.OpenAi];

    /// <summary>The key stays out of logs and test output.</summary>
    public override string ToString() => $"transcription/{Model}";
}
