using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary><c>errors[]</c> as it stands beside messages, statuses and whole values.</summary>
internal static class MetaReason
{
    /// <summary>The first error, or nothing (kind Undefined).</summary>
    public static JsonElement First(JsonElement holder)
    {
        foreach (var error in holder.Get("errors"u8).Items())
        {
            return error;
        }

        return default;
    }

    /// <summary>The most telling words; the on-premise shape had <c>details</c> at the top.</summary>
    public static string? Words(JsonElement error) => ProviderText.FirstOf(
        error.Get("error_data"u8).Text("details"u8),
        error.Text("details"u8),
        ProviderText.FirstOf(error.Text("message"u8), error.Text("title"u8)));
}
