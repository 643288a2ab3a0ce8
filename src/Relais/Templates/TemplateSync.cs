using System.Diagnostics;
using Relais.Changes;
using Relais.Channels;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Templates;

/// <summary>How a look at an account's templates ended.</summary>
/// <param name="Problem">Why it could not be looked at, or null.</param>
/// <param name="Added">Templates not known before.</param>
/// <param name="Changed">Templates that differ from what was known.</param>
/// <param name="Deleted">Templates the provider has no more.</param>
/// <param name="Waiting">Templates still waiting for approval.</param>
internal sealed record SyncResult(string? Problem, int Added = 0, int Changed = 0, int Deleted = 0, int Waiting = 0);

/// <summary>
/// In: an account. Out: its templates here as they are at the provider. What vanished there is marked, not removed. A webhook
/// or a creation that came while the list was on its way wins over the list.
/// </summary>
internal sealed class TemplateSync(Database database, TemplateChannels channels, ChangeLog changes, Ids ids, Clock clock)
{
    /// <summary>A creation that nobody heard of again for so long never happened.</summary>
    private const long LostCreation = 10 * Instants.Minute;

    public async Task<SyncResult> Run(TemplateAccount account, CancellationToken cancel)
    {
        var started = clock.Micros;
        if (account.Address is not { } address)
        {
            return await Keep(account, "This number has no access token. Set it (see `relais check`).", cancel);
        }

        switch (await channels[account.Kind].List(address, cancel))
        {
            case TemplateOutcome<IReadOnlyList<ListedTemplate>>.Done done:
                return await Apply(account, done.Value, started, cancel);
            case TemplateOutcome<IReadOnlyList<ListedTemplate>>.Refused refused:
                return await Keep(account, refused.Reason, cancel);
            case TemplateOutcome<IReadOnlyList<ListedTemplate>>.Failed failed:
                return await Keep(account, failed.Reason, cancel);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<SyncResult> Keep(TemplateAccount account, string problem, CancellationToken cancel)
    {
        await database.Write(Scope.Pipeline, tx => TemplateSyncStore.Note(tx, account.TenantId, account.ConnectionId, null, problem), cancel);
        return new SyncResult(problem);
    }

    private async Task<SyncResult> Apply(TemplateAccount account, IReadOnlyList<ListedTemplate> listed, long started, CancellationToken cancel)
    {
        var range = await ids.Take(listed.Count + 1, cancel);
        return await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            var known = await TemplateStore.OfAccount(tx, account.TenantId, account.ConnectionId);
            var byProvider = known.ToDictionary(t => t.ProviderId, StringComparer.Ordinal);
            var (added, changed, deleted, waiting) = (0, 0, 0, 0);
            var seen = new HashSet<long>();
            foreach (var item in listed.DistinctBy(l => l.ProviderId))
            {
                var definition = item.Definition;
                var own = byProvider.GetValueOrDefault(item.ProviderId)
                    ?? byProvider.GetValueOrDefault(StoredTemplate.Reservation(definition.Name, definition.Language));
                var status = TemplateStatus.Of(item.Status);
                waiting += status == TemplateStatus.Pending ? 1 : 0;
                if (own is not null)
                {
                    seen.Add(own.Id);

                    // Between its making and its submission a content at Twilio is listed as never submitted.
                    var isOnItsWay = own.IsReservation && status == TemplateStatus.Unsubmitted;
                    if (own.UpdatedAt < started && !isOnItsWay && Differs(own, item, status))
                    {
                        await TemplateStore.Update(tx, As(account, item, status, own.Id, own));
                        changed++;
                    }
                }
                else if (status != TemplateStatus.Unsubmitted)
                {
                    await TemplateStore.Insert(tx, As(account, item, status, range.Next(), null));
                    added++;
                }
            }

            foreach (var gone in known.Where(t => t.DeletedAt is null && !seen.Contains(t.Id) && t.UpdatedAt < started))
            {
                if (!gone.IsReservation)
                {
                    deleted += await TemplateStore.MarkDeleted(tx, gone.TenantId, gone.Id, clock.Micros) ? 1 : 0;
                }
                else if (gone.CreatedAt < started - LostCreation)
                {
                    await TemplateStore.Withdraw(tx, gone.TenantId, gone.Id);
                }
            }

            await TemplateSyncStore.Note(tx, account.TenantId, account.ConnectionId, clock.Micros, null);
            if (added + changed + deleted > 0)
            {
                await changes.Append(tx, [new Change(range.Next(), account.TenantId, TemplateUpdates.ChangeType, null, null, account.Inbox.Id, clock.Micros)]);
            }

            return new SyncResult(null, added, changed, deleted, waiting);
        }, cancel);
    }

    private static bool Differs(StoredTemplate own, ListedTemplate item, string? status) =>
        own.ProviderId != item.ProviderId || own.DeletedAt is not null || own.Name != item.Definition.Name || own.Language != item.Definition.Language
        || own.Category != item.Definition.Category || own.Status != (status ?? own.Status) || own.Quality != (item.Quality ?? own.Quality)
        || own.Reason != Reason(own, item, status) || own.Components != Components(own, item) || own.ParameterFormat != Format(item);

    private StoredTemplate As(TemplateAccount account, ListedTemplate item, string? status, long id, StoredTemplate? own) => new()
    {
        TenantId = account.TenantId,
        Id = id,
        ConnectionId = account.ConnectionId,
        ProviderId = item.ProviderId,
        Name = item.Definition.Name,
        Language = item.Definition.Language,
        Category = item.Definition.Category,
        Status = status ?? own?.Status ?? TemplateStatus.Pending,
        Reason = Reason(own, item, status),
        Quality = item.Quality ?? own?.Quality,
        ParameterFormat = Format(item),
        Components = Components(own, item),
        SyncedAt = clock.Micros,
        CreatedAt = own?.CreatedAt ?? clock.Micros,
        UpdatedAt = clock.Micros,
        DeletedAt = status == TemplateStatus.Deleted ? clock.Micros : null,
    };

    /// <summary>A webhook tells more than the list does; its words stay as long as the status does.</summary>
    private static string? Reason(StoredTemplate? own, ListedTemplate item, string? status) =>
        own?.Reason is not null && own.Status == status ? own.Reason : item.Reason;

    /// <summary>A list without components (an old version of Meta's) does not empty what is known.</summary>
    private static string Components(StoredTemplate? own, ListedTemplate item) =>
        own is not null && item.Definition.Parts.Body.Length == 0 && own.Parts.Body.Length > 0 ? own.Components : StoredTemplate.Write(item.Definition.Parts);

    private static string Format(ListedTemplate item) => item.IsNamed ? StoredTemplate.Named : StoredTemplate.Positional;
}
