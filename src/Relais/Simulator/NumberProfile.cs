namespace Relais.Simulator;

/// <summary>What Meta tells of a number and its account besides messages. Mutable: a test or the page makes it worse.</summary>
internal sealed class NumberProfile
{
    /// <summary>GREEN, YELLOW, RED or UNKNOWN.</summary>
    public string QualityRating { get; set; } = "GREEN";

    /// <summary>STANDARD (80 a second) or HIGH (1,000).</summary>
    public string ThroughputLevel { get; set; } = "STANDARD";

    /// <summary>TIER_250, TIER_2K, TIER_10K, TIER_100K or TIER_UNLIMITED: new customers a day.</summary>
    public string MessagingLimit { get; set; } = "TIER_2K";

    public string CodeVerificationStatus { get; set; } = "VERIFIED";

    /// <summary>Whether the app is subscribed to the account's webhooks.</summary>
    public bool IsSubscribed { get; set; } = true;

    /// <summary>When the access token ends; null for never.</summary>
    public DateTimeOffset? TokenExpires { get; set; }
}
