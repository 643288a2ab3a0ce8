using System.Text.Json.Serialization;
using Relais.Foundation;
using Relais.Tenants.Audit;

namespace Relais.Desk.Privacy;

/// <summary>Days that each kind of thing is kept; null: kept for ever.</summary>
/// <param name="Conversations">After which the words and files of a closed conversation go; it stays as a figure.</param>
/// <param name="Media">After which the files customers sent go.</param>
/// <param name="Audit">After which lines of the audit go; 30 at least.</param>
/// <param name="Webhooks">After which what providers posted, as they posted it, goes; 365 at most.</param>
/// <param name="Logs">After which calls, errors and traces go; 365 at most.</param>
internal sealed record RetentionDays(long? Conversations, long? Media, long? Audit, long? Webhooks, long? Logs)
{
    /// <summary>Kept to look into what went wrong; nobody needs them longer unless they say so.</summary>
    public const long UsualTechnical = 30;

    private const long Most = 3650;
    private const long MostTechnical = 365;

    /// <summary>Exports of customers, in hours. Not to be changed.</summary>
    [JsonInclude]
    public long ExportHours => 24;

    /// <summary>The field and why it cannot be used; null when all can.</summary>
    public (string Field, string Reason)? Wrong() =>
        Outside("conversations", Conversations, 1, Most) ?? Outside("media", Media, 1, Most) ?? Outside("audit", Audit, AuditStore.LeastDays, Most)
        ?? Outside("webhooks", Webhooks, 1, MostTechnical) ?? Outside("logs", Logs, 1, MostTechnical);

    /// <summary>With the usual time of what may not be kept for ever.</summary>
    public RetentionDays Filled() => this with { Webhooks = Webhooks ?? UsualTechnical, Logs = Logs ?? UsualTechnical };

    /// <summary>What is older than the instant goes; null: nothing does.</summary>
    public static long? Before(long? days, long now) => days is { } kept ? now - (kept * Instants.Day) : null;

    private static (string, string)? Outside(string field, long? days, long least, long most) => days is null || (days >= least && days <= most) ? null
        : (field, $"{field} is a number of days from {least} to {most}, or null{(field is "webhooks" or "logs" ? $" for the usual {UsualTechnical}" : " to keep them")}.");
}
