using Relais.Channels;
using Relais.Storage;

namespace Relais.Inboxes;

/// <summary>What the provider tells of numbers and of the account behind them: quality, limits, throughput, bans and their end.</summary>
internal sealed class InboxNewsStore(InboxDirectory inboxes, InboxPauses pauses)
{
    /// <summary>
    /// Writes news of one account, in the transaction of the webhook that brought it. News of a number that is not ours change nothing.
    /// Takes two ids for each of the connection's inboxes and each piece of news at most.
    /// </summary>
    /// <param name="tx">The webhook's transaction.</param>
    /// <param name="connectionId">Whose secret signed it: only its inboxes are touched.</param>
    /// <param name="account">Meta: WhatsApp Business Account id; null when it was not told.</param>
    /// <param name="news">In the order told.</param>
    /// <param name="ids">Reserved.</param>
    /// <param name="now">Microseconds UTC.</param>
    public async Task Apply(Tx tx, long connectionId, string? account, IReadOnlyList<AccountNews> news, IdRange ids, long now)
    {
        foreach (var item in news)
        {
            foreach (var inbox in Concerned(connectionId, account, item))
            {
                await Apply(tx, inbox, item, ids, now);
            }
        }
    }

    private async Task Apply(Tx tx, Inbox inbox, AccountNews news, IdRange ids, long now)
    {
        var upgraded = news.Event.EndsWith("throughput_upgrade", StringComparison.Ordinal);
        await tx.Execute("""
            UPDATE inbox SET quality = coalesce(CAST(@Quality AS TEXT), quality), tier = coalesce(CAST(@Tier AS TEXT), tier),
              rate_per_second = coalesce(CAST(@rate AS BIGINT), rate_per_second), news = @words, news_at = @now
            WHERE tenant_id = @TenantId AND id = @Id
            """, new
        {
            inbox.TenantId, inbox.Id, news.Quality, news.Tier, rate = upgraded ? (long?)InboxRates.Upgraded : null,
            words = news.Reason ?? news.Event, now,
        });
        if (news.Stops == true)
        {
            var reason = news.Reason ?? $"The provider stopped this number ({news.Event}); see Account Quality in WhatsApp Manager.";
            await pauses.Pause(tx, [new PausedInbox(inbox.TenantId, inbox.Id, null, reason)], ids, now);
        }
        else if (news.Stops == false)
        {
            await pauses.Resume(tx, inbox.TenantId, inbox.Id, ids, now);
        }

        await pauses.Tell(tx, inbox.TenantId, inbox.Id, ids, now);
    }

    /// <summary>A number that the environment named has no display number; the only one of its connection is meant then.</summary>
    private List<Inbox> Concerned(long connectionId, string? account, AccountNews news)
    {
        var own = inboxes.Inboxes.Where(i => i.ConnectionId == connectionId && (account is null || !IsAccount(i.Account) || i.Account == account)).ToList();
        if (Digits(news.DisplayNumber) is not { Length: > 0 } number)
        {
            return own;
        }

        var named = own.FindAll(i => Digits(i.DisplayNumber) == number);
        return named.Count > 0 ? named : own.FindAll(i => own.Count == 1 && i.DisplayNumber.Length == 0);
    }

    /// <summary>A connection made without its account's id has a word in its place.</summary>
    private static bool IsAccount(string account) => account.Length > 0 && account.All(char.IsAsciiDigit);

    private static string? Digits(string? number) => number is null ? null : string.Concat(number.Where(char.IsAsciiDigit));
}
