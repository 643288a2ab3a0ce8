using System.Diagnostics;
using Relais.Changes;
using Relais.Channels;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Templates;

/// <summary>
/// Templates made and deleted at the provider. A place for the new one is taken here first, so that nobody makes it twice; the
/// provider is asked outside any transaction; its answer and the request's Idempotency-Key are kept together.
/// </summary>
internal sealed class TemplateSubmission(
    Database database, TemplateChannels channels, TemplateAccounts accounts, Idempotency idempotency, WorkQueue queue, ChangeLog changes,
    Ids ids, Clock clock)
{
    /// <summary>How a creation ended, for callers that make several.</summary>
    internal abstract record Made
    {
        internal sealed record Done(long Id, long ChangeId, CreatedTemplate At) : Made;

        internal sealed record Refused(Problem Problem, string? Reason) : Made;
    }

    public async Task<IResult> Create(
        HttpContext http, SignedIn who, string route, byte[] body, TemplateAccount account, TemplateDefinition definition)
    {
        var made = await Make(account, definition, http.RequestAborted);
        return made switch
        {
            // A repeated request finds the template it made itself: its key has the answer.
            Made.Refused { Problem: var problem, Reason: var reason } => await idempotency.Once(
                http, who, route, body, _ => Task.FromResult<(int, object?)>((problem.Status, Problems.Refuse(problem, reason)))),
            Made.Done done => await idempotency.Once(http, who, route, body, async tx =>
            {
                await Settle(tx, account, done);
                return (201, TemplateAnswer.Of((await TemplateStore.Find(tx, account.TenantId, done.Id))!, accounts));
            }),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Takes the place and asks the provider; <see cref="Settle"/> has to follow a success.</summary>
    public async Task<Made> Make(TemplateAccount account, TemplateDefinition definition, CancellationToken cancel)
    {
        if (account.Address is not { } address)
        {
            return new Made.Refused(Problems.TemplateRefused, "This number has no access token. Set it (see `relais check`).");
        }

        var channel = channels[account.Kind];
        var adapted = channel.Adapt(definition);
        var range = await ids.Take(2, cancel);
        var id = range.Next();
        var place = Place(account, adapted, id);
        if (!await database.Write(Scope.Tenant(account.TenantId), tx => TemplateStore.Reserve(tx, place), cancel))
        {
            return new Made.Refused(Problems.TemplateExists, null);
        }

        // From here on it is carried to its end: the provider may have it although the caller left.
        switch (await channel.Create(address, adapted, CancellationToken.None))
        {
            case TemplateOutcome<CreatedTemplate>.Done done:
                return new Made.Done(id, range.Next(), done.Value);
            case TemplateOutcome<CreatedTemplate>.Refused refused:
                await Withdraw(account, id);
                return new Made.Refused(Problems.TemplateRefused, refused.Reason);
            case TemplateOutcome<CreatedTemplate>.Failed { MayHaveHappened: false } failed:
                await Withdraw(account, id);
                return new Made.Refused(Problems.ProviderAway, failed.Reason);
            case TemplateOutcome<CreatedTemplate>.Failed failed:
                await database.Write(Scope.Pipeline, tx => queue.Wake(tx, [TemplateSyncWorker.Lane(account)]), CancellationToken.None);
                return new Made.Refused(Problems.ProviderAway, $"{failed.Reason} The provider may have it nevertheless; the list says so in a moment.");
            default:
                throw new UnreachableException();
        }
    }

    public async Task Settle(Tx tx, TemplateAccount account, Made.Done done)
    {
        await TemplateStore.Submitted(tx, account.TenantId, done.Id, done.At.ProviderId, TemplateStatus.Of(done.At.Status) ?? TemplateStatus.Pending,
            done.At.Category, clock.Micros);
        await Tell(tx, account, done.ChangeId);
    }

    /// <summary>All of them at the provider, then here. None at all is a 404.</summary>
    public async Task<IResult> Delete(HttpContext http, SignedIn who, string route, IReadOnlyList<StoredTemplate> templates)
    {
        var there = templates.Where(t => t is { DeletedAt: null, IsReservation: false }).ToList();
        var account = there.Count == 0 ? null : accounts.OfConnection(who.Tenant, there[0].ConnectionId);
        if (account?.Address is not { } address)
        {
            return there.Count > 0
                ? Problems.Refuse(Problems.TemplateRefused, "This number has no access token. Set it (see `relais check`).")
                : await idempotency.Once(http, who, route, [], _ => Task.FromResult<(int, object?)>((404, Problems.NotFound)));
        }

        foreach (var template in there)
        {
            switch (await channels[account.Kind].Delete(address, template.Name, template.ProviderId, CancellationToken.None))
            {
                case TemplateOutcome<bool>.Refused refused:
                    return Problems.Refuse(Problems.TemplateRefused, refused.Reason);
                case TemplateOutcome<bool>.Failed failed:
                    return Problems.Refuse(Problems.ProviderAway, failed.Reason);
            }
        }

        var changeId = await ids.One(CancellationToken.None);
        return await idempotency.Once(http, who, route, [], async tx =>
        {
            foreach (var template in there)
            {
                await TemplateStore.MarkDeleted(tx, who.Tenant, template.Id, clock.Micros);
            }

            await Tell(tx, account, changeId);
            return (200, new SuccessAnswer());
        });
    }

    private StoredTemplate Place(TemplateAccount account, TemplateDefinition definition, long id) => new()
    {
        TenantId = account.TenantId,
        Id = id,
        ConnectionId = account.ConnectionId,
        ProviderId = StoredTemplate.Reservation(definition.Name, definition.Language),
        Name = definition.Name,
        Language = definition.Language,
        Category = definition.Category,
        Status = TemplateStatus.Creating,
        ParameterFormat = definition.Parts.IsNamed() ? StoredTemplate.Named : StoredTemplate.Positional,
        Components = StoredTemplate.Write(definition.Parts),
        CreatedAt = clock.Micros,
        UpdatedAt = clock.Micros,
    };

    private Task Withdraw(TemplateAccount account, long id) =>
        database.Write(Scope.Tenant(account.TenantId), tx => TemplateStore.Withdraw(tx, account.TenantId, id), CancellationToken.None);

    /// <summary>Who watches hears of it, and the provider's list is looked at soon.</summary>
    private async Task Tell(Tx tx, TemplateAccount account, long changeId)
    {
        await queue.Wake(tx, [TemplateSyncWorker.Lane(account, TimeSpan.FromSeconds(30))]);
        await changes.Append(tx, [new Change(changeId, account.TenantId, TemplateUpdates.ChangeType, null, null, account.Inbox.Id, clock.Micros)]);
    }
}
