using System.Diagnostics;

namespace Relais.Foundation;

/// <summary>
/// Named places where a test may stop the process dead: <c>CRASHPOINT=name:n</c> kills it with SIGKILL at the n-th passage.
/// Every durable step has one before and one after its commit (Crashes/ walks through <see cref="All"/>).
/// </summary>
internal static class CrashPoint
{
    private static readonly (string Name, int Passage)? Armed = Parse(Environment.GetEnvironmentVariable("CRASHPOINT"));
    private static int passages;

    public const string WebhookVerified = "webhook.verified";
    public const string WebhookStored = "webhook.stored";
    public const string WebhookAcknowledged = "webhook.acknowledged";
    public const string IntakeClaimed = "intake.claimed";
    public const string IntakeApplying = "intake.applying";
    public const string IntakeApplied = "intake.applied";
    public const string TurnClaimed = "turn.claimed";
    public const string TurnDecided = "turn.decided";
    public const string TurnCommitting = "turn.committing";
    public const string TurnCommitted = "turn.committed";
    public const string OrderApplying = "order.applying";
    public const string OrderApplied = "order.applied";
    public const string OrderReminding = "order.reminding";
    public const string OrderReminded = "order.reminded";
    public const string ToolSpent = "tool.spent";
    public const string ToolRan = "tool.ran";
    public const string ToolSettled = "tool.settled";
    public const string OutboxClaimed = "outbox.claimed";
    public const string OutboxSent = "outbox.sent";
    public const string OutboxRecording = "outbox.recording";
    public const string OutboxRecorded = "outbox.recorded";
    public const string DeskWriting = "desk.writing";
    public const string DeskWritten = "desk.written";
    public const string ScheduledSending = "scheduled.sending";
    public const string ScheduledSent = "scheduled.sent";
    public const string CampaignFilling = "campaign.filling";
    public const string CampaignFilled = "campaign.filled";
    public const string CampaignSending = "campaign.sending";
    public const string CampaignSent = "campaign.sent";
    public const string FollowUpPlanning = "followup.planning";
    public const string FollowUpPlanned = "followup.planned";
    public const string FollowUpSending = "followup.sending";
    public const string FollowUpSent = "followup.sent";
    public const string SubscriptionFeeding = "subscription.feeding";
    public const string SubscriptionFed = "subscription.fed";
    public const string SubscriptionPosting = "subscription.posting";
    public const string SubscriptionPosted = "subscription.posted";
    public const string ImportApplying = "import.applying";
    public const string ImportApplied = "import.applied";
    public const string ContactErasing = "contact.erasing";
    public const string ContactErased = "contact.erased";
    public const string ChangesNumbering = "changes.numbering";
    public const string ChangesNumbered = "changes.numbered";
    public const string SpoolWritten = "spool.written";
    public const string SpoolDrained = "spool.drained";
    public const string MediaKept = "media.kept";
    public const string MediaStored = "media.stored";
    public const string MigrationApplying = "migration.applying";
    public const string MigrationApplied = "migration.applied";
    public const string RestoreFilling = "restore.filling";
    public const string RestoreFilled = "restore.filled";
    public const string RotationSealed = "rotation.sealed";
    public const string ExportMaking = "export.making";
    public const string ExportMade = "export.made";
    public const string RetentionForgotten = "retention.forgotten";

    public static IReadOnlyList<string> All { get; } =
    [
        WebhookVerified, WebhookStored, WebhookAcknowledged, IntakeClaimed, IntakeApplying, IntakeApplied, TurnClaimed,
        TurnDecided, TurnCommitting, TurnCommitted, OrderApplying, OrderApplied, OrderReminding, OrderReminded, ToolSpent,
        ToolRan, ToolSettled, OutboxClaimed, OutboxSent, OutboxRecording, OutboxRecorded, DeskWriting, DeskWritten,
        ScheduledSending, ScheduledSent, CampaignFilling, CampaignFilled, CampaignSending, CampaignSent, FollowUpPlanning,
        FollowUpPlanned, FollowUpSending, FollowUpSent, SubscriptionFeeding, SubscriptionFed, SubscriptionPosting,
        SubscriptionPosted, ImportApplying, ImportApplied, ContactErasing, ContactErased, ChangesNumbering, ChangesNumbered,
        SpoolWritten, SpoolDrained, MediaKept, MediaStored, MigrationApplying, MigrationApplied, RestoreFilling, RestoreFilled,
        RotationSealed, ExportMaking, ExportMade, RetentionForgotten,
    ];

    public static void Pass(string name)
    {
        if (Armed is { } armed && armed.Name == name && Interlocked.Increment(ref passages) == armed.Passage)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            using var never = new ManualResetEvent(false);
            never.WaitOne();
        }
    }

    private static (string, int)? Parse(string? setting)
    {
        if (string.IsNullOrEmpty(setting))
        {
            return null;
        }

        var parts = setting.Split(':');
        return (parts[0], parts.Length > 1 ? int.Parse(parts[1]) : 1);
    }
}
