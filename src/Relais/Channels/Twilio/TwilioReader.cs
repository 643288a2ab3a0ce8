using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Channels.Twilio;

/// <summary>
/// Reads a verified call of Twilio, one event a call. Enters: the raw form, or JSON from a Studio flow. Leaves: the message
/// or the status. Promises: never throws; every parameter of a message that is not plain text stays in its Raw.
/// </summary>
internal static class TwilioReader
{
    public static WebhookReading Read(VerifiedWebhook webhook)
    {
        var isJson = webhook.ContentType.Contains("json", StringComparison.OrdinalIgnoreCase);
        string? problem = null;
        var call = isJson ? FromJson(webhook.Body, out problem) : TwilioForm.Parse(webhook.Body.Span);
        if (problem is not null)
        {
            return new WebhookReading([], problem);
        }

        return IsStatus(webhook.Kind, call) ? TwilioStatus.Read(call, webhook.Query) : TwilioMessage.Read(call, webhook.Body.Span);
    }

    /// <summary>One URL set for both kinds of call is a common mistake: what the call says of itself goes before where it came in.</summary>
    private static bool IsStatus(WebhookKind kind, IReadOnlyList<KeyValuePair<string, string>> call) =>
        ProviderText.FirstOf(call.Value("MessageStatus"), call.Value("SmsStatus"))?.ToLowerInvariant() switch
        {
            "received" or "receiving" => false,
            null => kind == WebhookKind.TwilioStatus,
            _ => kind == WebhookKind.TwilioStatus || call.Value("MessageStatus") is not null,
        };

    /// <summary>A parameter, normalised; null when missing or empty.</summary>
    public static string? Value(this IReadOnlyList<KeyValuePair<string, string>> call, string name) => CustomerText.NormaliseOrNull(call.First(name));

    private static List<KeyValuePair<string, string>> FromJson(ReadOnlyMemory<byte> body, out string? problem)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        using var document = LenientJson.Parse(body, out problem);
        if (document is null)
        {
            return pairs;
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            problem = "The body is not an object of parameters.";
            return pairs;
        }

        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null && property.Text() is { } name)
            {
                pairs.Add(new(name, property.Value.ValueKind == JsonValueKind.String ? property.Value.Scalar() ?? string.Empty : property.Value.Raw()));
            }
        }

        return pairs;
    }

    private static string? Text(this JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            // A name that is not text is no parameter of Twilio's.
            return null;
        }
    }

    /// <summary>All parameters as one JSON object; of a doubled name the first.</summary>
    public static string ToJson(IReadOnlyList<KeyValuePair<string, string>> call)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            json.WriteStartObject();
            foreach (var pair in call)
            {
                var name = CustomerText.Normalise(pair.Key);
                if (seen.Add(name))
                {
                    json.WriteString(name, CustomerText.Normalise(pair.Value));
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
