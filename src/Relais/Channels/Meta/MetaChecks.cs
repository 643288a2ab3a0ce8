using System.Globalization;
using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>What Meta's answers about an account say, as findings with the way to mend them. Pure.</summary>
internal static class MetaChecks
{
    /// <summary>How <c>InboxSetup</c> names an account whose id was never set.</summary>
    private const string NoAccount = "meta";

    private const string NewToken =
        "Make a token of a system user (Business Settings, System users) with whatsapp_business_messaging and whatsapp_business_management, and put it into this inbox (WHATSAPP_ACCESS_TOKEN).";

    /// <summary>Earlier than this a token's end is worth a warning.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    private static readonly string[] Needed = ["whatsapp_business_messaging", "whatsapp_business_management"];

    public static bool HasAccount(InboxAddress inbox) => inbox.Account.Length > 0 && inbox.Account != NoAccount;

    public static AccountCheck Token(AccountAnswer number, JsonElement about) => number switch
    {
        { IsSilent: true } => new("access_token", null, $"Meta could not be asked ({number.Said})."),
        { Code: 0 or 190 } => new("access_token", false, $"Meta refuses the access token ({number.Said}).", NewToken),
        _ when about.Get("is_valid"u8).ValueKind == JsonValueKind.False => new("access_token", false, "Meta says that the access token is not valid.", NewToken),
        _ => new("access_token", true, "Meta takes the access token."),
    };

    public static AccountCheck Permissions(AccountAnswer number, AccountAnswer token)
    {
        if (number.Code is 3 or 10 or 131005 or (>= 200 and <= 299))
        {
            return new("permissions", false, $"The token may not see this number ({number.Said}).", NewToken);
        }

        var scopes = token.Json.Get("data"u8).Get("scopes"u8);
        if (!token.IsGood || scopes.ValueKind != JsonValueKind.Array)
        {
            return new("permissions", null, $"Meta does not show this token's permissions ({token.Said}).");
        }

        var granted = scopes.Items().Select(s => s.Scalar()).ToHashSet();
        var missing = Needed.Where(n => !granted.Contains(n)).ToList();
        return missing.Count == 0
            ? new("permissions", true, "The token has both WhatsApp permissions.")
            : new("permissions", false, $"The token lacks {string.Join(" and ", missing)}.", NewToken);
    }

    public static AccountCheck Expiry(AccountAnswer token, DateTimeOffset now)
    {
        if (!token.IsGood || token.Json.Get("data"u8).Whole("expires_at"u8) is not { } seconds)
        {
            return new("token_expiry", null, $"Meta does not show when the token ends ({token.Said}).");
        }

        if (ProviderText.Micros(seconds) is not { } micros)
        {
            return new("token_expiry", true, "The token has no end.");
        }

        var end = Foundation.Instants.FromMicros(micros);
        var day = end.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return end <= now ? new("token_expiry", false, $"The token ended on {day} UTC.", NewToken)
            : end - now < Soon ? new("token_expiry", false, $"The token ends on {day} UTC.", $"{NewToken} A system user's token can be made without an end.")
            : new("token_expiry", true, $"The token ends on {day} UTC.");
    }

    public static AccountCheck Number(InboxAddress inbox, AccountAnswer number)
    {
        const string Fix =
            "Copy the Phone number ID from the app's dashboard (WhatsApp, API Setup): it is neither the phone number nor the account's id. Put it into WHATSAPP_PHONE_NUMBER_ID.";
        if (number.IsGood)
        {
            var shown = $"{number.Json.Text("verified_name"u8)} {number.Json.Text("display_phone_number"u8)}".Trim();
            return number.Json.Text("id"u8) is { } id && id != inbox.Address
                ? new("number", false, $"Meta answered for another number ({id}).", Fix)
                : number.Json.Text("platform_type"u8) is { } platform && platform is not "CLOUD_API"
                ? new("number", false, $"{shown} is not registered on the Cloud API ({platform}).", "Register the number (WhatsApp Manager, Phone numbers), then test again.")
                : new("number", true, $"The id is that of {shown}.");
        }

        return number.Code is 33 or 100 || number.Status == 404
            ? new("number", false, $"With this token there is no number of the id {inbox.Address} ({number.Said}).", Fix)
            : new("number", null, $"The number could not be asked for ({number.Said}).");
    }

    public static AccountCheck Account(InboxAddress inbox) => HasAccount(inbox)
        ? new("account", true, $"The WhatsApp Business Account is {inbox.Account}.")
        : new("account", false, "No WhatsApp Business Account is set: templates and the webhook subscription cannot be looked at.",
            "Set WHATSAPP_BUSINESS_ACCOUNT_ID to the account's id (WhatsApp Manager, or API Setup in the app's dashboard).");

    /// <param name="apps">The answer of <c>subscribed_apps</c>, or null when it was not asked.</param>
    /// <param name="appId">The app the token belongs to, or null.</param>
    /// <param name="publicUrl">Where Meta should call.</param>
    public static AccountCheck Subscription(AccountAnswer? apps, string? appId, Uri? publicUrl)
    {
        const string Fix = "In the app's dashboard subscribe the field messages (WhatsApp, Configuration), and subscribe the app to the account: POST /{account id}/subscribed_apps with this token.";
        if (apps is not { IsGood: true })
        {
            return new("subscription", null, apps is null ? "Without the account's id it cannot be asked." : $"Meta does not tell which apps are subscribed ({apps.Said}).");
        }

        var subscribed = apps.Json.Get("data"u8).Items().Select(item => (
            Id: item.Get("whatsapp_business_api_data"u8).Text("id"u8), Elsewhere: item.Text("override_callback_uri"u8))).ToList();
        if (subscribed.Count == 0)
        {
            return new("subscription", false, "No app is subscribed to the account, so Meta sends no webhook.", Fix);
        }

        if (appId is not null && subscribed.TrueForAll(s => s.Id is not null && s.Id != appId))
        {
            return new("subscription", false, "Other apps are subscribed to the account, but not the one this token belongs to.", Fix);
        }

        var elsewhere = subscribed.Find(s => appId is null || s.Id == appId).Elsewhere;
        return elsewhere is not null && publicUrl is not null
            && (!Uri.TryCreate(elsewhere, UriKind.Absolute, out var uri) || !string.Equals(uri.Host, publicUrl.Host, StringComparison.OrdinalIgnoreCase))
            ? new("subscription", false, $"The account sends its webhooks to {elsewhere}, not here.",
                $"Take the override away, or set it to {publicUrl.ToString().TrimEnd('/')}/api/whatsapp/webhook (POST /{{account id}}/subscribed_apps, override_callback_uri).")
            : new("subscription", true, "The app is subscribed to the account.");
    }
}
