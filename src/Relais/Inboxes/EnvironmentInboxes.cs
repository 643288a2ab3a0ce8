using Relais.Foundation;

namespace Relais.Inboxes;

/// <summary>
/// The numbers configured by environment variables. They belong to the first tenant, are brought up to date by their provider
/// address at each start, and are read-only in the console.
/// </summary>
internal sealed class EnvironmentInboxes(InboxStore store, Settings settings, ILogger<EnvironmentInboxes> log)
{
    public async Task Put(long tenantId, CancellationToken cancel)
    {
        foreach (var line in Lines(settings))
        {
            log.LogInformation("{Line}", line);
        }

        if (settings is { MetaPhoneNumberId: { } numberId, MetaToken: not null })
        {
            await store.Put(tenantId, new InboxSetup(
                IsTwilio: false, settings.MetaBusinessAccount ?? "meta", numberId, "", "WhatsApp", settings.MetaAppSecret,
                settings.MetaVerifyToken, settings.MetaToken, null, "environment"), cancel);
        }

        if (settings is { TwilioAccount: { } account, TwilioToken: { } token } && Number(settings.TwilioNumber) is { } number)
        {
            await store.Put(tenantId, new InboxSetup(
                IsTwilio: true, account, number, number, "WhatsApp (Twilio)", token, null, token, settings.StudioToken, "environment"), cancel);
        }
    }

    /// <summary>One line a channel and model vendor: configured, or which variable is missing.</summary>
    public static IEnumerable<string> Lines(Settings settings)
    {
        yield return "area=whatsapp Meta: " + State(settings, "WHATSAPP_ACCESS_TOKEN", "WHATSAPP_PHONE_NUMBER_ID", "WHATSAPP_APP_SECRET", "WHATSAPP_WEBHOOK_VERIFY_TOKEN");
        yield return "area=whatsapp Twilio: " + State(settings, "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_NUMBER") + TwilioAdvice(settings);
        foreach (var (vendor, key) in ((string, string)[])[("OpenAI", "OPENAI_API_KEY"), ("Anthropic", "ANTHROPIC_API_KEY"), ("Gemini", "GEMINI_API_KEY")])
        {
            var set = settings.Vendor(vendor.ToLowerInvariant());
            yield return $"area=ai {vendor}: " + (set.Key is not null || (set.BaseUrl is not null && set.Model is not null)
                ? "configured; the built-in agent answers when it fails"
                : $"not configured ({key} is missing); the built-in agent answers");
        }
    }

    /// <summary>E.164 of the number however it is written: with or without <c>whatsapp:</c>, with spaces.</summary>
    public static string? Number(string? written)
    {
        if (written is null)
        {
            return null;
        }

        var bare = written.StartsWith("whatsapp:", StringComparison.OrdinalIgnoreCase) ? written["whatsapp:".Length..] : written;
        var digits = string.Concat(bare.Where(char.IsAsciiDigit));
        return digits.Length is >= 7 and <= 15 ? "+" + digits : null;
    }

    private static string TwilioAdvice(Settings settings)
    {
        if (!settings.Has("TWILIO_AUTH_TOKEN"))
        {
            return "";
        }

        return (settings.PublicUrl is null
            ? "; no public address is set here, so every webhook is refused unless one is entered at the console under Numbers: or add the line WEBHOOK_BASE_URL=https://… (the address Twilio calls)"
            : "")
            + (settings.TwilioNumber is not null && Number(settings.TwilioNumber) is null
            ? "; TWILIO_WHATSAPP_NUMBER is not a phone number: write it like whatsapp:+14155238886" : "");
    }

    private static string State(Settings settings, params string[] keys)
    {
        var missing = keys.Where(key => !settings.Has(key)).ToList();
        return missing.Count == 0 ? "configured"
            : missing.Count == keys.Length ? $"not configured ({keys[0]} is missing)"
            : $"incomplete, missing {string.Join(", ", missing)}";
    }
}
