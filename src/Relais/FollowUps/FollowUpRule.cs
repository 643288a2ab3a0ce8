using System.Text.Json;
using Relais.Foundation;

namespace Relais.FollowUps;

/// <summary>Why a customer is followed up. The words are stored and shown by the API.</summary>
internal static class RuleKinds
{
    /// <summary>We spoke last, with an offer, a price or a question, and hours passed.</summary>
    public const string QuietAfterOffer = "quiet_after_offer";

    /// <summary>An order that was begun and neither confirmed nor cancelled.</summary>
    public const string OpenOrder = "order_unpaid_or_unconfirmed";

    /// <summary>A date noted of the customer that has passed.</summary>
    public const string AppointmentMissed = "appointment_missed";

    /// <summary>Nobody wrote for days.</summary>
    public const string Inactive = "inactive";

    /// <summary>A person asked for it.</summary>
    public const string ByHand = "by_hand";

    public static IReadOnlyList<string> All { get; } = [QuietAfterOffer, OpenOrder, AppointmentMissed, Inactive, ByHand];
}

/// <summary>A rule as stored.</summary>
internal sealed class FollowUpRule
{
    public long TenantId { get; init; }

    public string Kind { get; init; } = "";

    public long Enabled { get; init; }

    /// <summary><see cref="RuleSettings"/> as JSON.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>Where the search stands in its round; empty at its start.</summary>
    public string ScanAfter { get; init; } = "";

    public long ScannedAt { get; init; }

    public long UpdatedAt { get; init; }

    public RuleSettings Read() => JsonSerializer.Deserialize<RuleSettings>(Settings, ApiJson.Options) ?? RuleSettings.Of(Kind);
}

/// <summary>How a rule works. Every field has a usual value, by kind.</summary>
/// <param name="WaitHours">Hours that have to pass first: 1 to 8760.</param>
/// <param name="MaxSteps">Messages at most: 1 to 5.</param>
/// <param name="SpacingHours">Hours between two: 1 to 720.</param>
/// <param name="Approval">each (a person approves) or automatic (from <paramref name="Threshold"/> on).</param>
/// <param name="Threshold">Percent of confidence from which nobody is asked: 50 to 100.</param>
/// <param name="HoldOutPercent">How many are left alone, to compare with: 0 to 50.</param>
/// <param name="Purpose">utility or marketing: which consent counts; a template's own category goes before it.</param>
/// <param name="StopOnPurchase">Whether an order placed or confirmed ends it.</param>
/// <param name="Field">appointment_missed: the contact field that holds the date.</param>
/// <param name="Template">What is sent when the service window is closed; null: nothing is then.</param>
/// <param name="Texts">Own words by language (fr, en, ar), one a step; a language left out keeps the usual ones.</param>
internal sealed record RuleSettings(
    int WaitHours, int MaxSteps, int SpacingHours, string Approval, int Threshold, int HoldOutPercent, string Purpose, bool StopOnPurchase,
    string? Field, RuleTemplate? Template, IReadOnlyDictionary<string, IReadOnlyList<string>>? Texts)
{
    public const string Each = "each";
    public const string Automatic = "automatic";
    public const int MostSteps = 5;

    public bool IsMarketing => Purpose == "marketing";

    public static RuleSettings Of(string kind) => kind switch
    {
        RuleKinds.QuietAfterOffer => Usual(4, 2, "utility"),
        RuleKinds.OpenOrder => Usual(6, 2, "utility"),
        RuleKinds.AppointmentMissed => Usual(12, 1, "utility") with { Field = "appointment" },
        RuleKinds.Inactive => Usual(60 * 24, 1, "marketing"),
        _ => Usual(1, 1, "utility"),
    };

    private static RuleSettings Usual(int hours, int steps, string purpose) =>
        new(hours, steps, 24, Each, 80, 0, purpose, true, null, null, null);
}

/// <summary>A template and what its variables are filled with; texts with placeholders as in the rule's own words.</summary>
/// <param name="Name">Of the template; its language is the customer's.</param>
/// <param name="Body">Variable ⇒ text, e.g. "1" ⇒ "{{contact.name}}".</param>
internal sealed record RuleTemplate(string Name, IReadOnlyDictionary<string, string>? Body);
