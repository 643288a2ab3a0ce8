using System.Globalization;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Channels.Meta;

/// <summary>News of a number or of the account behind it, each with one sentence for a person (Meta, webhooks/reference).</summary>
internal static class MetaAccountNews
{
    public static AccountNews Read(string field, JsonElement value)
    {
        var alert = value.Get("alert_info"u8) is { ValueKind: JsonValueKind.Object } inner ? inner : value;
        var what = Word(ProviderText.FirstOf(
            value.Text("event"u8), value.Text("decision"u8), alert.Text("alert_type"u8)));
        var name = what is null ? field : $"{field}:{what}";
        var number = PhoneNumbers.ToE164(value.Text("display_phone_number"u8));
        var limit = Tier(value);
        return field switch
        {
            "phone_number_quality_update" => new(
                name, number, what switch { "flagged" => "red", "unflagged" => "unknown", _ => null }, limit, null, QualityReason(what, limit)),
            "phone_number_name_update" => new(name, number, Reason: NameReason(what, value)),
            "business_capability_update" => new(name, null, Tier: limit, Reason: limit is null ? null : $"The messaging limit is now {limit}."),
            "account_review_update" => new(name, null, Reason: $"Meta has reviewed the account: {what ?? "no decision yet"}."),
            "account_alerts" => new(name, number, Reason: alert.Text("alert_description"u8) ?? $"Meta's alert: {what}."),
            "account_update" => Account(name, what, value),
            _ => new(name, number, Reason: $"Meta reports {what ?? field} on the number."),
        };
    }

    /// <summary>Errors that concern a whole number and no message of it.</summary>
    public static AccountNews Error(JsonElement error, string? displayNumber) => new(
        $"errors:{error.Text("code"u8) ?? "unknown"}", PhoneNumbers.ToE164(displayNumber),
        Reason: $"{MetaReason.Words(error) ?? "Meta reports an error without words."} ({error.Text("code"u8) ?? "no code"})");

    private static AccountNews Account(string name, string? what, JsonElement value)
    {
        var ban = value.Get("ban_info"u8);
        var state = Word(ban.Text("waba_ban_state"u8));
        (bool? Stops, string Reason) told = (what, state) switch
        {
            (_, "disable" or "disabled") => (true, "Meta has disabled the account: nothing can be sent. Appeal in the Business Manager."),
            (_, "reinstate" or "reinstated") => (false, "Meta has enabled the account again."),
            (_, { } scheduled) => (null, $"Meta announces for the account: {scheduled.Replace('_', ' ')} ({ban.Text("waba_ban_date"u8) ?? "no date"})."),
            ("account_deleted", _) => (true, "The WhatsApp Business Account was deleted."),
            ("account_offboarded", _) => (true, "The number was disconnected from this app in the WhatsApp Business app."),
            ("account_reconnected", _) => (false, "The number was connected to this app again."),
            ("account_violation", _) => (null, $"Meta reports a violation of its policy: {Spaced(value.Get("violation_info"u8).Text("violation_type"u8))}."),
            ("account_restriction", _) => Restriction(value),
            _ => (null, $"Meta reports for the account: {Spaced(what)}."),
        };
        return new AccountNews(name, PhoneNumbers.ToE164(value.Text("phone_number"u8)), Stops: told.Stops, Reason: told.Reason);
    }

    /// <summary>Only the restriction of answers stops everything; without new conversations answers still go out.</summary>
    private static (bool? Stops, string Reason) Restriction(JsonElement value)
    {
        var kinds = value.Get("restriction_info"u8).Items().Select(i => i.Text("restriction_type"u8)).OfType<string>().ToList();
        var until = value.Get("restriction_info"u8).Items().Select(i => ProviderText.Micros(i.Whole("expiration"u8))).Max();
        var end = until is { } at ? string.Create(CultureInfo.InvariantCulture, $" until {Instants.FromMicros(at):yyyy-MM-dd HH:mm} UTC") : "";
        return (kinds.Exists(k => k.Contains("CUSTOMER_INITIATED", StringComparison.OrdinalIgnoreCase)) ? true : null,
            $"Meta has restricted the account{end}: {string.Join(", ", kinds.Select(Spaced))}.");
    }

    private static string? Tier(JsonElement value)
    {
        var written = ProviderText.FirstOf(
            value.Text("max_daily_conversations_per_business"u8), value.Text("max_daily_conversation_per_phone"u8), value.Text("current_limit"u8));
        return written switch
        {
            null => null,
            "-1" => "TIER_UNLIMITED",
            _ when int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                number >= 1000 && number % 1000 == 0 ? $"TIER_{number / 1000}K" : $"TIER_{number}",
            _ => written.ToUpperInvariant(),
        };
    }

    private static string QualityReason(string? what, string? limit) => what switch
    {
        "flagged" => "Customers gave the number bad marks: its quality is low and its limits may fall.",
        "unflagged" => "The number's quality is no longer low.",
        "throughput_upgrade" => "The number may now send 1,000 messages a second.",
        "onboarding" => "The number is connected.",
        _ when limit is not null => $"The number's messaging limit is now {limit}.",
        _ => $"Meta reports for the number: {Spaced(what)}.",
    };

    private static string NameReason(string? decision, JsonElement value)
    {
        var reason = value.Text("rejection_reason"u8) is { } why && !why.Equals("NONE", StringComparison.OrdinalIgnoreCase) ? $" ({Spaced(why)})" : "";
        return $"The display name “{value.Text("requested_verified_name"u8) ?? "?"}”: {Spaced(decision)}{reason}.";
    }

    private static string Spaced(string? word) => word is null ? "nothing in particular" : ProviderText.Word(word, "").Replace('_', ' ');

    private static string? Word(string? word) => word is null ? null : ProviderText.Word(word, "");
}
