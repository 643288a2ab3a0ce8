namespace Relais.Simulator;

/// <summary>Where the imitated providers are reached: what they write into answers and webhooks.</summary>
internal sealed partial class SimulatorHub
{
    private string graphAt = "";
    private string twilioAt = "";
    private Func<string?> listensAt = () => null;

    /// <param name="metaPath">What stands before Meta's paths.</param>
    /// <param name="twilioPath">What stands before Twilio's paths.</param>
    /// <param name="listening">Asked when it is needed: the port may be known only after the start.</param>
    internal void LiesAt(string metaPath, string twilioPath, Func<string?> listening) =>
        (graphAt, twilioAt, listensAt) = (metaPath, twilioPath, listening);

    /// <summary>Meta's base as this caller knows it, without a slash at the end.</summary>
    internal string MetaBase(HttpContext context) => Host(context) + graphAt;

    /// <summary>Meta's base for a webhook, which nobody asked for.</summary>
    internal string MetaBase() => (listensAt() ?? "http://127.0.0.1") + graphAt;

    /// <summary>Twilio's base as this caller knows it.</summary>
    internal string TwilioBase(HttpContext context) => Host(context) + twilioAt;

    /// <summary>Twilio's base for a webhook, which nobody asked for.</summary>
    internal string TwilioBase() => (listensAt() ?? "http://127.0.0.1") + twilioAt;

    private static string Host(HttpContext context) => context.Request.Scheme + "://" + context.Request.Host + context.Request.PathBase;
}
