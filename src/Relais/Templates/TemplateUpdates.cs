using Relais.Changes;
using Relais.Channels;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Templates;

/// <summary>
/// In: what a webhook tells of templates, in the intake's transaction. Out: their state here, a change for those who watch, and
/// a sync soon when it told of one that is not known.
/// </summary>
internal sealed class TemplateUpdates(TemplateAccounts accounts, WorkQueue queue, ChangeLog changes, Clock clock)
{
    public const string ChangeType = "template.updated";

    /// <summary>A creation's own answer comes at about the same time as its webhook; let it be written first.</summary>
    private static readonly TimeSpan ForTheAnswer = TimeSpan.FromSeconds(2);

    /// <summary>Most ids that so many pieces of news take.</summary>
    public int IdsNeeded(long connectionId, int news) => news * accounts.ToldBy(connectionId).Count;

    /// <param name="tx">The intake's.</param>
    /// <param name="connectionId">The connection whose secret let the webhook in.</param>
    /// <param name="account">WhatsApp Business Account id of the entry, or null.</param>
    /// <param name="news">In the order told.</param>
    /// <param name="ids">At least <see cref="IdsNeeded"/>.</param>
    public async Task ApplyNews(Tx tx, long connectionId, string? account, IReadOnlyList<TemplateNews> news, IdRange ids)
    {
        var told = accounts.ToldBy(connectionId);
        var exact = told.Where(a => account is not null && a.Inbox.Account == account).ToList();
        foreach (var concerned in exact.Count > 0 ? exact : told)
        {
            var known = await TemplateStore.OfAccount(tx, concerned.TenantId, concerned.ConnectionId);
            foreach (var item in news)
            {
                await Apply(tx, concerned, known, item, isCertain: exact.Count > 0 || told.Count == 1, ids);
            }
        }
    }

    private async Task Apply(Tx tx, TemplateAccount account, List<StoredTemplate> known, TemplateNews news, bool isCertain, IdRange ids)
    {
        var language = news.Language?.Replace('-', '_');
        var index = known.FindIndex(t => news.ProviderId is not null ? t.ProviderId == news.ProviderId
            : t.Name == news.Name && t.Language == language && t.DeletedAt is null);
        if (index < 0)
        {
            if (isCertain)
            {
                await queue.Wake(tx, [TemplateSyncWorker.Lane(account, ForTheAnswer)]);
            }

            return;
        }

        var old = known[index];
        var status = TemplateStatus.Of(news.Status) ?? old.Status;
        if (old.DeletedAt is not null && status != TemplateStatus.Deleted)
        {
            // News may come late, after the deletion it knows nothing of: the list says whether it is there again.
            await queue.Wake(tx, [TemplateSyncWorker.Lane(account, ForTheAnswer)]);
            return;
        }

        var isSettled = status == old.Status && news.Reason is null;
        var changed = new StoredTemplate
        {
            TenantId = old.TenantId, Id = old.Id, ConnectionId = old.ConnectionId, Channel = old.Channel, ProviderId = old.ProviderId, Name = old.Name,
            Language = old.Language, ParameterFormat = old.ParameterFormat, Components = old.Components, SyncedAt = old.SyncedAt, CreatedAt = old.CreatedAt,
            Category = news.Category ?? old.Category,
            Quality = news.Quality ?? old.Quality,
            Status = status,
            Reason = isSettled ? old.Reason : news.Reason is "NONE" or "none" ? null : news.Reason,
            DeletedAt = status == TemplateStatus.Deleted ? old.DeletedAt ?? clock.Micros : null,
            UpdatedAt = clock.Micros,
        };
        if ((changed.Category, changed.Quality, changed.Status, changed.Reason) == (old.Category, old.Quality, old.Status, old.Reason))
        {
            // The text itself may have been edited (message_template_components_update): the list has it.
            if (news is { Status: null, Category: null, Quality: null })
            {
                await queue.Wake(tx, [TemplateSyncWorker.Lane(account, ForTheAnswer)]);
            }

            return;
        }

        known[index] = changed;
        await TemplateStore.Update(tx, changed);
        await changes.Append(tx, [new Change(ids.Next(), old.TenantId, ChangeType, null, null, account.Inbox.Id, clock.Micros)]);
    }
}
