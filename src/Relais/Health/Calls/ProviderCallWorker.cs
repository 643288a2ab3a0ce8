using Relais.Channels;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Health.Calls;

/// <summary>
/// In: calls to providers that have ended. Out: rows of the call log, some hundred a transaction, about once a second and behind
/// everything on the path of a message.
/// </summary>
internal sealed class ProviderCallWorker(
    Database database, ProviderCallLog calls, InboxDirectory inboxes, Ids ids, RightOfWay way, ILogger<ProviderCallWorker> log) : Worker(log, way)
{
    /// <summary>A transaction of so many holds SQLite's one writer for some milliseconds.</summary>
    private const int Batch = 250;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task<bool> Round(CancellationToken stopping) => await Write(stopping) == Batch;

    protected override Task Idle(CancellationToken stopping) => Task.Delay(Pause, stopping);

    protected override async Task Stopped()
    {
        try
        {
            while (await Write(CancellationToken.None) == Batch)
            {
                // The rest of what ended before the stop.
            }
        }
        catch (StorageUnavailableException)
        {
            // A log that cannot be written must not hold up the end.
        }
    }

    private async Task<int> Write(CancellationToken cancel)
    {
        var taken = calls.Take(Batch);
        if (taken.Count == 0)
        {
            return 0;
        }

        var range = await ids.Take(taken.Count, cancel);
        var secrets = new Dictionary<long, IReadOnlyList<string>>();
        var rows = new List<StoredCall>(taken.Count);
        foreach (var call in taken)
        {
            if (inboxes.Find(call.InboxId) is { } inbox)
            {
                if (!secrets.TryGetValue(inbox.Id, out var own))
                {
                    secrets[inbox.Id] = own = SecretsOf(inbox);
                }

                rows.Add(new StoredCall(
                    inbox.TenantId, range.Next(), inbox.Id, call.Operation, call.Request, call.MessageId, call.Phone, call.Status, call.Outcome,
                    CallText.Payload(call, own), CallText.Response(call, own), call.DurationMicros, call.At));
            }
        }

        await database.Write(Scope.Pipeline, tx => ProviderCallStore.Insert(tx, rows), cancel);
        return taken.Count;
    }

    /// <summary>Shorter ones are test values that would tear ordinary words out of a text.</summary>
    private List<string> SecretsOf(Inbox inbox)
    {
        var connection = inboxes.Connection(inbox.ConnectionId);
        string?[] all = [inbox.AccessToken, inbox.CallbackToken, connection?.Secret, connection?.VerifyToken];
        return [.. all.Where(s => s is { Length: >= 8 }).Select(s => s!.Trim()).Distinct()];
    }
}
