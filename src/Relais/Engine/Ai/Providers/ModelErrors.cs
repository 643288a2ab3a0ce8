using System.Text.Json;

namespace Relais.Engine.Ai.Providers;

/// <summary>
/// The error answers of OpenAI, Anthropic and Gemini (their error pages, November 2026) ⇒ a failure. A status alone does not do: 429 is
/// "slow down" and "no money left" alike.
/// </summary>
internal static class ModelErrors
{
    private static readonly HashSet<string> Spent = new(StringComparer.OrdinalIgnoreCase)
    {
        "credit_balance_exhausted", "organization_spend_limit_exceeded", "project_spend_limit_exceeded", "organization_usage_limit_exceeded",
        "insufficient_quota", "billing_error", "enforced_spend_limit_reached", "quota_exceeded",
    };

    /// <param name="status">HTTP status, not 2xx.</param>
    /// <param name="body">What came with it; JSON or not.</param>
    /// <param name="retryAfter">The header, or null.</param>
    public static ModelFailure Of(int status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        var said = Said(body);
        return status switch
        {
            402 => new ModelFailure.SpendLimit(),
            400 or 403 or 429 when said.IsSpent => new ModelFailure.SpendLimit(),
            408 or 409 or 429 or >= 500 => new ModelFailure.Overloaded(retryAfter ?? said.RetryDelay),
            _ => new ModelFailure.Refused(status),
        };
    }

    private static (bool IsSpent, TimeSpan? RetryDelay) Said(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);

            // Gemini's OpenAI-compatible endpoint wraps its error in an array.
            var root = json.RootElement is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.Object)
            {
                return default;
            }

            var details = error.TryGetProperty("details", out var more) ? more : default;
            var isSpent = Spent.Contains(Text(error, "code")) || Spent.Contains(Text(error, "type")) || Spent.Contains(Text(error, "status"))
                || Spent.Contains(Text(details, "error_code"))
                || Text(error, "message").Contains("spend limit", StringComparison.OrdinalIgnoreCase)
                || Text(error, "message").Contains("credit balance", StringComparison.OrdinalIgnoreCase);
            return (isSpent, RetryDelay(details));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>Google's RetryInfo: <c>"retryDelay": "34s"</c>.</summary>
    private static TimeSpan? RetryDelay(JsonElement details)
    {
        if (details.ValueKind == JsonValueKind.Array)
        {
            foreach (var detail in details.EnumerateArray())
            {
                if (Text(detail, "retryDelay") is [.. var seconds, 's']
                    && double.TryParse(seconds, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 86_400)
                {
                    return TimeSpan.FromSeconds(number);
                }
            }
        }

        return null;
    }

    private static string Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()! : "";
}
