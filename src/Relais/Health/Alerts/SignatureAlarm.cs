using Relais.Errors;
using Relais.Foundation;
using Relais.Health.Numbers;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Health.Alerts;

/// <summary>
/// In: webhooks refused for their signature, counted in memory. Out: when several in a row were refused for a connection, one
/// critical error for each of its numbers, at most once an hour. So a wrong secret is heard of, and who forges fills no table.
/// </summary>
internal sealed class SignatureAlarm(
    Database database, ErrorLog errors, RefusedWebhooks refused, InboxDirectory inboxes, Ids ids, Clock clock, ILogger<SignatureAlarm> log) : Worker(log)
{
    private readonly Dictionary<long, long> raisedAt = [];

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var now = clock.Micros;
        var entries = new List<ErrorEntry>();
        foreach (var connection in inboxes.Inboxes.GroupBy(i => i.ConnectionId))
        {
            var refusals = refused.Of(connection.Key);
            if (refusals.SinceGood >= InboxHealth.ManyRefusals && refusals.LastAt > now - Instants.Hour
                && !(raisedAt.TryGetValue(connection.Key, out var last) && last > now - Instants.Hour))
            {
                raisedAt[connection.Key] = now;
                entries.AddRange(connection.Select(inbox => new ErrorEntry(
                    inbox.TenantId, inbox.Id, inbox.IsTwilio ? "twilio" : "whatsapp", "webhook_signature", null,
                    $"{refusals.SinceGood} webhooks in a row were refused: {refusals.Reason}. Run the self-test of this number.")
                {
                    IsCritical = true,
                    At = now,
                }));
            }
        }

        if (entries.Count > 0)
        {
            var range = await ids.Take(entries.Count * ErrorLog.IdsEach, stopping);
            await database.Write(Scope.Pipeline, tx =>
            {
                range.Rewind();
                return errors.Append(tx, entries, range);
            }, stopping);
        }

        return false;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromSeconds(5), stopping);
}
