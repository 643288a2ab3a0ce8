using Relais.Channels;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>
/// Brings to the provider what a message will name (an uploaded file, a content resource), once a number: the provider's id is
/// kept and used again. Nothing of the message leaves here, so a failure of this may always be tried again.
/// </summary>
internal sealed class SendPreparation(Database database, OutboundFiles files, Clock clock)
{
    /// <summary>An id that ends soon is made anew: the provider may take a while to send.</summary>
    private const long Margin = Instants.Second * 3600;

    /// <summary>A definition that was refused is tried again the next day.</summary>
    private static readonly TimeSpan RefusedFor = TimeSpan.FromDays(1);

    /// <summary>What was made a moment ago is not what is wrong.</summary>
    private const long Fresh = Instants.Minute;

    /// <summary>The message with what it needs, or how it failed.</summary>
    public async Task<(OutboundMessage Message, SendOutcome? Failure)> Prepare(
        IChannel channel, InboxAddress inbox, long tenantId, OutboundMessage message, CancellationToken cancel)
    {
        if (message.Content is OutboundContent.Text)
        {
            return (message, null);
        }

        if (ContentFiles.Of(message.Content) is not null)
        {
            var (file, problem) = await database.Read(Scope.Pipeline, tx => files.Find(tx, tenantId, channel.Kind, message.Content), cancel);
            if (problem is not null)
            {
                return (message, new SendOutcome.Rejected(0, problem.Reason));
            }

            message = message with { File = file };
        }

        if (channel.Needs(message) is not { } need)
        {
            return (message, null);
        }

        if (await Known(tenantId, inbox.InboxId, need.Key, cancel) is { } known)
        {
            return (message with { AssetId = known.Length == 0 ? null : known }, null);
        }

        switch (await channel.Make(inbox, need, cancel))
        {
            case AssetOutcome.Made made:
                await Keep(tenantId, inbox.InboxId, need.Key, made);
                return (message with { AssetId = made.ProviderId }, null);
            case AssetOutcome.Failed { Outcome: SendOutcome.Rejected { StopsInbox: false } } when need is AssetRequest.Definition:
                // Without it the channel says the same in words. That it was refused is remembered for a while.
                await Keep(tenantId, inbox.InboxId, need.Key, new AssetOutcome.Made("", RefusedFor));
                return (message, null);
            case AssetOutcome.Failed failed:
                return (message, failed.Outcome);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>
    /// After a refusal: was it for what had been brought there earlier, and is that forgotten now? Then it may be prepared and sent
    /// once more: what was refused has surely not gone out. The codes are Meta's for an id of a file that it does not have.
    /// </summary>
    public async Task<bool> Forget(InboxAddress inbox, long tenantId, OutboundMessage message, SendOutcome outcome, CancellationToken cancel) =>
        outcome is SendOutcome.Rejected { Code: 100 or 131009 or 131053 } && message is { AssetId: { } asset, File: not null }
        && await database.Write(Scope.Pipeline, tx => tx.Execute("""
            DELETE FROM provider_asset WHERE tenant_id = @tenantId AND inbox_id = @InboxId AND provider_id = @asset AND created_at < @now
            """, new { tenantId, inbox.InboxId, asset, now = clock.Micros - Fresh }), cancel) > 0;

    private Task<string?> Known(long tenantId, long inboxId, string key, CancellationToken cancel) => database.Read(Scope.Pipeline, tx => tx.QueryFirst<string>("""
        SELECT provider_id FROM provider_asset
        WHERE tenant_id = @tenantId AND inbox_id = @inboxId AND asset_key = @key AND (expires_at IS NULL OR expires_at > @until)
        """, new { tenantId, inboxId, key, until = clock.Micros + Margin }), cancel);

    private Task Keep(long tenantId, long inboxId, string key, AssetOutcome.Made made) => database.Write(Scope.Pipeline, tx => tx.Execute("""
        INSERT INTO provider_asset (tenant_id, inbox_id, asset_key, provider_id, expires_at, created_at)
        VALUES (@tenantId, @inboxId, @key, @id, @expires, @now)
        ON CONFLICT (tenant_id, inbox_id, asset_key) DO UPDATE SET provider_id = excluded.provider_id, expires_at = excluded.expires_at, created_at = excluded.created_at
        """, new
    {
        tenantId, inboxId, key, id = made.ProviderId, now = clock.Micros,
        expires = made.Lasts is { } lasts ? clock.Micros + Instants.ToMicros(lasts) : (long?)null,
    }));
}
