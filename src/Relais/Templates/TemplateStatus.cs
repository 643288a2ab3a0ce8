namespace Relais.Templates;

/// <summary>Where a template stands, in one set of words for both providers. Words of tomorrow are kept as they are and are not usable.</summary>
internal static class TemplateStatus
{
    /// <summary>Only here: it is being made at the provider.</summary>
    public const string Creating = "creating";
    public const string Pending = "pending";
    public const string Approved = "approved";
    public const string Deleted = "deleted";

    /// <summary>At Twilio: content that was never meant as a template.</summary>
    public const string Unsubmitted = "unsubmitted";

    /// <summary>
    /// Of a provider's word in lower case; null when it says nothing about whether the template may be used (Meta's
    /// <c>flagged</c> warns of a pause to come).
    /// </summary>
    public static string? Of(string? word) => word switch
    {
        null or "" or "flagged" => null,
        "reinstated" or "unarchived" or "unpaused" => Approved,
        "received" => Pending,
        "pending_deletion" => Deleted,
        _ => word.Length > 64 ? word[..64] : word,
    };
}
